/** Hours of the trailing return that makes the mood. */
const MOOD_HOURS = 30 * 24;

/**
 * How the crowd feels, hour by hour: the return of the last 30 days in deviations of such a return.
 *
 * @param points - price at the start of each hour
 * @param usual - volatility, per year
 */
export function trailingMood(points: Float64Array, usual: number): Float64Array {
  const deviation = usual * Math.sqrt(MOOD_HOURS / (365.25 * 24));
  return points.map((price, hour) => Math.log(price / points[Math.max(0, hour - MOOD_HOURS)]!) / deviation);
}
