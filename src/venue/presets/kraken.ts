import { PRODUCTS, type Fact, type Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { byCoin, CONTRACTS, from, FUTURES, PERPETUALS, slippageFacts, SPOT } from './common.ts';

const INVERSE: readonly Product[] = ['inverse perpetual', 'inverse future'];
const FUTURES_PAGE = from('official page', 'support 360048917612', '2023-09');
const CONTRACT_PAGES = from('official page', 'futures contract specifications', 'not dated');

const facts: readonly Fact[] = [
  {
    figure: 'fees',
    products: SPOT,
    value: { maker: 0.0016, taker: 0.0026 },
    ...from('third party', 'ccxt 4.5.84, which carries an older schedule', 'before 2024'),
  },
  {
    figure: 'fees',
    products: SPOT,
    value: { maker: 0.0025, taker: 0.004 },
    from: '2024-01-01',
    ...from('domain knowledge', 'no source read', '2024 or later'),
  },
  { figure: 'fees', products: CONTRACTS, value: { maker: 0.0002, taker: 0.0005 }, ...FUTURES_PAGE },
  ...slippageFacts(PRODUCTS),
  ...byCoin('lots', { ETH: { minQuantity: 0.001, tick: 0.1 } }, { products: ['linear perpetual'], ...CONTRACT_PAGES }),
  ...byCoin('lots', { BTC: { minQuantity: 0.0001, tick: 1 } }, { products: ['linear future'], ...CONTRACT_PAGES }),
  ...byCoin('lots', { BTC: { step: 1, minQuantity: 1, tick: 0.5 } }, { products: INVERSE, ...CONTRACT_PAGES }),
  { figure: 'contractSize', products: INVERSE, value: 1, ...CONTRACT_PAGES },
  ...byCoin('maxLeverage', { BTC: 50 }, { products: ['inverse perpetual'], ...CONTRACT_PAGES }),
  {
    figure: 'funding',
    products: PERPETUALS,
    value: { intervalHours: 1 },
    ...CONTRACT_PAGES,
    note: 'the rate of an hour is fixed over the hour before it; formula and bounds are not known',
  },
  { figure: 'expiry', products: FUTURES, value: 'last Friday of the month, 08:00 UTC', ...CONTRACT_PAGES },
  {
    figure: 'settlementPrice',
    products: FUTURES,
    value: 'mean of 30 one-minute means of the real-time index before 08:00 UTC',
    ...CONTRACT_PAGES,
  },
  { figure: 'settlementFee', products: FUTURES, value: 0.0005, ...CONTRACT_PAGES, note: 'the taker fee' },
];

/** Kraken at its entry tier, as far as it is known. */
export const kraken: VenuePreset = {
  name: 'kraken',
  summary: 'Kraken spot and futures at the entry fee tier; maintenance and liquidation fees are not known',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts,
};
