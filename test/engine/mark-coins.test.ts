import { expect, test } from 'vitest';
import { markCoins } from '../../src/engine/mark-coins.ts';

test.each([0, 1, 2, 3, 4, 7])('values %i holdings at the marks of one bar, and sums them up', (count) => {
  const quantity = Float64Array.from({ length: count }, (_, j) => j + 1);
  // Two bars; the second's marks begin at `count`.
  const marks = Float64Array.from({ length: 2 * count }, (_, at) => 10 * at);
  const values = new Float64Array(count).fill(NaN);
  const expected = Array.from({ length: count }, (_, j) => (j + 1) * 10 * (count + j));
  expect(markCoins(values, quantity, marks, count)).toBe(expected.reduce((sum, value) => sum + value, 0));
  expect([...values]).toEqual(expected);
});
