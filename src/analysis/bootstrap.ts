import { quantileSorted } from 'simple-statistics';
import type { Random } from '../core/random.ts';
import { stationaryBlockLength } from './block-length.ts';
import { COMPARED_METRICS, type ComparedMetric } from './comparison.ts';
import { measureDays, type DayBlocks } from './day-blocks.ts';

export const INTERVAL_LEVEL = 0.95;
/** Resamples of a comparison unless asked otherwise. */
export const DEFAULT_RESAMPLES = 1_000;
/** Fewer days than this say nothing about how a difference might have come out. */
export const LEAST_DAYS = 30;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile intervals of the paired differences candidate − benchmark by the stationary bootstrap.
 *
 * Each resample draws the run's days with replacement in blocks of geometric length (circularly), and both runs are recomputed on the
 * *same* days, so what moves both cancels. Days are whole: sub-daily bars stay in theirs. The mean block length is that of the daily
 * difference in log growth of afterLiquidation (of equity returns, where that is not recorded). The intervals are conditional on this
 * price and tax path: positions, lots and bills are those of the run, not replayed.
 *
 * @returns null for a metric that is undefined in any resample, and for all below 30 days
 * @see Politis & Romano, "The stationary bootstrap", Journal of the American Statistical Association 89 (1994)
 */
export function bootstrapDifferences(
  candidate: DayBlocks,
  benchmark: DayBlocks,
  random: Random,
  resamples: number = DEFAULT_RESAMPLES,
): Record<ComparedMetric, Interval | null> {
  const differences = metricColumns(resamples);
  if (candidate.days < LEAST_DAYS) return mapMetrics(() => null);
  const blockLength = stationaryBlockLength(differenceSeries(candidate, benchmark));
  const picked = new Int32Array(candidate.days);
  for (let i = 0; i < resamples; i++) {
    drawDays(picked, blockLength, random);
    const a = measureDays(candidate, picked);
    const b = measureDays(benchmark, picked);
    for (const metric of COMPARED_METRICS) differences[metric][i] = a[metric] - b[metric];
  }
  return mapMetrics((metric) => percentileInterval(differences[metric]));
}

/**
 * Percentile interval of any statistic of daily figures by the same bootstrap.
 *
 * @param days - number of days the statistic may pick from
 * @param memory - the daily series whose mean block length is taken
 * @param statistic - of the days picked (repeats allowed)
 * @param leastBlock - days that a block holds on average at least, for figures that look ahead over a window
 * @returns null below 30 days, and when the statistic is undefined in a resample
 */
export function bootstrapStatistic(
  days: number,
  memory: Float64Array,
  statistic: (picked: Int32Array) => number,
  random: Random,
  { leastBlock = 1, resamples = DEFAULT_RESAMPLES }: { leastBlock?: number; resamples?: number } = {},
): Interval | null {
  if (days < LEAST_DAYS) return null;
  const blockLength = Math.max(leastBlock, stationaryBlockLength(memory));
  const picked = new Int32Array(days);
  const values = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    drawDays(picked, blockLength, random);
    values[i] = statistic(picked);
  }
  return percentileInterval(values);
}

/** Fills `picked` with day numbers in blocks of geometric length with the given mean, each from a random day on, circularly. */
export function drawDays(picked: Int32Array, meanLength: number, random: Random): void {
  const days = picked.length;
  // Length of a block: 1 + ⌊ln u / ln(1 − 1/mean)⌋ with u in (0, 1]; a mean of 1 gives ln 0 and so always 1.
  const logContinue = Math.log(1 - 1 / meanLength);
  let i = 0;
  while (i < days) {
    let day = random.integer(days);
    const end = Math.min(days, i + 1 + Math.floor(Math.log(1 - random.uniform()) / logContinue));
    while (i < end) {
      picked[i++] = day++;
      if (day === days) day = 0;
    }
  }
}

function differenceSeries(candidate: DayBlocks, benchmark: DayBlocks): Float64Array {
  const { liquidationGrowth: a } = candidate;
  const { liquidationGrowth: b } = benchmark;
  const inGrowth = a && b && a.map((value, day) => value - b[day]!);
  return inGrowth?.every(Number.isFinite) ? inGrowth : candidate.returnSum.map((value, day) => value - benchmark.returnSum[day]!);
}

function percentileInterval(differences: Float64Array): Interval | null {
  if (!differences.every(Number.isFinite)) return null;
  const sorted = Array.from(differences.sort());
  const tail = (1 - INTERVAL_LEVEL) / 2;
  return { low: quantileSorted(sorted, tail), high: quantileSorted(sorted, 1 - tail) };
}

function metricColumns(length: number): Record<ComparedMetric, Float64Array> {
  return mapMetrics(() => new Float64Array(length));
}

function mapMetrics<T>(make: (metric: ComparedMetric) => T): Record<ComparedMetric, T> {
  return Object.fromEntries(COMPARED_METRICS.map((metric) => [metric, make(metric)])) as Record<ComparedMetric, T>;
}
