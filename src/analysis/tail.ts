import { mean, quantileSorted } from 'simple-statistics';

const TAIL = 0.05;

/** Value at risk: minus the 5 % quantile (R type 7) of daily returns, positive for a loss; null for no returns. */
export function var95(daily: readonly number[]): number | null {
  return daily.length === 0 ? null : -quantileSorted(ascending(daily), TAIL);
}

/**
 * Expected shortfall: minus the mean of the worst 5 % of daily returns, which are those at or below the 5 % quantile (of n returns
 * the ⌊(n − 1) × 5 %⌋ + 1 worst).
 *
 * @returns positive for a loss; null for no returns
 * @see Rockafellar & Uryasev, "Conditional value-at-risk for general loss distributions", Journal of Banking & Finance (2002)
 */
export function cvar95(daily: readonly number[]): number | null {
  if (daily.length === 0) return null;
  return -mean(ascending(daily).slice(0, Math.floor((daily.length - 1) * TAIL) + 1));
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
