import { describe, expect, test } from 'vitest';
import { contrastEstimate, meanEstimate, ratioEstimate } from '../../../src/analysis/claims/estimate.ts';

const seed = { seed: 1 };
/** 0.9, 1.1, 0.9, … */
const wave = Float64Array.from({ length: 60 }, (_, day) => (day % 2 === 0 ? 0.9 : 1.1));

describe('estimates of daily series', () => {
  test('a mean lies within its interval, which is the same for the same seed', () => {
    const estimate = meanEstimate(wave, seed)!;
    expect(estimate.effect).toBeCloseTo(1, 12);
    expect(estimate.low!).toBeLessThan(1);
    expect(estimate.high!).toBeGreaterThan(1);
    expect(meanEstimate(wave, seed)).toEqual(estimate);
  });

  test('days without a value and days that do not count are left out', () => {
    const gappy = wave.map((value, day) => (day < 10 ? NaN : value));
    expect(meanEstimate(gappy, seed)!.effect).toBeCloseTo(1, 12);
    expect(meanEstimate(wave, seed, (day) => day % 2 === 0)!.effect).toBeCloseTo(0.9, 12);
    expect(meanEstimate(wave, seed, () => false)).toBeNull();
  });

  test('a ratio is of sums, not a mean of ratios', () => {
    const numerator = Float64Array.from({ length: 40 }, (_, day) => (day === 0 ? 10 : 1));
    const denominator = Float64Array.from({ length: 40 }, (_, day) => (day === 0 ? 100 : 1));
    expect(ratioEstimate(numerator, denominator, seed)!.effect).toBeCloseTo(49 / 139, 12);
  });

  test('a contrast is the mean of some days less that of others', () => {
    const isEven = (day: number) => day % 2 === 0;
    const estimate = contrastEstimate(wave, isEven, (day) => !isEven(day), seed)!;
    expect(estimate.effect).toBeCloseTo(-0.2, 12);
    expect(estimate.high!).toBeCloseTo(-0.2, 12);
    expect(contrastEstimate(wave, isEven, () => false, seed)).toBeNull();
  });

  test('fewer than 30 days give no interval', () => {
    expect(meanEstimate(wave.slice(0, 29), seed)).toMatchObject({ low: null, high: null });
  });
});
