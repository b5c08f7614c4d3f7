/**
 * Place in a sorted list at which an item enters before its equals: that of the first that does not come before it.
 *
 * @param comesBefore - true of the first so many items, false of the others
 */
export function placeIn<T>(sorted: readonly T[], comesBefore: (item: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comesBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
