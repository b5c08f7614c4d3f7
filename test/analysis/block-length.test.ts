import { describe, expect, test } from 'vitest';
import { stationaryBlockLength } from '../../src/analysis/block-length.ts';
import { createRandom } from '../../src/core/random.ts';

/** x_t = ρ x_{t−1} + e_t, from its stationary distribution. */
function autoregression(rho: number, length: number, seed: number): Float64Array {
  const random = createRandom(seed, 'autoregression');
  const series = new Float64Array(length);
  let x = random.normal() / Math.sqrt(1 - rho * rho);
  for (let t = 0; t < length; t++) {
    series[t] = x;
    x = rho * x + random.normal();
  }
  return series;
}

function medianLength(rho: number, length: number): number {
  const lengths = Array.from({ length: 41 }, (_, seed) => stationaryBlockLength(autoregression(rho, length, seed)));
  return lengths.sort((a, b) => a - b)[20]!;
}

describe('the block length of the stationary bootstrap', () => {
  // For an AR(1), G = 2R₀ρ/(1−ρ)² and g(0) = R₀(1+ρ)/(1−ρ), so that the best length is (2ρ/(1−ρ²))^⅔ · n^⅓.
  test.each([
    [0.3, 1826],
    [0.7, 1826],
    [0.9, 4000],
  ])('of an AR(1) with ρ = %s is near its theory (n = %i)', (rho, n) => {
    const theory = (((2 * rho) / (1 - rho * rho)) ** 2 * n) ** (1 / 3);
    expect(medianLength(rho, n) / theory).toBeGreaterThan(0.65);
    expect(medianLength(rho, n) / theory).toBeLessThan(1.3);
  });

  test('of noise without memory is short', () => {
    expect(medianLength(0, 1826)).toBeLessThan(5);
  });

  test('agrees with the formula written out, on a short series', () => {
    // Mean 2; n = 8. Autocovariances × 8: R₀ 12, R₁ −1, R₂ −6, … ; |ρ| < 2√(log₁₀ 8 / 8) = 0.67 for all lags, so m = 1 and M = 2.
    const series = Float64Array.of(0, 1, 3, 4, 3, 2, 1, 2);
    const centred = [...series].map((value) => value - 2);
    const covariance = (k: number) => centred.slice(k).reduce((sum, value, t) => sum + value * centred[t]!, 0) / 8;
    // λ(1/2) = 1, λ(1) = 0: only lag 1 counts.
    const g = covariance(0) + 2 * covariance(1);
    expect(stationaryBlockLength(series)).toBeCloseTo(Math.cbrt(((2 * covariance(1)) / g) ** 2 * 8), 12);
  });

  test('is never under 1 nor over min(3√n, n/3)', () => {
    const trend = Float64Array.from({ length: 400 }, (_, t) => t);
    expect(stationaryBlockLength(trend)).toBeLessThanOrEqual(60);
    expect(stationaryBlockLength(trend)).toBeGreaterThan(20);
    const alternating = Float64Array.from({ length: 400 }, (_, t) => (t % 2 === 0 ? 1 : -1));
    expect(stationaryBlockLength(alternating)).toBeGreaterThanOrEqual(1);
    expect(stationaryBlockLength(alternating)).toBeLessThanOrEqual(60);
  });

  test('of a series that never changes is 1', () => {
    expect(stationaryBlockLength(new Float64Array(100))).toBe(1);
  });
});
