import type { Fact, Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, from, slippageFacts, SPOT } from './common.ts';

const PRODUCTS: readonly Product[] = ['spot', 'linear perpetual', 'inverse perpetual'];
const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const SUPPORT = from('official page', 'support 360046487573', '2023 to 2024');
const CCXT = from('third party', 'ccxt 4.5.84, js/src/bingx.js', '2026');
/** Spreads against those of the largest venues, as suggested for this one. */
const WIDER = 2;

const facts: readonly Fact[] = [
  { figure: 'fees', products: SPOT, value: { maker: 0.001, taker: 0.001 }, ...CCXT },
  {
    figure: 'fees',
    products: LINEAR_PERPETUAL,
    value: { maker: 0.0002, taker: 0.0005 },
    ...SUPPORT,
    note: 'list price 0.045 / 0.075% before a standing discount; ccxt 4.5.84 agrees',
  },
  {
    figure: 'fees',
    products: ['inverse perpetual'],
    value: { maker: 0.0002, taker: 0.0005 },
    ...from('judgement', 'taken to be those of the linear contracts', '2026'),
  },
  ...slippageFacts(PRODUCTS, WIDER),
  ...byCoin(
    'lots',
    { BTC: { step: 0.0001, minQuantity: 0.0001, minNotional: 2, tick: 0.1 } },
    { products: LINEAR_PERPETUAL, ...from('API sample', 'contract record in open-source test data', 'not dated') },
  ),
  {
    figure: 'lots',
    products: ['inverse perpetual'],
    value: { minNotional: 10 },
    ...from('third party', 'notes on BNB-USD style symbols', 'not dated'),
  },
  ...byCoin(
    'maxLeverage',
    { BTC: 125 },
    { products: LINEAR_PERPETUAL, ...from('API sample', 'contract record in open-source test data', 'not dated') },
  ),
  {
    figure: 'maintenanceRule',
    products: LINEAR_PERPETUAL,
    value: 'a page says 0.5% at any size, a later reply of the API begins at 0.33%: contradictory, so neither is used',
    ...from('official page', 'support pages and an API reply', 'not dated'),
  },
  {
    figure: 'liquidationRule',
    products: LINEAR_PERPETUAL,
    value: 'when the margin rate is at or under the maintenance rate plus the taker fee; closed at the bankruptcy price',
    ...SUPPORT,
  },
  {
    figure: 'funding',
    products: LINEAR_PERPETUAL,
    value: { intervalHours: 8, interest: 0, cap: 0.003, floor: -0.003 },
    ...SUPPORT,
    note: 'mean of (mid − index) / index within the bounds; an older page that may be superseded. 00/08/16 in UTC+8 are the same hours in UTC',
  },
];

/** BingX at its entry tier, as far as it is known. */
export const bingx: VenuePreset = {
  name: 'bingx',
  summary: 'BingX spot and perpetuals at the entry fee tier; maintenance is not known',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
