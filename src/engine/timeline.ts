import { upperBound } from '../core/column.ts';
import { ConfigError, StrategyError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import { CALENDAR_UNITS, formatTime, nextBoundary, startOfDay } from '../core/time.ts';
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
  if (flows.length > 0) return merged(market, flows, dailyVariation);
  return cached(timelineCache, market, dailyVariation, () => merged(market, flows, dailyVariation));
}

const timelineCache = new WeakMap<Market, Map<boolean, Timeline>>();

interface Row {
  readonly time: number;
  readonly kind: number;
  readonly ref: number;
  readonly amount: number;
}

/** Everything but funding, which is long and in order already, is sorted here and laid between. */
function merged(market: Market, flows: readonly Flow[], dailyVariation: boolean): Timeline {
  const begin = barTime(market, market.first);
  const end = barTime(market, market.length - 1);
  const rows: Row[] = [];
  market.instruments.forEach((instrument, ref) => {
    const time = instrument.expiry;
    if (time !== null && time > begin && time <= end) rows.push({ time, kind: EVENT.expiry, ref, amount: 0 });
  });
  if (dailyVariation && market.instruments.some(isDerivative)) {
    for (let time = nextBoundary(begin, 'day'); time <= end; time = nextBoundary(time, 'day')) {
      rows.push({ time, kind: EVENT.variation, ref: 0, amount: 0 });
    }
  }
  for (const flow of flows) {
    for (const time of flowTimes(flow, begin, end)) rows.push({ time, kind: EVENT.flow, ref: 0, amount: flow.amount });
  }
  rows.sort((a, b) => a.time - b.time || a.kind - b.kind || a.ref - b.ref);
  return layOut(market.funding.time, upperBound(market.funding.time, begin), upperBound(market.funding.time, end), rows);
}

/** Funding settlements [first, last) and the other rows as columns; at one moment funding comes first. */
function layOut(funding: Float64Array, first: number, last: number, rows: readonly Row[]): Timeline {
  const length = last - first + rows.length + 1;
  const timeline = {
    time: new Float64Array(length),
    kind: new Uint8Array(length),
    ref: new Int32Array(length),
    amount: new Float64Array(length),
  };
  const { time, kind, ref, amount } = timeline;
  let settlement = first;
  let row = 0;
  for (let k = 0; k < length - 1; k++) {
    if (settlement < last && !(row < rows.length && rows[row]!.time < funding[settlement]!)) {
      time[k] = funding[settlement]!;
      kind[k] = EVENT.funding;
      ref[k] = settlement++;
    } else {
      const other = rows[row++]!;
      time[k] = other.time;
      kind[k] = other.kind;
      ref[k] = other.ref;
      amount[k] = other.amount;
    }
  }
  time[length - 1] = Infinity;
  return timeline;
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
 *
 * @throws {StrategyError} `calendar-unknown`: JavaScript authors have no compiler to check the unit
 */
export function boundaryFlags(market: Market, unit: CalendarUnit): Uint8Array {
  return cached(boundaryCache, market, unit, () => {
    if (!CALENDAR_UNITS.includes(unit)) {
      throw new StrategyError('calendar-unknown', `"${String(unit)}" is no calendar unit`, {
        hint: didYouMean(String(unit), CALENDAR_UNITS),
      });
    }
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

const gaplessCache = new WeakMap<Market, Map<'gapless', boolean>>();

/** Whether every instrument trades in every bar of the period and is marked at its own closes. */
export function isGapless(market: Market): boolean {
  return cached(gaplessCache, market, 'gapless', () => {
    const { close, mark } = market.columns;
    return market.instruments.every((_, j) => {
      for (let at = j * market.length + market.first; at < (j + 1) * market.length; at++)
        if (close[at] !== mark[at]) return false;
      return true;
    });
  });
}

function cached<K, V>(cache: WeakMap<Market, Map<K, V>>, market: Market, key: K, make: () => V): V {
  let entry = cache.get(market);
  if (!entry) cache.set(market, (entry = new Map<K, V>()));
  let value = entry.get(key);
  if (value === undefined) entry.set(key, (value = make()));
  return value;
}
