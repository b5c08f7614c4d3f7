import type { Fact, Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, from, slippageFacts } from './common.ts';

const PRODUCTS: readonly Product[] = ['inverse perpetual', 'inverse future'];
const PERPETUAL: readonly Product[] = ['inverse perpetual'];
const PAGES_2020 = from('official page', 'bitmex.com/app pages', 'about 2019 to 2020');

const facts: readonly Fact[] = [
  ...byCoin(
    'fees',
    { BTC: { maker: -0.00025, taker: 0.00075 } },
    {
      products: PERPETUAL,
      ...from('official page', 'bitmex.com/app/fees', 'about 2019 to 2020'),
      note: 'today’s schedule could not be verified; the venue is missing from ccxt 4.5.84',
    },
  ),
  ...slippageFacts(PRODUCTS),
  ...byCoin('lots', { BTC: { step: 1, minQuantity: 1 } }, { products: PERPETUAL, ...PAGES_2020 }),
  ...byCoin('contractSize', { BTC: 1 }, { products: PERPETUAL, ...PAGES_2020 }),
  ...byCoin('maxLeverage', { BTC: 100 }, { products: PERPETUAL, ...PAGES_2020 }),
  {
    figure: 'maintenanceRule',
    products: PERPETUAL,
    value: 'base rate 0.5% for XBTUSD (2018 to 2020) plus the fees of closing; it grows with size by steps that are not known',
    ...PAGES_2020,
  },
  {
    figure: 'liquidationRule',
    products: PERPETUAL,
    value: 'the risk limit is stepped down first; what remains is taken over at the bankruptcy price',
    ...PAGES_2020,
  },
  {
    figure: 'funding',
    products: PERPETUAL,
    value: { intervalHours: 8, hours: [4, 12, 20], interest: 0.0001, clamp: 0.0005, cap: 0.00375, floor: -0.00375 },
    ...PAGES_2020,
    note: 'early bound of 0.375% per 8 hours, 1.125% a day (the venue’s blog)',
  },
  { figure: 'settlementFee', products: ['inverse future'], value: 0.0005, ...PAGES_2020 },
];

/** BitMEX as it was about 2019 to 2020; later figures could not be verified. */
export const bitmex: VenuePreset = {
  name: 'bitmex',
  summary: 'BitMEX inverse contracts as of about 2019 to 2020; maintenance bands and today’s fees are not known',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
