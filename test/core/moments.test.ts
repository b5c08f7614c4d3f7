import { expect, test } from 'vitest';
import { pairMoments } from '../../src/core/moments.ts';

const x = Float64Array.of(9, 1, 2, 3, 9);
const y = Float64Array.of(9, 2, 4, 6, -9);

test('sums squares and products about the means, within the bounds', () => {
  expect(pairMoments(x, y, 1, 4)).toEqual({ count: 3, xx: 2, yy: 8, xy: 4 });
});

test('leaves out places where either has no value', () => {
  const holed = Float64Array.of(NaN, 2, NaN, 6, NaN);
  expect(pairMoments(x, holed, 0, 5)).toEqual({ count: 2, xx: 2, yy: 8, xy: 4 });
});

test('is nothing where there is nothing', () => {
  expect(pairMoments(x, y, 2, 2)).toEqual({ count: 0, xx: 0, yy: 0, xy: 0 });
});

test('does not lose a small spread on a high level', () => {
  const high = Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3);
  expect(pairMoments(high, high, 0, 3).xx).toBe(2);
});
