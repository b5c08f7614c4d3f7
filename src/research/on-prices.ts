import { ConfigError } from '../core/errors.ts';
import { DAY, parseDate } from '../core/time.ts';
import { runStrategy } from '../engine/run.ts';
import { createMarket, type FundingColumns, type InstrumentParts } from '../market/create.ts';
import type { Instrument } from '../market/instrument.ts';
import { MARK_SOURCES, type Field } from '../market/market.ts';
import type { RunResult } from '../result/run-result.ts';
import type { Strategy } from '../strategy/define.ts';
import { resolveVenue } from '../venue/resolve.ts';
import { experimentSchema } from './experiment-schema.ts';
import { targetOf } from './target.ts';

/** A market of a few daily closes, and what a strategy starts with on it. */
export interface PriceTrial {
  /** Daily closes by coin, all of one length; the next bar opens where one closed. */
  readonly prices: Readonly<Record<string, readonly number[]>>;
  /** Coins that have a linear perpetual, `BTC-PERP`, at the spot price. */
  readonly perpetuals?: readonly string[];
  /** Rate of every 8-hour settlement of the perpetuals, a fraction; default 0. */
  readonly fundingRate?: number;
  /** Account currency; default 10,000. */
  readonly cash?: number;
  /** Units owned from the start, bought long ago for nothing. */
  readonly holdings?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, unknown>>;
  /** What strategies without weights of their own aim at; default: the coins in equal parts, band 0.05. */
  readonly target?: { readonly weights: Readonly<Record<string, number>>; readonly band?: number };
  /** UTC date of the first bar; default 2024-01-01. */
  readonly start?: string;
}

/**
 * Runs a strategy on prices written by hand, without fees, slippage or tax: what a test of a strategy needs.
 *
 * @returns the full record: `full.fills` holds every fill, `equity` one value per bar
 * @throws {ConfigError} `prices-uneven`, and what a run throws
 */
export function runOnPrices(strategy: Strategy, trial: PriceTrial): RunResult {
  const { prices, perpetuals = [], cash = 10_000, holdings = {}, params = {}, target } = trial;
  const start = parseDate(trial.start ?? '2024-01-01');
  const coins = Object.keys(prices);
  const length = prices[coins[0] ?? '']?.length ?? 0;
  const uneven = [...coins, ...perpetuals].find((coin) => prices[coin]?.length !== length || length === 0);
  if (uneven !== undefined || coins.length === 0) {
    throw new ConfigError(
      'prices-uneven',
      `prices of ${uneven ?? 'no coin'}: expected the same number of closes for every coin`,
      {
        hint: 'for example prices: { BTC: [100, 110], ETH: [10, 10] }',
      },
    );
  }
  const equally = Object.fromEntries(coins.map((coin) => [coin, 1 / coins.length]));
  const funding = fundingColumns(start, length, trial.fundingRate ?? 0);
  const market = createMarket({
    interval: '1d',
    start,
    length,
    instruments: [
      ...coins.map((coin) => partsOf(coin, 'spot', prices[coin]!)),
      ...perpetuals.map((coin) => ({
        ...partsOf(coin, 'perpetual', prices[coin]!),
        funding: funding((time) => prices[coin]![Math.max(0, Math.ceil((time - start) / DAY) - 1)]!),
      })),
    ],
    synthetic: true,
  });
  const settings = experimentSchema.shape.account.parse({
    cash,
    lots: Object.entries(holdings).map(([asset, quantity]) => ({ asset, quantity, cost: 0, acquired: '2000-01-01' })),
  });
  return runStrategy({
    id: strategy.name,
    market,
    strategy,
    params,
    strategySource: '',
    target: targetOf(experimentSchema.shape.target.parse(target ?? { weights: equally })),
    account: { ...settings, flows: [] },
    venue: resolveVenue('none'),
    tax: { regime: 'none', payFrom: 'portfolio', funding: 'result', law: 'today' },
    fill: 'next-open',
    seed: 1,
    records: 'full',
  });
}

function partsOf(coin: string, kind: 'spot' | 'perpetual', closes: readonly number[]): InstrumentParts {
  const instrument: Instrument = {
    symbol: kind === 'spot' ? coin : `${coin}-PERP`,
    kind,
    contract: kind === 'spot' ? null : 'linear',
    base: coin,
    quote: 'USD',
    venue: 'by hand',
    expiry: null,
    delisted: null,
    priceFrom: null,
    fundingFrom: null,
  };
  const open = closes.map((close, i) => closes[i - 1] ?? close);
  const high = closes.map((close, i) => Math.max(close, open[i]!));
  const low = closes.map((close, i) => Math.min(close, open[i]!));
  const volume = closes.map(() => 1e9);
  const columns: Record<Field, readonly number[]> = {
    ...{ open, high, low, close: closes, volume },
    ...{ mark: closes, markOpen: open, markHigh: high, markLow: low },
  };
  return { instrument, columns };
}

const SETTLEMENT = DAY / 3;

function fundingColumns(start: number, length: number, rate: number): (markAt: (time: number) => number) => FundingColumns {
  const time = Array.from({ length: 3 * length }, (_, k) => start + (k + 1) * SETTLEMENT);
  return (markAt) => ({
    time,
    rate: time.map(() => rate),
    mark: time.map(markAt),
    source: time.map(() => MARK_SOURCES.indexOf('last-price')),
  });
}
