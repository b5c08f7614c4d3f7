/** Bars whose usual move is measured together; the usual move at one place is that of its block and both neighbours. */
export const BLOCK = 100;

/** A moving market moves at least so much a bar; below it, prices hardly change and every move would look large. */
const LEAST_DEVIATION = 0.001;

/** A standard deviation of a normal distribution is so many times its median absolute deviation. */
const NORMAL = 1.4826;

/** Log moves from close to close; 0 for the first. */
export function closeMoves(close: Float64Array): Float64Array {
  return close.map((price, i) => (i === 0 ? 0 : Math.log(price / close[i - 1]!)));
}

/** 1.4826 × the median absolute move of each block with its neighbours: the deviation, if moves were normal; at least 0.1 %. */
export function usualMoves(moves: Float64Array): Float64Array {
  return perBlock(moves, (near) => Math.max(LEAST_DEVIATION, NORMAL * median(near.map(Math.abs))));
}

/** The median of each block with its neighbours, and 1.4826 × the median distance from it. */
export function usualLevels(values: Float64Array): { readonly level: Float64Array; readonly spread: Float64Array } {
  const level = perBlock(values, median);
  const spread = perBlock(values, (near) => {
    const middle = median(near);
    return NORMAL * median(near.map((value) => Math.abs(value - middle)));
  });
  return { level, spread };
}

/** The upper median; NaN of nothing. */
export function median(values: Float64Array): number {
  return values.slice().sort()[Math.floor(values.length / 2)] ?? NaN;
}

function perBlock(values: Float64Array, measure: (near: Float64Array) => number): Float64Array {
  return Float64Array.from({ length: Math.ceil(values.length / BLOCK) }, (_, block) =>
    measure(values.subarray(Math.max(0, (block - 1) * BLOCK), (block + 2) * BLOCK)),
  );
}
