import type { Random } from '../../core/random.ts';

/** Memory in days and deviation of the two log-volatility processes: moods of weeks, flares of days. */
const MOOD = { memory: 50, deviation: 0.3 };
const FLARE = { memory: 8, deviation: 0.25 };

/** Share of a flare's news that is the day's own return, turned round: falls make the next days wilder. */
const LEVERAGE = 0.3;

/**
 * Daily volatility multipliers around 1. Log-volatility is the sum of a slow and a fast AR(1), so that absolute returns stay
 * correlated for weeks, as real ones do.
 *
 * @param shocks - each day's return in standard deviations, mean 0 and variance 1
 * @see Taylor, "Modelling Financial Time Series" (1986), for log-normal stochastic volatility
 */
export function volatilityMultipliers(random: Random, shocks: Float64Array): Float64Array {
  const multipliers = new Float64Array(shocks.length);
  let mood = MOOD.deviation * random.normal();
  let flare = FLARE.deviation * random.normal();
  for (let day = 0; day < shocks.length; day++) {
    multipliers[day] = Math.exp(mood + flare);
    mood = autoregress(mood, MOOD, random.normal());
    flare = autoregress(flare, FLARE, Math.sqrt(1 - LEVERAGE ** 2) * random.normal() - LEVERAGE * shocks[day]!);
  }
  return multipliers;
}

/** One step of a stationary AR(1) whose memory decays by e in `memory` steps. */
export function autoregress(level: number, { memory, deviation }: { memory: number; deviation: number }, news: number): number {
  const kept = Math.exp(-1 / memory);
  return kept * level + deviation * Math.sqrt(1 - kept * kept) * news;
}
