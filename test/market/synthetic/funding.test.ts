import { expect, test } from 'vitest';
import { fundingRate } from '../../../src/market/synthetic/funding.ts';

test.each([
  [0, 0.0001],
  [-0.0004, 0.0001],
  [0.0006, 0.0001],
])('a premium of %f within 5 basis points of the interest settles at the interest of 1', (premium, rate) => {
  expect(fundingRate(premium)).toBeCloseTo(rate, 15);
});

test.each([
  [0.001, 0.0005],
  [-0.0005, 0],
  [-0.001, -0.0005],
])('a premium of %f outside it is moved 5 basis points towards the interest: %f', (premium, rate) => {
  expect(fundingRate(premium)).toBeCloseTo(rate, 15);
});

test('a rate never leaves 30 basis points', () => {
  expect(fundingRate(0.02)).toBe(0.003);
  expect(fundingRate(-0.02)).toBe(-0.003);
});
