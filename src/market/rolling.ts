import { pairMoments } from '../core/moments.ts';
import { DAY, YEAR } from '../core/time.ts';

/** Estimates from fewer daily returns than this are NaN (docs/metrics.md, "Hedges"). */
export const MIN_OBSERVATIONS = 60;

/** The part of a market that says when its bars close. */
export interface Clock {
  /** Open of bar 0, UTC ms. */
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/**
 * Log returns between the ends of consecutive UTC days, whatever the bar length; a day starts and ends at 00:00 UTC.
 *
 * @param closes - one per bar; NaN or 0 where the instrument did not trade, which leaves the two returns around it NaN
 * @returns one value per day that ends on the clock but the first; value `d` is known at the end of day `d + 1`
 */
export function dailyLogReturns(closes: Float64Array, clock: Clock): Float64Array {
  const returns = new Float64Array(dailyReturnsKnown(clock, clock.length - 1));
  fillDailyLogReturns(returns, 0, returns.length, closes, clock);
  return returns;
}

/** Writes the returns of days `[from, known)`, which read no close later than the end of day `known`. */
export function fillDailyLogReturns(
  returns: Float64Array,
  from: number,
  known: number,
  closes: Float64Array,
  clock: Clock,
): void {
  const first = firstDayEnd(clock);
  const barsPerDay = DAY / clock.step;
  for (let d = from; d < known; d++) {
    const before = closes[first + d * barsPerDay]!;
    const after = closes[first + (d + 1) * barsPerDay]!;
    returns[d] = before > 0 && after > 0 ? Math.log(after / before) : NaN;
  }
}

/** How many of the daily returns are known at the close of bar `bar`. */
export function dailyReturnsKnown(clock: Clock, bar: number): number {
  const sinceFirst = bar - firstDayEnd(clock);
  return sinceFirst < 0 ? 0 : Math.floor((sinceFirst * clock.step) / DAY);
}

function firstDayEnd({ start, step }: Clock): number {
  const dayEnd = Math.ceil((start + step) / DAY) * DAY;
  return (dayEnd - start) / step - 1;
}

/**
 * Ordinary-least-squares slope of an asset's daily log returns on a reference's, with intercept.
 *
 * @param known - number of leading returns that may be used (`dailyReturnsKnown`)
 * @param days - trailing window
 * @returns NaN below 60 common observations or when the reference did not move
 */
export function beta(asset: Float64Array, reference: Float64Array, known: number, days: number): number {
  const { count, xx, xy } = pairMoments(reference, asset, Math.max(0, known - days), known);
  return count < MIN_OBSERVATIONS || xx === 0 ? NaN : xy / xx;
}

/** Pearson correlation of daily log returns; parameters and NaN as for `beta`. */
export function correlation(a: Float64Array, b: Float64Array, known: number, days: number): number {
  const { count, xx, yy, xy } = pairMoments(a, b, Math.max(0, known - days), known);
  return count < MIN_OBSERVATIONS || xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

/** Sample deviation (n − 1) of daily log returns × √365.25; parameters and NaN as for `beta`. */
export function volatility(returns: Float64Array, known: number, days: number): number {
  const { count, xx } = pairMoments(returns, returns, Math.max(0, known - days), known);
  return count < MIN_OBSERVATIONS ? NaN : Math.sqrt((xx / (count - 1)) * (YEAR / DAY));
}
