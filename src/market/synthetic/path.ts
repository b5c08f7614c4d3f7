import type { Random } from '../../core/random.ts';

/**
 * A price followed hour by hour: `points[h]` at the start of hour h (one more than there are hours), `highs[h]` and `lows[h]`
 * the extremes within hour h.
 */
export interface Path {
  readonly points: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
}

/** Daily bars read off a path, one value per day. */
export interface Bars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/**
 * The path of a price from its hourly log returns. Between two points the log price is a Brownian bridge, whose extremes are
 * drawn from their exact law.
 *
 * @param deviation - of each hour's return
 * @see Karatzas & Shreve, "Brownian Motion and Stochastic Calculus" (1991), section 4.3: P(max > m) = exp(−2(m − a)(m − b)/σ²)
 */
export function walk(random: Random, start: number, returns: Float64Array, deviation: Float64Array): Path {
  const hours = returns.length;
  const path = { points: new Float64Array(hours + 1), highs: new Float64Array(hours), lows: new Float64Array(hours) };
  let log = Math.log(start);
  path.points[0] = start;
  for (let hour = 0; hour < hours; hour++) {
    const next = log + returns[hour]!;
    const reach = (): number => Math.sqrt(returns[hour]! ** 2 - 2 * deviation[hour]! ** 2 * Math.log(1 - random.uniform()));
    path.points[hour + 1] = Math.exp(next);
    path.highs[hour] = Math.exp((log + next + reach()) / 2);
    path.lows[hour] = Math.exp((log + next - reach()) / 2);
    log = next;
  }
  return path;
}

/** The path of a contract that trades at `premium` (fraction of price, one per point) over `path`. */
export function atPremium(path: Path, premium: Float64Array): Path {
  return {
    points: path.points.map((price, hour) => price * (1 + premium[hour]!)),
    highs: path.highs.map((price, hour) => price * (1 + Math.max(premium[hour]!, premium[hour + 1]!))),
    lows: path.lows.map((price, hour) => price * (1 + Math.min(premium[hour]!, premium[hour + 1]!))),
  };
}

/** The days of a path as bars; each opens where the one before closed. */
export function dailyBars({ points, highs, lows }: Path): Bars {
  const days = highs.length / 24;
  const bars = {
    open: new Float64Array(days),
    high: new Float64Array(days),
    low: new Float64Array(days),
    close: new Float64Array(days),
  };
  for (let day = 0; day < days; day++) {
    bars.open[day] = points[day * 24]!;
    bars.close[day] = points[day * 24 + 24]!;
    bars.high[day] = highs.subarray(day * 24, day * 24 + 24).reduce((a, b) => Math.max(a, b));
    bars.low[day] = lows.subarray(day * 24, day * 24 + 24).reduce((a, b) => Math.min(a, b));
  }
  return bars;
}
