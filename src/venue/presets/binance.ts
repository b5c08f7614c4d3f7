import { PRODUCTS, type Fact, type Product } from '../facts.ts';
import { DOLLARS, type VenuePreset } from '../preset.ts';
import { BINANCE_COIN_2021, BINANCE_COIN_2022, BINANCE_PERPETUAL_2021, BINANCE_QUARTERLY_2026 } from './binance-maintenance.ts';
import { BINANCE_PERPETUAL_2024 } from './binance-perpetual-2024.ts';
import { BINANCE_PERPETUAL_2026 } from './binance-perpetual-2026.ts';
import { byCoin, EIGHT_HOURS, from, FUTURES, LINEAR, PERPETUALS, slippageFacts, SPOT } from './common.ts';

const INVERSE: readonly Product[] = ['inverse perpetual', 'inverse future'];
const LINEAR_PERPETUAL: readonly Product[] = ['linear perpetual'];
const LINEAR_FUTURE: readonly Product[] = ['linear future'];

const CCXT = from('third party', 'ccxt 4.5.84, js/src/binance.js', '2026');
const FEES = from('third party', 'ccxt 4.5.84, js/src/binance.js, and babianfox.com', '2026');
const TIERS = 'USDS-M leverage brackets as stored by freqtrade, freqtrade/exchange/binance_leverage_tiers.json';
const COIN_FAQ = 'FAQ ceccfcfb4e3a45e3b48b0b1bb1a8ae46 on COIN-M liquidation prices';
const CAPTURES = 'exchangeInfo captures in open-source test data';

const fees: readonly Fact[] = [
  { figure: 'fees', products: SPOT, value: { maker: 0.001, taker: 0.001 }, ...CCXT },
  { figure: 'fees', products: LINEAR, value: { maker: 0.0002, taker: 0.0005 }, ...FEES },
  {
    figure: 'fees',
    products: INVERSE,
    value: { maker: 0.0002, taker: 0.0005 },
    ...from('domain knowledge', 'the cautious one of several claims', '2026'),
    note: 'ccxt 4.5.84 states 0.01 / 0.05%, the worked example of FAQ 360033544231 0.015 / 0.04%; a change took effect on 2023-09-26',
  },
  {
    figure: 'feeRule',
    products: SPOT,
    value: '25% off when paid in BNB; not taken here',
    ...from('domain knowledge', 'no source read', '2026'),
  },
  {
    figure: 'feeRule',
    products: LINEAR,
    value: '10% off when paid in BNB; not taken here',
    ...from('official page', 'FAQ 360033544231', '2026'),
  },
];

const lots: readonly Fact[] = [
  ...byCoin(
    'lots',
    { BTC: { step: 0.00001, minQuantity: 0.00001, minNotional: 5, tick: 0.01 } },
    { products: SPOT, ...from('API sample', CAPTURES, '2026-09-13') },
  ),
  ...byCoin(
    'lots',
    { ETH: { step: 0.0001, minQuantity: 0.0001, minNotional: 5, tick: 0.01 } },
    { products: SPOT, ...from('domain knowledge', 'no source read', '2026') },
  ),
  ...byCoin(
    'lots',
    { BTC: { step: 0.001, minQuantity: 0.001, minNotional: 100, tick: 0.1 } },
    {
      products: LINEAR_PERPETUAL,
      ...from('API sample', CAPTURES, '2025 to 2026'),
      note: 'a minimum of 50 was seen in one capture late in 2026; a market order holds up to 120 BTC',
    },
  ),
  ...byCoin(
    'lots',
    { ETH: { step: 0.001, minQuantity: 0.001, minNotional: 20, tick: 0.01 } },
    { products: LINEAR_PERPETUAL, ...from('third party', CAPTURES, '2025 to 2026') },
  ),
  {
    figure: 'lots',
    products: LINEAR_PERPETUAL,
    value: { minNotional: 5 },
    ...from('API sample', CAPTURES, '2025 to 2026'),
    note: 'steps of these coins are not known: quantities are not rounded',
  },
  ...byCoin(
    'lots',
    { BTC: { step: 100, minQuantity: 100, tick: 0.1 } },
    { products: INVERSE, ...from('API sample', CAPTURES, '2026-09-26') },
  ),
  {
    figure: 'lots',
    products: INVERSE,
    value: { step: 10, minQuantity: 10 },
    ...from('official page', COIN_FAQ, '2021 to 2022'),
  },
  ...byCoin('contractSize', { BTC: 100 }, { products: INVERSE, ...from('official page', COIN_FAQ, '2021 to 2022') }),
  { figure: 'contractSize', products: INVERSE, value: 10, ...from('official page', COIN_FAQ, '2021 to 2022') },
  { figure: 'contractSize', products: LINEAR, value: 1, ...CCXT },
];

