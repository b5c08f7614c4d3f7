import type { Fact, Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, EIGHT_HOURS, from, slippageFacts, SPOT } from './common.ts';

const PRODUCTS: readonly Product[] = ['spot', 'linear perpetual', 'inverse perpetual'];
const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const MX_ARTICLE = from('official page', 'MEXC Learn, article on MX discounts', '2025-09-02');
const RECORD = from('API sample', 'contract record in open-source test data', 'about 2025');
/** Spreads against those of the largest venues, as suggested for this one. */
const WIDER = 2;

const facts: readonly Fact[] = [
  {
    figure: 'fees',
    products: SPOT,
    value: { maker: 0, taker: 0.001 },
    ...from('official page', 'an earlier edition of the fee page', '2024-01'),
  },
  { figure: 'fees', products: SPOT, value: { maker: 0, taker: 0.0005 }, from: '2025-09-02', ...MX_ARTICLE },
  {
    figure: 'fees',
    products: LINEAR_PERPETUAL,
    value: { maker: 0.0001, taker: 0.0004 },
    ...from('domain knowledge', 'no source stated; 0.02 / 0.06% before that', 'before 2024'),
  },
  {
    figure: 'fees',
    products: LINEAR_PERPETUAL,
    value: { maker: 0, taker: 0.0001 },
    from: '2024-01-01',
    ...from('domain knowledge', 'no source stated', '2024-01'),
  },
  {
    figure: 'fees',
    products: LINEAR_PERPETUAL,
    value: { maker: 0, taker: 0.0002 },
    from: '2025-09-02',
    ...MX_ARTICLE,
    note: 'the contract record agrees',
  },
  {
    figure: 'fees',
    products: ['inverse perpetual'],
    value: { maker: 0, taker: 0.0002 },
    ...from('judgement', 'taken to be those of the linear contracts', '2025'),
  },
  {
    figure: 'feeRule',
    products: PRODUCTS,
    value: 'holding 500 MX halves the taker fee, paying in MX takes 20% off; not taken here',
    ...MX_ARTICLE,
  },
  ...slippageFacts(PRODUCTS, WIDER),
  ...byCoin('lots', { BTC: { step: 0.0001, minQuantity: 0.0001, tick: 0.1 } }, { products: LINEAR_PERPETUAL, ...RECORD }),
  ...byCoin('contractSize', { BTC: 0.0001, ETH: 0.01 }, { products: LINEAR_PERPETUAL, ...RECORD }),
  ...byCoin('contractSize', { BTC: 100 }, { products: ['inverse perpetual'], ...RECORD }),
  {
    figure: 'maintenanceRule',
    products: LINEAR_PERPETUAL,
    value:
      'grows by equal steps of size. For BTC one reply has 0.15% up to 15,000 contracts and 0.5% more per 200,000, another 0.4% up to 500,000 and 0.4% more per 500,000: contradictory, so neither is used',
    ...from('API sample', 'two contract records in open-source test data', 'about 2025 and 2026-10'),
  },
  {
    figure: 'funding',
    products: LINEAR_PERPETUAL,
    value: EIGHT_HOURS,
    ...from('official page', 'support 13322295212313', 'not dated'),
    note: 'some coins run 4 hours with a bound of 3%; pages of 2020 and 2021 had 04:00, 12:00 and 20:00',
  },
];

/** MEXC at its entry tier, as far as it is known. */
export const mexc: VenuePreset = {
  name: 'mexc',
  summary: 'MEXC spot and perpetuals at the entry fee tier; maintenance is contradictory',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
