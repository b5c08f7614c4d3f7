import { barTime, type Field, type Market } from './market.ts';
import { beta, correlation, dailyReturnsKnown, fillDailyLogReturns, volatility } from './rolling.ts';

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
  #bar = 0;
  #nextFunding = 0;

  constructor(market: Market) {
    this.#market = market;
    this.#fundingRates = new Float64Array(market.instruments.length).fill(NaN);
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
    }
    this.#bar = bar;
    const now = barTime(this.#market, bar);
    for (; this.#nextFunding < funding.time.length && funding.time[this.#nextFunding]! <= now; this.#nextFunding++) {
      this.#fundingRates[funding.instrument[this.#nextFunding]!] = funding.rate[this.#nextFunding]!;
    }
  }

  /** The value of a column at the current bar. */
  value(field: Field, instrument: number): number {
    return this.#market.columns[field][instrument * this.#market.length + this.#bar]!;
  }

  /** The last `bars` values up to the current bar, oldest first, fewer when history is shorter; a view, not a copy. */
  window(field: Field, instrument: number, bars: number): Float64Array {
    const offset = instrument * this.#market.length;
    const end = this.#bar + 1;
    return this.#market.columns[field].subarray(offset + Math.max(0, end - bars), offset + end);
  }

  /** Rate of the instrument's last settlement at or before the bar's close; NaN before the first. */
  fundingRate(instrument: number): number {
    return this.#fundingRates[instrument]!;
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
