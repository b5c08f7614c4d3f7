import type { Fact, Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, from, PERPETUALS, slippageFacts } from './common.ts';

const PRODUCTS: readonly Product[] = ['linear perpetual', 'inverse perpetual', 'inverse future'];
const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const INVERSE: readonly Product[] = ['inverse perpetual', 'inverse future'];
const FUTURE: readonly Product[] = ['inverse future'];
const FEES = from('official page', 'support 25944746248989, "Fees"', '2025');

const facts: readonly Fact[] = [
  {
    figure: 'fees',
    products: ['inverse perpetual'],
    value: { maker: -0.00025, taker: 0.00075 },
    ...from('official page', 'an older fee page', '2019'),
  },
  {
    figure: 'fees',
    products: ['inverse perpetual'],
    value: { maker: 0, taker: 0.0005 },
    from: '2025-01-01',
    ...FEES,
  },
  { figure: 'fees', products: LINEAR_PERPETUAL, value: { maker: 0, taker: 0.0005 }, ...FEES },
  { figure: 'fees', products: FUTURE, value: { maker: 0, taker: 0.0005 }, ...FEES, note: 'weekly contracts: -0.01 / 0.05%' },
  ...slippageFacts(PRODUCTS),
  ...byCoin(
    'lots',
    { BTC: { step: 10, minQuantity: 10, tick: 0.5 } },
    { products: ['inverse perpetual'], ...from('API sample', 'instrument record in open-source test data', 'not dated') },
  ),
  ...byCoin('contractSize', { BTC: 10 }, { products: INVERSE, ...from('official page', 'contract pages', 'not dated') }),
  ...byCoin(
    'maxLeverage',
    { BTC: 50 },
    { products: ['inverse perpetual'], ...from('API sample', 'instrument record in open-source test data', 'not dated') },
  ),
  ...byCoin(
    'slopedMargin',
    {
      BTC: { initialBase: 0.02, maintenanceBase: 0.01, perCoin: 0.00005 },
      SOL: { initialBase: 0.04, maintenanceBase: 0.02, perCoin: 0.000005 },
    },
    { products: LINEAR_PERPETUAL, ...from('official page', 'support 25944738177565, "Linear Perpetual"', 'not dated') },
  ),
  {
    figure: 'maintenanceRule',
    products: LINEAR_PERPETUAL,
    value:
      'the rate grows with every coin of the position, which no table of bands by notional can say: runs need a rate of your own',
    ...from('official page', 'support 25944738177565, "Linear Perpetual"', 'not dated'),
  },
  {
    figure: 'liquidationFee',
    products: PRODUCTS,
    value: 0.0075,
    ...from('API sample', 'instrument records and a third party', 'not dated'),
    note: 'at most; 0.90% for some products, 0.35 to 0.375% on the page of 2019',
  },
  {
    figure: 'funding',
    products: PERPETUALS,
    value: { intervalHours: null, hours: [8] },
    ...from('official page', 'support pages on perpetuals', 'not dated'),
    note: 'accrues every millisecond, is quoted as an 8-hour rate and booked at 08:00 UTC',
  },
  {
    figure: 'expiry',
    products: FUTURE,
    value: 'Friday 08:00 UTC; months and quarters on their last Friday',
    ...from('official page', 'contract pages', 'not dated'),
  },
  {
    figure: 'settlementPrice',
    products: FUTURE,
    value: 'time-weighted mean of the index from 07:30 to 08:00 UTC',
    ...from('official page', 'contract pages', 'not dated'),
  },
  {
    figure: 'settlementFee',
    products: FUTURE,
    value: 0.00025,
    ...from('official page', 'an older fee page; a third party in 2025 agrees', '2019 to 2025'),
    note: 'weekly contracts: none',
  },
];

/** Deribit at its entry tier, as far as it is known. */
export const deribit: VenuePreset = {
  name: 'deribit',
  summary: 'Deribit perpetuals and coin-margined futures; maintenance grows with size, not by bands',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
