// Bases of earlier years lie in `carried` from `first` on, the latest year first; all ≥ 0.

/**
 * How much of a loss finds room in the bases of earlier years.
 *
 * @param loss - ≥ 0
 */
export function carriedBack(loss: number, carried: Float64Array, first: number, years: number): number {
  let room = 0;
  for (let k = first; k < first + years; k++) room += carried[k]!;
  return Math.min(loss, room);
}

/** Takes the loss off the bases of earlier years, the latest first, then lets every base grow one year older: `base` is that of the year that ends. */
export function rollBases(
  carried: Float64Array,
  { first, years }: { readonly first: number; readonly years: number },
  loss: number,
  base: number,
): void {
  let left = loss;
  for (let k = first; k < first + years; k++) {
    const used = Math.min(left, carried[k]!);
    carried[k] = carried[k]! - used;
    left -= used;
  }
  for (let k = first + years - 1; k > first; k--) carried[k] = carried[k - 1]!;
  if (years > 0) carried[first] = base;
}
