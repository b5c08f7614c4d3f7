/** Moments of two columns over the places where both have a value. */
export interface PairMoments {
  readonly count: number;
  /** Sums of squares and products about the means. */
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Moments of `x` and `y` over `[from, to)`; places where either is NaN are left out. */
export function pairMoments(x: Float64Array, y: Float64Array, from: number, to: number): PairMoments {
  let count = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  // Welford's update: one pass, no cancellation.
  for (let k = from; k < to; k++) {
    const a = x[k]!;
    const b = y[k]!;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    count++;
    const dx = a - meanX;
    const dy = b - meanY;
    meanX += dx / count;
    meanY += dy / count;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  return { count, xx, yy, xy };
}
