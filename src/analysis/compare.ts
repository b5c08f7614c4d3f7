import { ConfigError, type Fault } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import { didYouMean } from '../core/suggest.ts';
import { formatTime } from '../core/time.ts';
import type { RunResult } from '../result/run-result.ts';
import { attributionOf } from './attribution.ts';
import { bootstrapDifferences, INTERVAL_LEVEL, type Interval } from './bootstrap.ts';
import { COMPARED_METRICS, type ComparedMetric, type Comparison, type Difference, type JudgedRun } from './comparison.ts';
import { dayEnds } from './daily.ts';
import { dayBlocks } from './day-blocks.ts';
import { headlineOf } from './headline.ts';
import { measure } from './measure.ts';
import { otherRegimes } from './regimes.ts';

const NO_DIFFERENCE = 1e-12;

export interface ComparisonRequest {
  readonly name: string;
  /** On the same bars and in the same currency; ids are unique. */
  readonly results: readonly RunResult[];
  /** Id of one of them. */
  readonly benchmark: string;
  readonly seed: number;
  /** Of the bootstrap; 1,000 when absent. */
  readonly resamples?: number;
}

/**
 * Measures every run, its paired differences to the benchmark with bootstrap intervals, and the headline by its rule. Runs under other
 * tax regimes also have differences to the benchmark's counterpart there, after all others. The same results and seed give the same
 * comparison; the order of results is kept.
 *
 * @throws {ConfigError} `benchmark-unknown`, `run-id-duplicate`, `runs-not-comparable` (other bars or currency than the benchmark's)
 */
export function compareRuns({ name, results, benchmark, seed, resamples }: ComparisonRequest): Comparison {
  const yardstick = findBenchmark(results, benchmark);
  checkComparable(results, yardstick);
  const runs = results.map((result): JudgedRun => ({ result, metrics: measure(result), attribution: attributionOf(result) }));
  const judged = runs[results.indexOf(yardstick)]!;
  const ends = dayEnds(yardstick.time);
  const days = new Map(runs.map((run) => [run, dayBlocks(run.result, ends)]));
  const differencesTo = (base: JudgedRun, candidates: readonly JudgedRun[]) =>
    candidates.flatMap((run) => {
      const random = createRandom(seed, 'bootstrap');
      const intervals = bootstrapDifferences(days.get(run)!, days.get(base)!, random, resamples);
      return COMPARED_METRICS.map((metric) => differenceOf(run, base, metric, intervals[metric]));
    });
  const regimes = otherRegimes(runs, judged);
  const others = runs.filter((run) => run !== judged);
  const differences = [
    ...differencesTo(judged, others),
    ...regimes.flatMap((regime) => differencesTo(regime.benchmark, regime.runs)),
  ];
  return {
    name,
    runs,
    benchmark,
    differences,
    headline: headlineOf(runs, judged, differences, regimes),
    synthetic: results.some(({ manifest }) => manifest.synthetic),
  };
}

function differenceOf(run: JudgedRun, base: JudgedRun, metric: ComparedMetric, drawn: Interval | null): Difference {
  const [ours, theirs] = [run.metrics[metric], base.metrics[metric]];
  const difference = ours === null || theirs === null ? null : unrounded(ours - theirs);
  const interval = difference === null ? null : drawn;
  const [low, high] = interval ? [unrounded(interval.low), unrounded(interval.high)] : [null, null];
  return { id: run.result.id, benchmark: base.result.id, metric, difference, low, high, level: INTERVAL_LEVEL };
}

/** A difference that the rounding of sums alone can make is none. */
function unrounded(difference: number): number {
  return Math.abs(difference) > NO_DIFFERENCE ? difference : 0;
}

function findBenchmark(results: readonly RunResult[], benchmark: string): RunResult {
  const ids = results.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new ConfigError('run-id-duplicate', `two runs of the comparison are called "${twice}"`, {
      hint: 'give one of them a label',
    });
  }
  const found = results.find(({ id }) => id === benchmark);
  if (found) return found;
  throw new ConfigError('benchmark-unknown', `the benchmark "${benchmark}" is not among the runs of the comparison`, {
    hint: didYouMean(benchmark, ids),
  });
}

function checkComparable(results: readonly RunResult[], benchmark: RunResult): void {
  const faults = results.flatMap((result): Fault[] => {
    if (!sameClock(result.time, benchmark.time)) {
      return [{ message: `${result.id} covers ${clockText(result)}, ${benchmark.id} covers ${clockText(benchmark)}` }];
    }
    const { currency } = result.assumptions;
    if (currency === benchmark.assumptions.currency) return [];
    return [{ message: `${result.id} is kept in ${currency}, ${benchmark.id} in ${benchmark.assumptions.currency}` }];
  });
  if (faults.length === 0) return;
  throw new ConfigError('runs-not-comparable', faults[0]!.message, {
    hint: 'compare runs of the same period, interval and currency',
    faults: faults.length > 1 ? faults : [],
  });
}

function sameClock(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((moment, bar) => moment === b[bar]);
}

function clockText({ time, interval }: RunResult): string {
  return `${time.length} bars of ${interval} from ${formatTime(time[0] ?? NaN)} to ${formatTime(time.at(-1) ?? NaN)}`;
}
