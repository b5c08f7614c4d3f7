import { sampleVariance } from 'simple-statistics';
import type { FullColumns, RunResult } from '../result/run-result.ts';
import { dayEnds } from './daily.ts';
import { NO_VOLATILITY } from './ratios.ts';

/**
 * Share of the variance of the unhedged book that the hedge removed: 1 − var(hedged) / var(unhedged), over all days of the run.
 *
 * Unhedged is the day's price result of spot over the equity of the day before; hedged adds the price result and the funding of
 * contracts. Fees, taxes and interest are left out of both. Negative when the contracts made the book more variable.
 *
 * @returns null in lean records, without futures trades, below two days, and when the unhedged book did not move, or moved at one rate all
 *   the time
 */
export function hedgeR2({ full, equity, time, totals }: RunResult): number | null {
  if (full === null || totals.futuresTraded === 0) return null;
  const ends = dayEnds(time);
  const unhedged: number[] = [];
  const hedged: number[] = [];
  for (let d = 1; d < ends.length; d++) {
    const from = ends[d - 1]!;
    const to = ends[d]!;
    if (!(equity[from]! > 0)) break;
    const spot = change(Object.values(full.columns.spot), from, to);
    unhedged.push(spot / equity[from]!);
    hedged.push((spot + change(contractColumns(full.columns), from, to)) / equity[from]!);
  }
  if (unhedged.length < 2) return null;
  const variance = sampleVariance(unhedged);
  return Math.sqrt(variance) <= NO_VOLATILITY ? null : 1 - sampleVariance(hedged) / variance;
}

function contractColumns({ futuresIndex, futuresBasis, funding }: FullColumns): Float64Array[] {
  return [...Object.values(futuresIndex), ...Object.values(futuresBasis), funding];
}

function change(columns: readonly Float64Array[], from: number, to: number): number {
  return columns.reduce((sum, column) => sum + column[to]! - column[from]!, 0);
}
