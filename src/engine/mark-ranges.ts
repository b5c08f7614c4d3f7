import type { Market } from '../market/market.ts';

/** log₂ of the bars that one range spans. */
export const RANGE_BITS = 5;

/**
 * The lowest and highest mark of each contract over stretches of 2^RANGE_BITS bars, intrabar marks included: contract-major, 0-based after
 * the spot instruments, `stretches` values each.
 */
export interface MarkRanges {
  readonly stretches: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const ranges = new WeakMap<Market, MarkRanges>();

/** Computed once per market. */
export function markRanges(market: Market): MarkRanges {
  let known = ranges.get(market);
  if (!known) ranges.set(market, (known = measure(market)));
  return known;
}

function measure({ instruments, spotCount, length, columns }: Market): MarkRanges {
  const { mark, markOpen, markHigh, markLow } = columns;
  const stretches = ((length - 1) >> RANGE_BITS) + 1;
  const low = new Float64Array((instruments.length - spotCount) * stretches);
  const high = new Float64Array(low.length);
  for (let at = 0; at < low.length; at++) {
    const stretch = at % stretches;
    const first = (spotCount + (at - stretch) / stretches) * length;
    const end = first + Math.min(length, (stretch + 1) << RANGE_BITS);
    let lowest = Infinity;
    let highest = -Infinity;
    for (let k = first + (stretch << RANGE_BITS); k < end; k++) {
      lowest = Math.min(lowest, mark[k]!, markOpen[k]!, markHigh[k]!, markLow[k]!);
      highest = Math.max(highest, mark[k]!, markOpen[k]!, markHigh[k]!, markLow[k]!);
    }
    low[at] = lowest;
    high[at] = highest;
  }
  return { stretches, low, high };
}
