const MAX_SWEEPS = 500;
const CONVERGED = 1e-12;

/**
 * Shares in proportion to 1 / volatility.
 *
 * @returns shares that sum to 1; null when a volatility is unknown or zero
 */
export function inverseVolatilityShares(volatilities: readonly number[]): number[] | null {
  const inverse = volatilities.map((volatility) => 1 / volatility);
  return normalized(inverse);
}

/**
 * Shares that contribute equally to the volatility of the whole: xᵢ·(Σx)ᵢ is the same for all, found by cyclical coordinate descent.
 *
 * @param correlation - of each pair, row by row; the diagonal is 1
 * @returns shares that sum to 1; null when a figure is unknown
 * @see Griveau-Billion, Richard & Roncalli, "A fast algorithm for computing high-dimensional risk parity portfolios" (2013)
 */
export function equalRiskShares(volatilities: readonly number[], correlation: readonly (readonly number[])[]): number[] | null {
  const start = inverseVolatilityShares(volatilities);
  if (start === null || correlation.some((row) => row.some(Number.isNaN))) return null;
  const count = start.length;
  const covariance = (i: number, j: number): number => correlation[i]![j]! * volatilities[i]! * volatilities[j]!;
  const budget = 1 / count;
  const x = start.map((_, i) => Math.sqrt(budget) / volatilities[i]!);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let moved = 0;
    for (let i = 0; i < count; i++) {
      let others = 0;
      for (let j = 0; j < count; j++) if (j !== i) others += covariance(i, j) * x[j]!;
      const own = covariance(i, i);
      const next = (-others + Math.sqrt(others * others + 4 * own * budget)) / (2 * own);
      moved = Math.max(moved, Math.abs(next / x[i]! - 1));
      x[i] = next;
    }
    if (moved < CONVERGED) break;
  }
  return normalized(x);
}

function normalized(parts: readonly number[]): number[] | null {
  const total = parts.reduce((sum, part) => sum + part, 0);
  return total > 0 && total < Infinity ? parts.map((part) => part / total) : null;
}
