import { expect, test } from 'vitest';
import { annualisedBasis } from '../../src/venue/basis.ts';

test('2 % over 73 days, a fifth of a year, are 10 % a year; a discount is negative', () => {
  expect(annualisedBasis(102_000, 100_000, 73)).toBeCloseTo(0.1, 12);
  expect(annualisedBasis(98_000, 100_000, 73)).toBeCloseTo(-0.1, 12);
});
