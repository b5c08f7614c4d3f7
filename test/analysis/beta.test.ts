import { expect, test } from 'vitest';
import { beta } from '../../src/analysis/beta.ts';

test('beta is the slope with an intercept', () => {
  expect(beta([0.021, -0.019, 0.041], [0.01, -0.01, 0.02])).toBeCloseTo(2, 12);
});

test('beta ignores what does not move with the reference', () => {
  expect(beta([0.02, 0, 0, -0.02], [0.01, 0.01, -0.01, -0.01])).toBeCloseTo(1, 12);
});

test('beta is not defined for one day or a reference that stands still', () => {
  expect(beta([0.01], [0.02])).toBeNull();
  expect(beta([0.01, 0.02], [0, 0])).toBeNull();
});

test('beta is not defined for a reference that grows at one rate, whatever rounding leaves of it', () => {
  expect(beta([0.01, 0.02, 0.03], [0.01, 0.01 + 2 ** -52, 0.01 - 2 ** -52])).toBeNull();
});
