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

/** Moments of the days in `[known − days, known)` on which both columns have a return. */
interface PairMoments {
  readonly count: number;
  /** Sums of squares and products about the means. */
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

function pairMoments(x: Float64Array, y: Float64Array, known: number, days: number): PairMoments {
  const from = Math.max(0, known - days);
  let count = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  // Welford's update: one pass, no cancellation.
  for (let d = from; d < known; d++) {
    const a = x[d]!;
    const b = y[d]!;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    count++;
    const dx = a - meanX;
    const dy = b - meanY;
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  return { count, xx, yy, xy };
}

/**
 * Ordinary-least-squares slope of an asset's daily log returns on a reference's, with intercept.
 *
 * @param known - number of leading returns that may be used (`dailyReturnsKnown`)
 * @param days - trailing window
 * @returns NaN below 60 common observations or when the reference did not move
 */
export function beta(asset: Float64Array, reference: Float64Array, known: number, days: number): number {
  const { count, xx, xy } = pairMoments(reference, asset, known, days);
  return count < MIN_OBSERVATIONS || xx === 0 ? NaN : xy / xx;
}

/** Pearson correlation of daily log returns; parameters and NaN as for `beta`. */
export function correlation(a: Float64Array, b: Float64Array, known: number, days: number): number {
  const { count, xx, yy, xy } = pairMoments(a, b, known, days);
  return count < MIN_OBSERVATIONS || xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

/** Sample deviation (n − 1) of daily log returns × √365.25; parameters and NaN as for `beta`. */
export function volatility(returns: Float64Array, known: number, days: number): number {
  const { count, xx } = pairMoments(returns, returns, known, days);
  return count < MIN_OBSERVATIONS ? NaN : Math.sqrt((xx / (count - 1)) * (YEAR / DAY));
}
