import { DAY } from '../core/time.ts';

/** A fall of no more than this is rounding, and none: drawdowns, and ratios to them, would be made of it. */
export const NO_FALL = 1e-12;

/**
 * Fall of a wealth index from its running peak, as a positive fraction of that peak. The peak starts at 1, the value before bar 0.
 *
 * @param index - growth of one unit of money, ≥ 0
 * @returns one value per bar, in [0, 1]; 1 is a total loss
 */
export function drawdownColumn(index: Float64Array): Float64Array {
  let peak = 1;
  return index.map((value) => {
    peak = Math.max(peak, value);
    const depth = 1 - value / peak;
    return depth > NO_FALL ? depth : 0;
  });
}

/** Deepest drawdown, positive fraction; 0 when the index never fell, null for no bars. */
export function maxDrawdown(drawdown: Float64Array): number | null {
  return drawdown.length === 0 ? null : drawdown.reduce((deepest, depth) => Math.max(deepest, depth), 0);
}

/**
 * Ulcer index: root mean square of the drawdowns of all bars, as a fraction.
 *
 * @see Martin & McCann, "The Investor's Guide to Fidelity Funds" (1989)
 */
export function ulcer(drawdown: Float64Array): number | null {
  if (drawdown.length === 0) return null;
  return Math.sqrt(drawdown.reduce((sum, depth) => sum + depth * depth, 0) / drawdown.length);
}

/** One fall from a peak until the peak is reached again. */
export interface DrawdownEpisode {
  /** Close of the last bar at the peak, of the deepest bar, and of the first bar back at the peak (null: not yet), UTC ms. */
  readonly peak: number;
  readonly trough: number;
  readonly recovery: number | null;
  /** Positive fraction of the peak. */
  readonly depth: number;
  readonly daysDown: number;
  /** From the trough to the recovery; null: not yet. */
  readonly daysUp: number | null;
}

/** All drawdowns in order of time. A fall below the value before bar 0 counts from bar 0's close. */
export function drawdownEpisodes(drawdown: Float64Array, time: Float64Array): DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = [];
  let peak = 0;
  let trough = -1;
  const close = (recovery: number | null): void => {
    if (trough < 0) return;
    episodes.push({
      peak: time[peak]!,
      trough: time[trough]!,
      recovery,
      depth: drawdown[trough]!,
      daysDown: (time[trough]! - time[peak]!) / DAY,
      daysUp: recovery === null ? null : (recovery - time[trough]!) / DAY,
    });
    trough = -1;
  };
  for (let bar = 0; bar < drawdown.length; bar++) {
    if (drawdown[bar]! === 0) {
      close(time[bar]!);
      peak = bar;
    } else if (trough < 0 || drawdown[bar]! > drawdown[trough]!) trough = bar;
  }
  close(null);
  return episodes;
}

/** The `count` deepest drawdowns, deepest first; of equal depth the earlier first. */
export function worstDrawdowns(episodes: readonly DrawdownEpisode[], count: number): DrawdownEpisode[] {
  return [...episodes].sort((a, b) => b.depth - a.depth).slice(0, count);
}

/** Longest time in days from a peak until it is reached again, or until the last bar when it is not; 0 when the index never fell. */
export function underwaterDays(episodes: readonly DrawdownEpisode[], lastBar: number): number {
  return episodes.reduce((longest, { peak, recovery }) => Math.max(longest, ((recovery ?? lastBar) - peak) / DAY), 0);
}
