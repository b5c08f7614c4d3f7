import { linearRegression, sampleStandardDeviation } from 'simple-statistics';
import { NO_VOLATILITY } from './ratios.ts';

/**
 * Slope of an ordinary-least-squares line, with intercept, through daily returns against the reference's on the same days.
 *
 * @param daily - simple UTC-daily returns
 * @param reference - of the same length
 * @returns null below two days or when the reference did not move, or at one rate all the time
 */
export function beta(daily: readonly number[], reference: readonly number[]): number | null {
  if (daily.length < 2 || sampleStandardDeviation([...reference]) <= NO_VOLATILITY) return null;
  return linearRegression(daily.map((r, day) => [reference[day]!, r])).m;
}
