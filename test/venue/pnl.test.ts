import { describe, expect, test } from 'vitest';
import { inverseEntry, inversePnl, inversePriceAt, linearEntry, linearPnl, linearPriceAt } from '../../src/venue/pnl.ts';

describe('result between two prices', () => {
  test('linear: quantity times the move, for a short its opposite', () => {
    expect(linearPnl(0.2, 7_000, 7_500)).toBe(100);
    expect(linearPnl(-0.2, 7_000, 7_500)).toBe(-100);
  });

  test('inverse: in coin, concave for a long', () => {
    // 15,000 USD from 750 to 800: 20 − 18.75 coins.
    expect(inversePnl(15_000, 750, 800)).toBeCloseTo(1.25, 12);
    // A 1x long has lost all of its coin at half the price, a 1x short half of it at twice the price.
    expect(inversePnl(1_000, 100, 50)).toBeCloseTo(-10, 12);
    expect(inversePnl(-1_000, 100, 200)).toBeCloseTo(-5, 12);
  });
});

describe('price at which a position has a result', () => {
  test('is the price that gives it back', () => {
    expect(linearPriceAt(-2, 100, -30)).toBe(115);
    expect(inversePriceAt(15_000, 750, 1.25)).toBeCloseTo(800, 9);
    expect(inversePriceAt(-1_000, 100, -5)).toBeCloseTo(200, 9);
  });

  test('is none for a loss that an inverse short cannot have', () => {
    expect(inversePriceAt(-1_000, 100, -10)).toBeNull();
    expect(inversePriceAt(-1_000, 100, -11)).toBeNull();
  });
});

describe('average entry', () => {
  test('linear fills are weighted by quantity', () => {
    expect(linearEntry(0.5, 5_000, 0.3, 6_000)).toBe(5_375);
    expect(linearEntry(0, 0, -0.3, 6_000)).toBe(6_000);
  });

  test('inverse fills are averaged harmonically: 1,000 at 5,000 and 2,000 at 6,000 are 3,000 at 5,625', () => {
    expect(inverseEntry(1_000, 5_000, 2_000, 6_000)).toBe(5_625);
    expect(inverseEntry(-1_000, 5_000, -2_000, 6_000)).toBe(5_625);
    expect(inverseEntry(0, 0, 2_000, 6_000)).toBe(6_000);
  });
});
