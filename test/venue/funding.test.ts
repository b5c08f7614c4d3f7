import { expect, test } from 'vitest';
import { inverseFunding, linearFunding } from '../../src/venue/funding.ts';

test('a short receives positive funding, a long pays it', () => {
  expect(linearFunding(-2, 50_000, 0.0001)).toBe(10);
  expect(linearFunding(10, 10_000, 0.0001)).toBe(-10);
});

test('a long receives negative funding', () => {
  expect(linearFunding(1, 20_000, -0.0005)).toBe(10);
});

test('an inverse position settles in coin at the mark', () => {
  // 15,000 USD at 750 are 20 coins; 0.25 % of them.
  expect(inverseFunding(15_000, 750, 0.0025)).toBeCloseTo(-0.05, 12);
  expect(inverseFunding(-15_000, 750, 0.0025)).toBeCloseTo(0.05, 12);
});
