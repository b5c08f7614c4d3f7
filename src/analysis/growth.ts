import type { RunResult } from '../result/run-result.ts';
import { spanYears } from './annual.ts';
import { liquidationIndex } from './wealth.ts';

/** Time-weighted return of the whole run as a fraction; null for an empty index. */
export function totalReturn(index: Float64Array): number | null {
  return index.length === 0 ? null : index.at(-1)! - 1;
}

/**
 * Compound annual growth rate: growth^(1/years) − 1.
 *
 * @param growth - final over initial wealth, ≥ 0
 * @returns −1 at a total loss; null without a span to annualise
 */
export function cagr(growth: number, years: number): number | null {
  return years > 0 ? growth ** (1 / years) - 1 : null;
}

/**
 * Annualised log growth of what would be left if everything were sold, flows removed: the headline's measure.
 *
 * Without flows it needs only totals, so lean and full records agree; with flows it is time-weighted on the column of a full record.
 *
 * @returns 0.019 is 1.9 points a year; null without a span, after a total loss, or with flows in a lean record
 */
export function growthAfterLiquidation(result: RunResult): number | null {
  const years = spanYears(result.time);
  const growth = liquidationGrowth(result);
  return years > 0 && growth !== null && growth > 0 ? Math.log(growth) / years : null;
}

function liquidationGrowth(result: RunResult): number | null {
  const { initialAfterLiquidation, finalAfterLiquidation } = result.totals;
  if (result.flows.some((flow) => flow !== 0)) return liquidationIndex(result)?.at(-1) ?? null;
  return initialAfterLiquidation > 0 ? finalAfterLiquidation / initialAfterLiquidation : null;
}
