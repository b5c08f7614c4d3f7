import { expect, test } from 'vitest';
import { inverseFee, linearFee } from '../../src/venue/fees.ts';

const RATES = { maker: 0.0002, taker: 0.00055 };

test('a linear fee is the rate of the notional, whichever the side', () => {
  // 10 × 8,000 × 0.055 % and 0.02 %: Bybit, fee example in facts.
  expect(linearFee(RATES, 10, 8_000, 'taker')).toBeCloseTo(44, 9);
  expect(linearFee(RATES, -10, 8_000, 'maker')).toBeCloseTo(16, 9);
});

test('an inverse fee is paid in coin', () => {
  // 10,000 USD at 8,000 are 1.25 coins.
  expect(inverseFee(RATES, -10_000, 8_000, 'taker')).toBeCloseTo(0.0006875, 12);
});

test('a negative maker rate is a rebate', () => {
  expect(linearFee({ maker: -0.00025, taker: 0.00075 }, 2, 1_000, 'maker')).toBe(-0.5);
});
