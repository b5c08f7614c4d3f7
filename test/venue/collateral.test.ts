import { expect, test } from 'vitest';
import { collateralQuantity } from '../../src/venue/collateral.ts';

const TIERS = [
  { upTo: 1, rate: 0.9 },
  { upTo: null, rate: 0.8 },
];

test('each band counts its own part of the coins', () => {
  expect(collateralQuantity(0.5, TIERS)).toBe(0.45);
  expect(collateralQuantity(1, TIERS)).toBe(0.9);
  expect(collateralQuantity(2, TIERS)).toBeCloseTo(1.7, 12);
});

test('what lies above the last band counts nothing', () => {
  expect(collateralQuantity(30, [{ upTo: 20, rate: 0.98 }])).toBeCloseTo(19.6, 12);
  expect(collateralQuantity(0, TIERS)).toBe(0);
});
