/**
 * What the sample market tells: the eras of a crypto cycle and the coins that live through them.
 *
 * The outline is that of a real cycle (a mania, a long bear market, a recovery; alts that fall further and sometimes go their
 * own way); every figure was made up to fit it, and chance does the rest.
 */

/** A stretch of one mood. Changes are of the log price over the whole era; volatility is relative to the five-year level. */
export interface Era {
  /** Last UTC day of the era. */
  readonly until: string;
  readonly change: number;
  readonly volatility: number;
}

/** A stretch in which a coin goes its own way. */
export interface Decoupling {
  readonly from: string;
  readonly until: string;
  /** Factor on the coin's beta, and on its own volatility. */
  readonly beta: number;
  readonly volatility: number;
}

/** A coin of the sample and what makes it differ from the others. */
export interface Coin {
  readonly symbol: string;
  /** Price at the sample's first open, quote currency. */
  readonly start: number;
  /** Significant digits of its prices, about as fine as a venue's tick. */
  readonly digits: number;
  /** Mean sensitivity to the market factor, and to what alts have in common. */
  readonly beta: number;
  readonly altLoading: number;
  /** Volatility of what is the coin's own, per year. */
  readonly ownVolatility: number;
  /** Log change of the coin's own part in each era, in the order of ERAS. */
  readonly ownChanges: readonly number[];
  readonly decouplings: readonly Decoupling[];
  /** Coins traded spot on an ordinary day, and coins of open interest, both at the first price. */
  readonly volume: number;
  readonly openInterest: number;
  /** Whether it has quarterly futures, and an inverse perpetual derived from the linear one. */
  readonly futures: boolean;
}

/** Usual volatility, per year, of the market factor (which is Bitcoin's return) and of what alts have in common besides. */
export const MARKET_VOLATILITY = 0.62;
export const ALT_VOLATILITY = 0.3;

/** The eras of the sample, one after the other; the last one ends with it. */
export const ERAS: readonly Era[] = [
  { until: '2020-02-20', change: 0.25, volatility: 0.8 },
  { until: '2020-03-25', change: -0.6, volatility: 1.9 },
  { until: '2020-10-10', change: 0.75, volatility: 0.75 },
  { until: '2021-03-25', change: 1.55, volatility: 1.1 },
  { until: '2021-07-05', change: -0.65, volatility: 1.3 },
  { until: '2021-12-05', change: 0.7, volatility: 0.95 },
  { until: '2022-10-25', change: -1.35, volatility: 1.05 },
  { until: '2023-08-30', change: 0.5, volatility: 0.7 },
  { until: '2024-04-05', change: 0.85, volatility: 0.8 },
  { until: '2024-09-20', change: -0.2, volatility: 0.8 },
  { until: '2024-12-31', change: 0.45, volatility: 0.85 },
];

/** The coins of the sample; the first one is the market itself. */
export const COINS: readonly Coin[] = [
  {
    symbol: 'BTC',
    start: 8_000,
    digits: 6,
    beta: 1,
    altLoading: 0,
    ownVolatility: 0,
    ownChanges: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    decouplings: [],
    volume: 60_000,
    openInterest: 90_000,
    futures: true,
  },
  {
    symbol: 'ETH',
    start: 150,
    digits: 6,
    beta: 1.05,
    altLoading: 0.8,
    ownVolatility: 0.5,
    ownChanges: [0.15, -0.1, 0.35, 0.35, 0.25, 0.15, -0.15, -0.1, -0.1, -0.3, -0.1],
    decouplings: [],
    volume: 900_000,
    openInterest: 1_300_000,
    futures: true,
  },
  {
    symbol: 'SOL',
    start: 1.2,
    digits: 5,
    beta: 1.15,
    altLoading: 1,
    ownVolatility: 0.56,
    ownChanges: [0, -0.1, 0.4, 0.8, 0.5, 0.8, -0.9, 0.1, 0.9, 0.1, -0.1],
    decouplings: [{ from: '2022-08-01', until: '2022-10-10', beta: 0.6, volatility: 1.5 }],
    volume: 20_000_000,
    openInterest: 25_000_000,
    futures: false,
  },
  {
    symbol: 'LINK',
    start: 2.4,
    digits: 5,
    beta: 1.1,
    altLoading: 1.1,
    ownVolatility: 0.52,
    ownChanges: [0.3, -0.1, 0.9, -0.2, -0.2, -0.2, -0.3, 0.1, -0.1, -0.2, 0.1],
    decouplings: [{ from: '2020-07-01', until: '2020-08-20', beta: 0.5, volatility: 1.6 }],
    volume: 12_000_000,
    openInterest: 14_000_000,
    futures: false,
  },
  {
    symbol: 'DOGE',
    start: 0.0025,
    digits: 5,
    beta: 1.05,
    altLoading: 0.9,
    ownVolatility: 0.52,
    ownChanges: [0, -0.1, -0.2, 2.4, 0.3, -0.9, -0.2, -0.3, 0.2, -0.2, 0.5],
    decouplings: [{ from: '2021-01-20', until: '2021-05-10', beta: 0.45, volatility: 2.2 }],
    volume: 3_000_000_000,
    openInterest: 3_500_000_000,
    futures: false,
  },
];
