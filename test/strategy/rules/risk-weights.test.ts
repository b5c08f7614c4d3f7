import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { equalRiskShares, inverseVolatilityShares } from '../../../src/strategy/rules/risk-weights.ts';

describe('shares by risk', () => {
  test('three times the volatility is a third of the share', () => {
    expect(inverseVolatilityShares([0.5, 1.5])).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
  });

  test('of two coins are by inverse volatility whatever their correlation', () => {
    const shares = equalRiskShares(
      [0.5, 1.5],
      [
        [1, 0.7],
        [0.7, 1],
      ],
    )!;
    expect(shares[0]).toBeCloseTo(0.75, 9);
  });

  test('contribute equally to risk, for any volatilities and correlations', () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed, 'risk');
      const volatilities = Array.from({ length: 4 }, () => 0.2 + random.uniform());
      // Correlations of a common factor with loadings a: aᵢ·aⱼ.
      const loadings = volatilities.map(() => 0.1 + 0.85 * random.uniform());
      const correlation = loadings.map((a, i) => loadings.map((b, j) => (i === j ? 1 : a * b)));
      const shares = equalRiskShares(volatilities, correlation)!;
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const contributions = shares.map(
        (share, i) =>
          share * shares.reduce((sum, other, j) => sum + correlation[i]![j]! * volatilities[i]! * volatilities[j]! * other, 0),
      );
      for (const contribution of contributions) expect(contribution / contributions[0]!).toBeCloseTo(1, 9);
    }
  });

  test('are unknown where a figure is', () => {
    expect(inverseVolatilityShares([0.5, NaN])).toBeNull();
    expect(inverseVolatilityShares([0.5, 0])).toBeNull();
    expect(
      equalRiskShares(
        [0.5, 1],
        [
          [1, NaN],
          [NaN, 1],
        ],
      ),
    ).toBeNull();
  });
});
