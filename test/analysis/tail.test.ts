import { expect, test } from 'vitest';
import { cvar95, var95 } from '../../src/analysis/tail.ts';

// −50, −49, …, +50: 101 returns, so that the 5 % quantile is exactly the sixth: −45.
const RETURNS = Array.from({ length: 101 }, (_, i) => ((37 * i) % 101) - 50);

test('value at risk is minus the 5 % quantile', () => {
  expect(var95(RETURNS)).toBe(45);
});

test('value at risk between two returns is interpolated (R type 7)', () => {
  // (n − 1) × 5 % = 0.05 of the way from −0.10 to 0.30.
  expect(var95([0.3, -0.1])).toBeCloseTo(0.08, 15);
});

test('expected shortfall is minus the mean at or below that quantile', () => {
  // −50 … −45
  expect(cvar95(RETURNS)).toBe(47.5);
});

test('expected shortfall of few returns is the worst of them', () => {
  expect(cvar95([0.02, -0.07, 0.01])).toBe(0.07);
});

test('neither is defined without returns', () => {
  expect([var95([]), cvar95([])]).toEqual([null, null]);
});
