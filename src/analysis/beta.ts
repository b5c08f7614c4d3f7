import { linearRegression } from 'simple-statistics';

/**
 * Slope of an ordinary-least-squares line, with intercept, through daily returns against the reference's on the same days.
 *
 * @param daily - simple UTC-daily returns
 * @param reference - of the same length
 * @returns null below two days or when the reference did not move
 */
export function beta(daily: readonly number[], reference: readonly number[]): number | null {
  if (daily.length < 2 || reference.every((r) => r === reference[0])) return null;
  return linearRegression(daily.map((r, day) => [reference[day]!, r])).m;
}