const margin: readonly Fact[] = [
  ...byCoin('maintenance', BINANCE_PERPETUAL_2021, {
    products: LINEAR_PERPETUAL,
    from: '2021-02-01',
    ...from('third party', 'public gist highfestiva/b71e76f5; agrees with the FAQ’s 500,000: 1%, amount 1,300', '2021-03'),
  }),
  ...byCoin('maintenance', BINANCE_PERPETUAL_2024, {
    products: LINEAR_PERPETUAL,
    from: '2024-10-24',
    ...from('third party', `${TIERS}, upstream commit c9ae5e1e`, '2024-10-24'),
  }),
  ...byCoin('maintenance', BINANCE_PERPETUAL_2026, {
    products: LINEAR_PERPETUAL,
    from: '2026-07-02',
    ...from('third party', `${TIERS}, commit 837a95b8`, '2026-07-02'),
  }),
  ...byCoin('maintenance', BINANCE_QUARTERLY_2026, {
    products: LINEAR_FUTURE,
    ...from('third party', `${TIERS}, commit 837a95b8`, '2026-07-02'),
  }),
  ...byCoin('maintenance', BINANCE_COIN_2021, {
    products: INVERSE,
    from: '2021-02-01',
    ...from('computed', 'position limits of page be2c7d9d...; they reproduce its amounts 1.81 and 11.81 BTC', '2021-02'),
  }),
  ...byCoin('maintenance', BINANCE_COIN_2022, {
    products: INVERSE,
    from: '2022-01-01',
    ...from('computed', `${COIN_FAQ}; they reproduce its example of 300 BTC: 12.5%, amount 11.605 BTC`, '2022 or later'),
  }),
  ...byCoin(
    'liquidationFee',
    { BTC: 0.0175 },
    { products: LINEAR_PERPETUAL, ...from('domain knowledge', 'no source read', 'before 2021') },
  ),
  ...byCoin(
    'liquidationFee',
    { BTC: 0.015 },
    { products: LINEAR_PERPETUAL, from: '2021-01-01', ...from('API sample', CAPTURES, '2021 to 2023') },
  ),
  ...byCoin(
    'liquidationFee',
    { BTC: 0.0125 },
    { products: LINEAR_PERPETUAL, from: '2025-01-01', ...from('API sample', CAPTURES, '2025 to 2026') },
  ),
  {
    figure: 'liquidationFee',
    products: ['linear perpetual', 'inverse perpetual'],
    value: 0.015,
    ...from('API sample', CAPTURES, '2026-09-26'),
    note: 'the typical rate of a range from 1.0 to 2.5%; that of the coin-margined BTC perpetual',
  },
  { figure: 'liquidationFee', products: ['inverse future'], value: 0.01, ...from('API sample', CAPTURES, '2026-09-26') },
  {
    figure: 'liquidationFee',
    products: LINEAR_FUTURE,
    value: 0.015,
    ...from('judgement', 'not found; the typical rate of perpetuals', '2026-11-22'),
  },
  ...collateral(['BTC', 'ETH', 'BNB'], 0.95),
  ...collateral(['XRP', 'ADA', 'DOT', 'SOL'], 0.9),
  ...collateral(['USDT', 'USDC'], 0.9999),
];

const rules: readonly Fact[] = [
  ...byCoin(
    'funding',
    {
      BTC: { ...EIGHT_HOURS, cap: 0.003, floor: -0.003 },
      ETH: { ...EIGHT_HOURS, cap: 0.00375, floor: -0.00375 },
      BNB: { ...EIGHT_HOURS, interest: 0 },
    },
    {
      products: LINEAR_PERPETUAL,
      ...from('computed', 'prints of 2020 to 2026 never leave these bounds; formula as reported by cryptozen.asia', '2026-02-24'),
    },
  ),
  {
    figure: 'funding',
    products: PERPETUALS,
    value: EIGHT_HOURS,
    ...from('third party', 'cryptozen.asia on the notice effective 2025-09-18 08:01 UTC', '2025-09-18'),
    note: 'volatile coins run 4, 2 or 1 hours, since then with the rate divided by 8 / hours; many of them are capped at 2 or 3%',
  },
  {
    figure: 'markPrice',
    products: LINEAR_PERPETUAL,
    value:
      'median of price 1, price 2 and the last trade; price 2 = index + mean of mid minus index over 30 s (60 s before 2025-09-18)',
    from: '2025-09-18',
    ...from('third party', 'cryptozen.asia', '2025-09-18'),
  },
  {
    figure: 'expiry',
    products: FUTURES,
    value: 'last Friday of March, June, September and December, 08:00 UTC; holidays do not shift it',
    ...from('official page', 'FAQ a3401595e1734084959c61491bc0dbe3', '2020 to 2026-09-26'),
  },
  {
    figure: 'settlementPrice',
    products: FUTURES,
    value: 'mean of the index, every second of the last 60 minutes',
    ...from('official page', 'FAQ a3401595e1734084959c61491bc0dbe3', 'until 2024-11-10'),
  },
  {
    figure: 'settlementPrice',
    products: FUTURES,
    value: 'mean of the index, every second of the last 30 minutes',
    from: '2024-11-11',
    ...from('third party', 'chaincatcher.com', '2024-11-04'),
  },
];

/** Binance at its entry tier: spot, USDS-M and COIN-M contracts. Discounts for paying in BNB are not taken. */
export const binance: VenuePreset = {
  name: 'binance',
  summary: 'Binance spot, USDS-M and COIN-M contracts at the entry fee tier',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: DOLLARS,
  dailyVariation: false,
  facts: [...fees, ...slippageFacts(PRODUCTS), ...lots, ...margin, ...rules],
};

function collateral(coins: readonly string[], rate: number): readonly Fact[] {
  return [
    {
      figure: 'collateral',
      products: LINEAR,
      coins,
      value: [{ upTo: null, rate }],
      ...from('official page', 'FAQ 29b45c48... on multi-assets mode', '2021 to 2022'),
      note: 'a reply of the portfolio-margin API from 2023 or later agrees on BTC, ETH and BNB',
    },
  ];
}
