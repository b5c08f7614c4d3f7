/**
 * Values every holding at a bar's marks, into `values`, and returns their sum. Four at a time: a sum waits for the one before it, and every
 * turn of a loop looks up anew where its columns lie, which is what a bar in which nothing happens takes longest for. The second loop
 * counts with a variable of its own: the compiler peels no loop that leads straight into the head of another.
 *
 * @param marks - bar after bar (`marks-by-bar.ts`); the bar's begin at `from`
 */
export function markCoins(values: Float64Array, quantity: Float64Array, marks: Float64Array, from: number): number {
  const count = values.length;
  let sum = 0;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const at = from + j;
    const first = quantity[j]! * marks[at]!;
    const second = quantity[j + 1]! * marks[at + 1]!;
    const third = quantity[j + 2]! * marks[at + 2]!;
    const fourth = quantity[j + 3]! * marks[at + 3]!;
    values[j] = first;
    values[j + 1] = second;
    values[j + 2] = third;
    values[j + 3] = fourth;
    sum += first + second + (third + fourth);
  }
  for (let k = j; k < count; k++) {
    const worth = quantity[k]! * marks[from + k]!;
    values[k] = worth;
    sum += worth;
  }
  return sum;
}
