import { mean } from 'simple-statistics';

/**
 * Half of what was traded per year, as a share of mean equity: 1 means that everything was sold and replaced once a year.
 *
 * @param traded - Σ |notional| of fills, account currency
 * @param equity - account currency, one value per bar
 * @returns null without a span or when mean equity is not positive
 */
export function turnover(traded: number, equity: Float64Array, years: number): number | null {
  if (!(years > 0)) return null;
  const meanEquity = mean(Array.from(equity));
  return meanEquity > 0 ? traded / 2 / meanEquity / years : null;
}
