import { createRandom } from '../../core/random.ts';
import { bootstrapStatistic } from '../bootstrap.ts';
import type { Effect, Estimate } from './verdict.ts';

/** How a daily statistic is resampled. */
export interface Resampling {
  readonly seed: number;
  /** Days that a figure of one day looks ahead; blocks are at least as long. */
  readonly windowDays?: number;
}

/** Days to measure on: all of them, or the regimes that a claim names. */
export type DayFilter = (day: number) => boolean;

/** Mean of a daily series over the days on which it is defined. */
export function meanEstimate(series: Float64Array, resampling: Resampling, counts: DayFilter = () => true): Estimate | null {
  return ratioEstimate(
    series,
    series.map((value) => (Number.isNaN(value) ? NaN : 1)),
    resampling,
    counts,
  );
}

/**
 * Σ numerator / Σ denominator over the days on which both are defined.
 *
 * @returns null where no day counts
 */
export function ratioEstimate(
  numerator: Float64Array,
  denominator: Float64Array,
  resampling: Resampling,
  counts: DayFilter = () => true,
): Estimate | null {
  const used = numerator.map((value, day) => (counts(day) && Number.isFinite(value + denominator[day]!) ? 1 : 0));
  if (!used.includes(1)) return null;
  const over = (days: ArrayLike<number>): number => {
    let above = 0;
    let below = 0;
    for (let k = 0; k < days.length; k++) {
      const day = days[k]!;
      if (used[day] !== 1) continue;
      above += numerator[day]!;
      below += denominator[day]!;
    }
    return above / below;
  };
  return resampled(numerator, over, resampling);
}

/** Mean of one series over some days less its mean over others. */
export function contrastEstimate(
  series: Float64Array,
  inOne: DayFilter,
  inOther: DayFilter,
  resampling: Resampling,
): Estimate | null {
  const side = series.map((value, day) => (Number.isNaN(value) ? 0 : inOne(day) ? 1 : inOther(day) ? -1 : 0));
  if (!side.includes(1) || !side.includes(-1)) return null;
  const over = (days: ArrayLike<number>): number => {
    const sum = [0, 0];
    const count = [0, 0];
    for (let k = 0; k < days.length; k++) {
      const day = days[k]!;
      if (side[day] === 0) continue;
      const which = side[day]! > 0 ? 0 : 1;
      sum[which] = sum[which]! + series[day]!;
      count[which] = count[which]! + 1;
    }
    return sum[0]! / count[0]! - sum[1]! / count[1]!;
  };
  return resampled(series, over, resampling);
}

/** Any statistic of several daily series at once: a beta, a correlation, a difference of deviations. */
export function statisticEstimate(
  memory: Float64Array,
  statistic: (days: ArrayLike<number>) => number,
  resampling: Resampling,
): Estimate | null {
  return resampled(memory, statistic, resampling);
}

function resampled(
  memory: Float64Array,
  statistic: (days: ArrayLike<number>) => number,
  { seed, windowDays = 1 }: Resampling,
): (Effect & Estimate) | null {
  const days = memory.length;
  const effect = statistic(Int32Array.from({ length: days }, (_, day) => day));
  if (!Number.isFinite(effect)) return null;
  const plain = memory.map((value) => (Number.isFinite(value) ? value : 0));
  const interval = bootstrapStatistic(days, plain, statistic, createRandom(seed, 'claims'), { leastBlock: windowDays });
  return { effect, low: interval?.low ?? null, high: interval?.high ?? null };
}
