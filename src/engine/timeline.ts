import { ConfigError } from '../core/errors.ts';
import { formatTime, nextBoundary, startOfDay } from '../core/time.ts';
import type { CalendarUnit } from '../core/time.ts';
import { isDerivative } from '../market/instrument.ts';
import { barTime } from '../market/market.ts';
import type { Market } from '../market/market.ts';
import type { Flow } from './config.ts';

export const EVENT = { funding: 0, expiry: 1, variation: 2, flow: 3 } as const;

/**
 * Everything of a run that has a moment of its own and is known before it starts: funding, expiries, flows. Columns in time order;
 * at one moment funding comes first, then expiries, daily variation, flows. The last row is a sentinel at Infinity.
 */
export interface Timeline {
  readonly time: Float64Array;
  /** A value of EVENT. */
  readonly kind: Uint8Array;
  /** Funding: index into `market.funding`; expiry: instrument; else 0. */
  readonly ref: Int32Array;
  /** Flow amount, account currency; 0 for the rest. */
  readonly amount: Float64Array;
}

/**
 * Merges a market's funding and expiries with the account's flows over the run, which starts at bar `market.first`'s close.
 *
 * @param dailyVariation - whether the results of open contracts are paid every day, at 00:00 UTC
 */
export function buildTimeline(market: Market, flows: readonly Flow[], dailyVariation = false): Timeline {
  const begin = barTime(market, market.first);
  const end = barTime(market, market.length - 1);
  const rows: { time: number; kind: number; ref: number; amount: number }[] = [];

  const { funding, instruments } = market;
  for (let k = 0; k < funding.time.length; k++) {
    const time = funding.time[k]!;
    if (time > begin && time <= end) rows.push({ time, kind: EVENT.funding, ref: k, amount: 0 });
  }
  instruments.forEach((instrument, ref) => {
    const time = instrument.expiry;
    if (time !== null && time > begin && time <= end) rows.push({ time, kind: EVENT.expiry, ref, amount: 0 });
  });
  if (dailyVariation && instruments.some(isDerivative)) {
    for (let time = nextBoundary(begin, 'day'); time <= end; time = nextBoundary(time, 'day')) {
      rows.push({ time, kind: EVENT.variation, ref: 0, amount: 0 });
    }
  }
  for (const flow of flows) {
    for (const time of flowTimes(flow, begin, end)) rows.push({ time, kind: EVENT.flow, ref: 0, amount: flow.amount });
  }

  rows.sort((a, b) => a.time - b.time || a.kind - b.kind || a.ref - b.ref);
  rows.push({ time: Infinity, kind: 0, ref: 0, amount: 0 });
  return {
    time: Float64Array.from(rows, (row) => row.time),
    kind: Uint8Array.from(rows, (row) => row.kind),
    ref: Int32Array.from(rows, (row) => row.ref),
    amount: Float64Array.from(rows, (row) => row.amount),
  };
}

function flowTimes(flow: Flow, begin: number, end: number): number[] {
  if ('time' in flow) {
    if (flow.time > begin && flow.time <= end) return [flow.time];
    throw new ConfigError('flow-outside-period', `a flow of ${flow.amount} on ${formatTime(flow.time)} lies outside the run`, {
      hint: `the account lives from ${formatTime(begin)} (its first close; money there at the start belongs in account.cash) to ${formatTime(end)}`,
    });
  }
  const times: number[] = [];
  for (let time = nextBoundary(begin, flow.every); time <= end; time = nextBoundary(time, flow.every)) times.push(time);
  return times;
}

const boundaryCache = new WeakMap<Market, Map<CalendarUnit, Uint8Array>>();

/**
 * 1 at the run's bar 0 and at the first close at or after each 00:00 UTC boundary (weeks start on Monday), per bar of the market.
 * Computed once per market and unit.
 */
export function boundaryFlags(market: Market, unit: CalendarUnit): Uint8Array {
  return cached(boundaryCache, market, unit, () => {
    const flags = new Uint8Array(market.length);
    let boundary = nextBoundary(barTime(market, 0), unit);
    for (let bar = 1; bar < market.length; bar++) {
      const time = barTime(market, bar);
      if (time < boundary) continue;
      flags[bar] = 1;
      boundary = nextBoundary(time, unit);
    }
    flags[market.first] = 1;
    return flags;
  });
}

const monthEndCache = new WeakMap<Market, Map<'month-end', Uint8Array>>();

/** 1 at the last bar that closes within each UTC month (a close at 00:00 of the 1st ends the old month) and at the last bar. */
export function monthEndFlags(market: Market): Uint8Array {
  return cached(monthEndCache, market, 'month-end', () => {
    const flags = new Uint8Array(market.length);
    let boundary = nextBoundary(barTime(market, market.first) - 1, 'month');
    for (let bar = market.first; bar < market.length; bar++) {
      if (barTime(market, bar) + market.step > boundary) {
        flags[bar] = 1;
        boundary = nextBoundary(Math.max(boundary, startOfDay(barTime(market, bar))), 'month');
      }
    }
    flags[market.length - 1] = 1;
    return flags;
  });
}

const gaplessCache = new WeakMap<Market, Map<'gapless', Uint8Array>>();

/** 1 for each instrument that trades in every bar of the period and is marked at its own closes. */
export function gaplessFlags(market: Market): Uint8Array {
  return cached(gaplessCache, market, 'gapless', () => {
    const { close, mark } = market.columns;
    return Uint8Array.from(market.instruments, (_, j) => {
      for (let at = j * market.length + market.first; at < (j + 1) * market.length; at++) if (close[at] !== mark[at]) return 0;
      return 1;
    });
  });
}

function cached<K>(cache: WeakMap<Market, Map<K, Uint8Array>>, market: Market, key: K, make: () => Uint8Array): Uint8Array {
  let entry = cache.get(market);
  if (!entry) cache.set(market, (entry = new Map()));
  let flags = entry.get(key);
  if (!flags) entry.set(key, (flags = make()));
  return flags;
}
