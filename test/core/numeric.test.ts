import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compensatedSum, nearlyEqual, roundAwayFromZero, roundTowardZero } from '../../src/core/numeric.ts';

describe('rounding to a step', () => {
  test.each([
    [0.3, 0.1, 0.3, 0.3],
    [0.35, 0.1, 0.3, 0.4],
    [-0.35, 0.1, -0.3, -0.4],
    [0.05, 0.1, 0, 0.1],
    [5, 0, 5, 5],
  ])('%d by %d is %d toward zero and %d away from it', (quantity, step, toward, away) => {
    expect(roundTowardZero(quantity, step)).toBeCloseTo(toward, 12);
    expect(roundAwayFromZero(quantity, step)).toBeCloseTo(away, 12);
  });

  test('never crosses the quantity by more than rounding, nor misses it by a step', () => {
    const quantity = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(quantity, fc.constantFrom(1, 0.1, 0.001, 1e-8), (value, step) => {
        const [toward, away] = [Math.abs(roundTowardZero(value, step)), Math.abs(roundAwayFromZero(value, step))];
        const slack = 1e-8 * Math.max(step, Math.abs(value));
        expect(toward).toBeLessThanOrEqual(Math.abs(value) + slack);
        expect(away).toBeGreaterThanOrEqual(Math.abs(value) - slack);
        expect(away - toward).toBeLessThanOrEqual(step + slack);
      }),
    );
  });
});

test('a compensated sum keeps what a plain one loses', () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
  expect(compensatedSum(new Array(10).fill(0.1))).toBe(1);
  expect(compensatedSum([])).toBe(0);
});

test('numbers are nearly equal relative to the larger, and to 1 near zero', () => {
  expect(nearlyEqual(1e12, 1e12 + 100)).toBe(true);
  expect(nearlyEqual(1e12, 1e12 + 10_000)).toBe(false);
  expect(nearlyEqual(0, 1e-10)).toBe(true);
  expect(nearlyEqual(1, 1.1, 0.2)).toBe(true);
});
