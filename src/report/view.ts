import type { Comparison, JudgedRun, RunMetrics } from '../analysis/comparison.ts';
import { regimeOf, yardstickOf } from '../analysis/regimes.ts';
import type { Attribution, RunResult } from '../result/run-result.ts';
import { type Look, assignLooks, isPassive } from './looks.ts';
import { printable } from './names.ts';

/** One run as the page shows it. */
export interface ReportRun {
  /** Its id, without control characters. */
  readonly name: string;
  readonly look: Look;
  readonly isBenchmark: boolean;
  /** Id of the run it is measured against: of its own tax regime, where that has one; null for a benchmark. */
  readonly yardstick: string | null;
  readonly result: RunResult;
  readonly metrics: RunMetrics;
  readonly attribution: Attribution;
}

/** A comparison prepared for the page: runs in reading order, each with its look. */
export interface ReportView {
  readonly comparison: Comparison;
  /** By tax regime, the benchmark's first; in each its benchmark, then baskets that only hold, then the others as listed. */
  readonly runs: readonly ReportRun[];
  readonly benchmark: ReportRun;
  /** The run the headline speaks of. */
  readonly subject: ReportRun;
  /** Account currency. */
  readonly currency: string;
  /** Bar closes of all runs, UTC ms. */
  readonly time: Float64Array;
}

/** All runs of a comparison share one clock and one currency. */
export function openView(comparison: Comparison): ReportView {
  const looks = assignLooks(comparison);
  const first = comparison.runs.find(({ result }) => result.id === comparison.benchmark)!;
  const regimes = [...new Set([first, ...comparison.runs].map(regimeOf))];
  const rank = (run: JudgedRun) => {
    const place = yardstickOf(comparison, run.result.id) === null ? 0 : isPassive(run) ? 1 : 2;
    return 3 * regimes.indexOf(regimeOf(run)) + place;
  };
  const runs = [...comparison.runs]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ result, metrics, attribution }) => ({
      name: printable(result.id),
      look: looks.get(result.id)!,
      isBenchmark: result.id === comparison.benchmark,
      yardstick: yardstickOf(comparison, result.id),
      result,
      metrics,
      attribution,
    }));
  const benchmark = runs[0]!;
  return {
    comparison,
    runs,
    benchmark,
    subject: runs.find(({ result }) => result.id === comparison.headline.subject) ?? benchmark,
    currency: benchmark.result.assumptions.currency,
    time: benchmark.result.time,
  };
}
