import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { createMarket } from '../../src/market/create.ts';
import type { Field, Market } from '../../src/market/market.ts';

/**
 * The seeded price sets of the speed yardstick (one-factor geometric Brownian motion), whose final equities other engines have
 * computed: prices are to the last bit those of the yardstick's own generator.
 */
export interface PriceSet {
  readonly assets: number;
  readonly bars: number;
  /** ms */
  readonly step: number;
  readonly seed: number;
  /** Volatility per bar of the first asset; each further one has 6 % of it more. */
  readonly sigma: number;
  readonly drift: number;
}

export const DAILY_10: PriceSet = { assets: 10, bars: 2_000, step: DAY, seed: 1001, sigma: 0.035, drift: 0.0006 };
export const HOURLY_10: PriceSet = { assets: 10, bars: 43_800, step: HOUR, seed: 1002, sigma: 0.0075, drift: 0.00003 };
export const MINUTE_1: PriceSet = { assets: 1, bars: 2_600_000, step: MINUTE, seed: 1003, sigma: 0.0009, drift: 0.0000005 };

// A Monday; the close of the first bar.
const FIRST_CLOSE = Date.UTC(2018, 0, 1);
/** Share of an asset's variance that all of them have in common. */
const COMMON = 0.6;

/** Closes, one column per asset. */
export function yardstickPrices({ assets, bars, seed, sigma, drift }: PriceSet): Float64Array[] {
  const normal = normals(uniforms(seed));
  const [common, own] = [Math.sqrt(COMMON), Math.sqrt(1 - COMMON)];
  const prices = Array.from({ length: assets }, () => new Float64Array(bars));
  prices.forEach((column, j) => (column[0] = Math.round((20_000 / (1 + 3 * j)) * 100) / 100));
  for (let i = 1; i < bars; i++) {
    const shared = normal();
    for (let j = 0; j < assets; j++) {
      const deviation = sigma * (1 + 0.06 * j);
      const shock = common * shared + own * normal();
      prices[j]![i] = prices[j]![i - 1]! * Math.exp(drift - 0.5 * deviation * deviation + deviation * shock);
    }
  }
  return prices;
}

/** The same bar after bar, `[bar][asset]`. */
export function yardstickRows(set: PriceSet, columns = yardstickPrices(set)): Float64Array {
  const rows = new Float64Array(set.bars * set.assets);
  columns.forEach((column, j) => column.forEach((price, i) => (rows[i * set.assets + j] = price)));
  return rows;
}

/** 50 weight vectors over 10 assets, each summing to 0.98 with no weight under 0.02. */
export function yardstickWeights(): number[][] {
  const uniform = uniforms(2001);
  return Array.from({ length: 50 }, () => {
    const draws = Array.from({ length: 10 }, () => -Math.log(1 - uniform()));
    const sum = draws.reduce((total, draw) => total + draw, 0);
    return draws.map((draw) => 0.02 + (0.78 * draw) / sum);
  });
}

/** A market of the set, symbols `A0`, `A1`, …: every bar opens, trades and closes at its one price. */
export function yardstickMarket(set: PriceSet, prices = yardstickPrices(set)): Market {
  const { assets, bars, step } = set;
  const volume = new Float64Array(bars).fill(1);
  return createMarket({
    interval: step === DAY ? '1d' : step === HOUR ? '1h' : '1m',
    start: FIRST_CLOSE - step,
    length: bars,
    synthetic: true,
    instruments: Array.from({ length: assets }, (_, j) => ({
      instrument: {
        symbol: `A${j}`,
        kind: 'spot',
        contract: null,
        base: `A${j}`,
        quote: 'USD',
        venue: 'yardstick',
        expiry: null,
        delisted: null,
        priceFrom: null,
        fundingFrom: null,
      },
      columns: flatBars(prices[j]!, volume),
    })),
  });
}

/** `{ A0: w0, A1: w1, … }` */
export function namedWeights(weights: readonly number[]): Record<string, number> {
  return Object.fromEntries(weights.map((weight, j) => [`A${j}`, weight]));
}

function flatBars(close: Float64Array, volume: Float64Array): Record<Field, Float64Array> {
  return {
    ...{ open: close, high: close, low: close, close, volume },
    ...{ mark: close, markOpen: close, markHigh: close, markLow: close },
  };
}

/** mulberry32, by Tommy Ettinger (public domain). */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Box–Muller, both values used, the cosine first. */
function normals(uniform: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
