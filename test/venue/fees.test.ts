import { expect, test } from 'vitest';
import { inverseFee, linearFee } from '../../src/venue/fees.ts';

test('a linear fee is the rate of the notional, whichever the side', () => {
  // 10 × 8,000 × 0.055 % and 0.02 %: Bybit, fee example in facts.
  expect(linearFee(10, 8_000, 0.00055)).toBeCloseTo(44, 9);
  expect(linearFee(-10, 8_000, 0.0002)).toBeCloseTo(16, 9);
});

test('an inverse fee is paid in coin', () => {
  // 10,000 USD at 8,000 are 1.25 coins.
  expect(inverseFee(-10_000, 8_000, 0.00055)).toBeCloseTo(0.0006875, 12);
});

test('a negative maker rate is a rebate', () => {
  expect(linearFee(2, 1_000, -0.00025)).toBe(-0.5);
});
