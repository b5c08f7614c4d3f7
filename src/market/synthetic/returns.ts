import type { Random } from '../../core/random.ts';
import { volatilityMultipliers } from './volatility.ts';

/** A run of days over which the log price changes by `change`, more or less. */
export interface Span {
  readonly days: number;
  readonly change: number;
}

/** Daily log returns of one source of risk, and the deviation they were drawn with. */
export interface Returns {
  readonly daily: Float64Array;
  readonly deviation: Float64Array;
  /** That deviation as a multiple of the volatility asked for: moods and flares. */
  readonly multipliers: Float64Array;
}

/** How far a span may miss its change, as a share of the deviation that the same days would have had unconditioned. */
const FREEDOM = 0.15;

/** Shocks are Student-t with this many degrees of freedom, cut off at so many deviations. */
const TAIL = 4;
const LARGEST_SHOCK = 6;

/**
 * Returns with volatility clusters and fat tails that nevertheless follow a story: within each span the days are pinned to
 * land near the span's change (a bridge in which wilder days move more), so that every seed tells the same story in
 * different days.
 *
 * @param volatility - per day, as a fraction of price
 */
export function storyReturns(random: Random, spans: readonly Span[], volatility: Float64Array): Returns {
  const shocks = Float64Array.from(volatility, () => studentShock(random));
  const multipliers = volatilityMultipliers(random, shocks);
  const deviation = volatility.map((value, day) => value * multipliers[day]!);
  const daily = deviation.map((value, day) => value * shocks[day]!);
  let first = 0;
  for (const { days, change } of spans) {
    pin(daily.subarray(first, first + days), deviation.subarray(first, first + days), change, random.normal());
    first += days;
  }
  return { daily, deviation, multipliers };
}

function pin(daily: Float64Array, deviation: Float64Array, change: number, luck: number): void {
  const variance = deviation.reduce((sum, value) => sum + value * value, 0);
  if (variance === 0) return;
  const landing = change + FREEDOM * Math.sqrt(variance) * luck;
  const missing = landing - daily.reduce((sum, value) => sum + value, 0);
  for (let day = 0; day < daily.length; day++) daily[day]! += (missing * deviation[day]! ** 2) / variance;
}

/** A Student-t variate scaled to variance 1. */
function studentShock(random: Random): number {
  let chiSquare = 0;
  for (let i = 0; i < TAIL; i++) chiSquare += random.normal() ** 2;
  const shock = random.normal() * Math.sqrt((TAIL - 2) / chiSquare);
  return Math.max(-LARGEST_SHOCK, Math.min(LARGEST_SHOCK, shock));
}

/** Each day's return told hour by hour: a random walk through the day, pinned to the day's return. */
export function hourlyReturns(random: Random, { daily, deviation }: Pick<Returns, 'daily' | 'deviation'>): Float64Array {
  const hourly = new Float64Array(daily.length * 24);
  for (let day = 0; day < daily.length; day++) {
    const hours = hourly.subarray(day * 24, day * 24 + 24);
    for (let hour = 0; hour < 24; hour++) hours[hour] = (deviation[day]! / Math.sqrt(24)) * random.normal();
    const missing = daily[day]! - hours.reduce((sum, value) => sum + value, 0);
    for (let hour = 0; hour < 24; hour++) hours[hour]! += missing / 24;
  }
  return hourly;
}
