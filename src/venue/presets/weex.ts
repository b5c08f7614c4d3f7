import type { Fact, Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, from, slippageFacts, SPOT } from './common.ts';

const PRODUCTS: readonly Product[] = ['spot', 'linear perpetual'];
const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const RECORD = from('API sample', 'contract record in ccxt 4.5.84', '2026');
/** Spreads against those of the largest venues, as suggested for this one. */
const WIDER = 2;

const facts: readonly Fact[] = [
  {
    figure: 'fees',
    products: SPOT,
    value: { maker: 0.001, taker: 0.001 },
    ...from('official page', 'weex.com wiki 3582', '2025-03-03'),
  },
  {
    figure: 'fees',
    products: LINEAR_PERPETUAL,
    value: { maker: 0.0002, taker: 0.0008 },
    ...from('official page', 'help 4415852872601', '2025-03-03'),
    note: 'the contract record agrees; holders of WXT get up to 70% off, which is not taken here',
  },
  ...slippageFacts(PRODUCTS, WIDER),
  ...byCoin('lots', { ETH: { step: 0.00001, minQuantity: 0.0001, tick: 0.01 } }, { products: SPOT, ...RECORD }),
  ...byCoin('lots', { ETH: { step: 0.001, minQuantity: 0.001 } }, { products: LINEAR_PERPETUAL, ...RECORD }),
  ...byCoin('maxLeverage', { ETH: 400 }, { products: LINEAR_PERPETUAL, ...RECORD }),
  {
    figure: 'maintenanceRule',
    products: LINEAR_PERPETUAL,
    value: 'banded by size; (margin + unrealised) / value at mark is compared with the rate of the band. No table was found',
    ...from('official page', 'help 13467494956185, "What is margin rate"', 'not dated'),
  },
  {
    figure: 'funding',
    products: LINEAR_PERPETUAL,
    value: { intervalHours: 8 },
    ...RECORD,
    note: 'settlement at 00:00, 08:00 and 16:00; formula and bounds are not known',
  },
];

/** WEEX at its entry tier, as far as it is known. */
export const weex: VenuePreset = {
  name: 'weex',
  summary: 'WEEX spot and USDT perpetuals at the entry fee tier; maintenance is not known',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
