import { YEAR } from '../core/time.ts';

/** Years of 365.25 days between the first and the last bar's close; 0 for a single bar. */
export function spanYears(time: Float64Array): number {
  return time.length < 2 ? 0 : (time.at(-1)! - time[0]!) / YEAR;
}

/** Bars per year of 365.25 days: 365.25 for daily bars, for crypto trades every day. */
export function barsPerYear(step: number): number {
  return YEAR / step;
}
