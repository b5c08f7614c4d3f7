import type { Random } from '../../core/random.ts';
import type { CoinPath } from './coin-path.ts';
import { trailingMood } from './mood.ts';
import { autoregress } from './volatility.ts';

/** Where the premium rests when nobody is greedy or afraid: perpetuals quoted in stablecoin trade a little under the index. */
const REST = -0.000443;

/** Premium per deviation of mood: greed sets in at a threshold and tires at a limit; fear is slow. */
const GREED = { threshold: 0.1, slope: 0.0056, limit: 0.25 };
const FEAR = 0.00002;

/** The crowd's temper, which makes greed dear or cheap: memory in hours, deviation of the logarithm. */
const TEMPER = { memory: 20 * 24, deviation: 0.25 };

/** Wandering around all that: memory in hours, deviation at usual volatility. */
const WANDERING = { memory: 14, deviation: 0.00004 };

/** How far the perpetual runs ahead in an hour's move, per move of one year's usual deviation. */
const LEAD = 0.004;

/**
 * The premium of a perpetual over its index, hour by hour: greed after rises, fear after falls, and a lead in fast moves.
 *
 * @returns fraction of the index, one per point of the path
 */
export function hourlyPremium(random: Random, { spot: { points }, usual, wildness }: CoinPath): Float64Array {
  const mood = trailingMood(points, usual);
  let temper = TEMPER.deviation * random.normal();
  let wandering = 0;
  return points.map((price, hour) => {
    if (hour > 0) {
      temper = autoregress(temper, TEMPER, random.normal());
      wandering = autoregress(wandering, WANDERING, wildness[Math.ceil(hour / 24) - 1]! * random.normal());
      wandering += (LEAD * Math.log(price / points[hour - 1]!)) / usual;
    }
    const eager = Math.max(0, mood[hour]! - GREED.threshold);
    const greed = (GREED.slope * eager) / (1 + eager / GREED.limit);
    const fear = FEAR * Math.min(0, mood[hour]!);
    return REST + (greed + fear) * Math.exp(temper) + wandering;
  });
}

/** Mean of the last `hours` points, the hour's own included; of those there are at the start. */
export function movingAverage(values: Float64Array, hours: number): Float64Array {
  return values.map((_, last) => {
    const window = values.subarray(Math.max(0, last + 1 - hours), last + 1);
    return window.reduce((sum, value) => sum + value, 0) / window.length;
  });
}
