import { DAY } from '../core/time.ts';
import { barTime, type Field, type Market } from './market.ts';
import { beta, correlation, dailyReturnsKnown, fillDailyLogReturns, volatility } from './rolling.ts';

const FIRST_ROOM = 256;

/**
 * What is known of a market at the close of one bar: every answer ends there, so look-ahead is impossible through it.
 * Instruments and bars are the market's indices (look-back included). One cursor serves one run: it starts at the period's first
 * bar and moves forward cheaply.
 */
export class MarketCursor {
  readonly #market: Market;
  readonly #fundingRates: Float64Array;
  readonly #dailyReturns: (Float64Array | undefined)[] = [];
  /** Days of `#dailyReturns` that are written. */
  readonly #daysWritten: number[] = [];
  readonly #settled: readonly Settled[];
  /** Windows of the current bar, one after the other: strategies sort and write in them, and the market is every run's. */
  #room = new Float64Array(FIRST_ROOM);
  #taken = 0;
  #bar = 0;
  #nextFunding = 0;

  constructor(market: Market) {
    this.#market = market;
    this.#fundingRates = new Float64Array(market.instruments.length).fill(NaN);
    this.#settled = Array.from(settlementsOf(market), (events) => roomFor(events));
    this.moveTo(market.first);
  }

  /** Index of the current bar, look-back included. */
  get bar(): number {
    return this.#bar;
  }

  /** @param bar - in `[0, market.length)` */
  moveTo(bar: number): void {
    const { funding } = this.#market;
    if (bar < this.#bar) {
      this.#fundingRates.fill(NaN);
      this.#nextFunding = 0;
      for (const settled of this.#settled) settled.count = 0;
    }
    this.#bar = bar;
    this.#taken = 0;
    const now = barTime(this.#market, bar);
    for (; this.#nextFunding < funding.time.length && funding.time[this.#nextFunding]! <= now; this.#nextFunding++) {
      const instrument = funding.instrument[this.#nextFunding]!;
      const rate = funding.rate[this.#nextFunding]!;
      this.#fundingRates[instrument] = rate;
      const settled = this.#settled[instrument]!;
      settled.time[settled.count] = funding.time[this.#nextFunding]!;
      settled.rate[settled.count++] = rate;
    }
  }

  /** The value of a column at the current bar. */
  value(field: Field, instrument: number): number {
    return this.#market.columns[field][instrument * this.#market.length + this.#bar]!;
  }

  /** The last `bars` values up to the current bar, oldest first, fewer when history is shorter; valid until the cursor moves. */
  window(field: Field, instrument: number, bars: number): Float64Array {
    const offset = instrument * this.#market.length;
    return this.#lastOf(this.#market.columns[field], offset, bars);
  }

  /** Rate of the instrument's last settlement at or before the bar's close; NaN before the first. */
  fundingRate(instrument: number): number {
    return this.#fundingRates[instrument]!;
  }

  /** Rates that the instrument settled in the trailing `days` up to the bar's close, oldest first; valid until the cursor moves. */
  fundingRates(instrument: number, days: number): Float64Array {
    const { time, rate, count } = this.#settled[instrument]!;
    const since = barTime(this.#market, this.#bar) - days * DAY;
    return this.#copied(rate, countUpTo(time, count, since), count);
  }

  /** The last `bars` open interests of a coin, oldest first, fewer when history is shorter; empty where the market has none. */
  openInterests(base: string, bars: number): Float64Array {
    const column = this.#market.openInterest[base];
    return column ? this.#lastOf(column, 0, bars) : new Float64Array(0);
  }

  /** The last `bars` values up to the current bar of a column whose bar 0 stands at `offset`. */
  #lastOf(column: Float64Array, offset: number, bars: number): Float64Array {
    const end = this.#bar + 1;
    return this.#copied(column, offset + Math.max(0, end - Math.ceil(bars)), offset + end);
  }

  #copied(column: Float64Array, from: number, to: number): Float64Array {
    const length = Math.max(0, to - from);
    if (this.#taken + length > this.#room.length) {
      // The windows that were given out keep the old room.
      this.#room = new Float64Array(2 * Math.max(this.#room.length, length));
      this.#taken = 0;
    }
    const start = this.#taken;
    this.#taken = start + length;
    this.#room.set(column.subarray(from, to), start);
    return this.#room.subarray(start, this.#taken);
  }

  /** NaN where the market has none for this coin. */
  openInterest(base: string): number {
    return this.#market.openInterest[base]?.[this.#bar] ?? NaN;
  }

  /** As `rolling.beta`, of closes. */
  beta(asset: number, reference: number, days: number): number {
    return beta(this.#returnsOf(asset), this.#returnsOf(reference), this.#daysKnown(), days);
  }

  /** As `rolling.correlation`, of closes. */
  correlation(a: number, b: number, days: number): number {
    return correlation(this.#returnsOf(a), this.#returnsOf(b), this.#daysKnown(), days);
  }

  /** As `rolling.volatility`, of closes; a yearly figure. */
  volatility(instrument: number, days: number): number {
    return volatility(this.#returnsOf(instrument), this.#daysKnown(), days);
  }

  #daysKnown(): number {
    return dailyReturnsKnown(this.#market, this.#bar);
  }

  // Extended day by day, so that no close later than the bar is ever read.
  #returnsOf(instrument: number): Float64Array {
    const { columns, length } = this.#market;
    const returns = (this.#dailyReturns[instrument] ??= new Float64Array(dailyReturnsKnown(this.#market, length - 1)));
    const known = this.#daysKnown();
    const written = this.#daysWritten[instrument] ?? 0;
    if (known > written) {
      const closes = columns.close.subarray(instrument * length, (instrument + 1) * length);
      fillDailyLogReturns(returns, written, known, closes, this.#market);
      this.#daysWritten[instrument] = known;
    }
    return returns;
  }
}

/** What an instrument has settled up to the cursor: the first `count` of its events. */
interface Settled {
  /** UTC ms, ascending. */
  readonly time: Float64Array;
  readonly rate: Float64Array;
  count: number;
}

const settlementCounts = new WeakMap<Market, Int32Array>();

/** How often each instrument settles; counted once per market. */
function settlementsOf(market: Market): Int32Array {
  let counts = settlementCounts.get(market);
  if (!counts) {
    settlementCounts.set(market, (counts = new Int32Array(market.instruments.length)));
    for (const instrument of market.funding.instrument) counts[instrument] = counts[instrument]! + 1;
  }
  return counts;
}

function roomFor(events: number): Settled {
  return { time: new Float64Array(events), rate: new Float64Array(events), count: 0 };
}

/** How many of the first `count` ascending moments lie at or before `moment`. */
function countUpTo(times: Float64Array, count: number, moment: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
