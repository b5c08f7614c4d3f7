import { mean, sampleStandardDeviation } from 'simple-statistics';

/** Below this a volatility is rounding noise of a constant, and a ratio to it means nothing. */
export const NO_VOLATILITY = 1e-12;

/** Sample deviation (n − 1) of bar returns × √(bars per year); null below two returns. */
export function volatility(returns: ArrayLike<number>, perYear: number): number | null {
  return returns.length < 2 ? null : sampleStandardDeviation(Array.from(returns)) * Math.sqrt(perYear);
}

/**
 * (Mean bar return × bars per year − risk-free rate) / volatility.
 *
 * @param riskFree - simple yearly rate, fraction
 * @returns null below two returns or without volatility
 */
export function sharpe(returns: ArrayLike<number>, perYear: number, riskFree: number): number | null {
  const deviation = volatility(returns, perYear);
  return deviation === null || deviation <= NO_VOLATILITY ? null : excessReturn(returns, perYear, riskFree) / deviation;
}

/**
 * As `sharpe`, over the deviation of losses: √(mean over all bars of min(r, 0)²) × √(bars per year).
 *
 * @returns null below two returns or when no bar lost
 * @see Sortino & van der Meer, "Downside risk", Journal of Portfolio Management (1991); the target return is 0
 */
export function sortino(returns: ArrayLike<number>, perYear: number, riskFree: number): number | null {
  if (returns.length < 2) return null;
  const losses = Array.from(returns, (r) => Math.min(r, 0) ** 2);
  const downside = Math.sqrt(mean(losses)) * Math.sqrt(perYear);
  return downside <= NO_VOLATILITY ? null : excessReturn(returns, perYear, riskFree) / downside;
}

/** CAGR over maximum drawdown; null when either is undefined or nothing was ever lost. */
export function calmar(cagr: number | null, maxDrawdown: number | null): number | null {
  return cagr === null || maxDrawdown === null || maxDrawdown === 0 ? null : cagr / maxDrawdown;
}

function excessReturn(returns: ArrayLike<number>, perYear: number, riskFree: number): number {
  return mean(Array.from(returns)) * perYear - riskFree;
}
