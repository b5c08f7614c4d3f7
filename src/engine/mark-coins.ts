/**
 * Values every holding at a bar's marks, into `values`, and returns their sum. Two at a time: a sum waits for the one before it, which is
 * what a bar in which nothing happens takes longest for.
 *
 * @param marks - bar after bar (`marks-by-bar.ts`); the bar's begin at `from`
 */
export function markCoins(values: Float64Array, quantity: Float64Array, marks: Float64Array, from: number): number {
  const count = values.length;
  let sum = 0;
  let j = 1;
  for (; j < count; j += 2) {
    const one = quantity[j - 1]! * marks[from + j - 1]!;
    const other = quantity[j]! * marks[from + j]!;
    values[j - 1] = one;
    values[j] = other;
    sum += one + other;
  }
  if (j > count) return sum;
  const last = quantity[j - 1]! * marks[from + j - 1]!;
  values[j - 1] = last;
  return sum + last;
}
