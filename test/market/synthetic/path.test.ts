import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { atPremium, dailyBars, walk } from '../../../src/market/synthetic/path.ts';

const HOURS = 48;
const flat = {
  points: new Float64Array(HOURS + 1).fill(100),
  highs: new Float64Array(HOURS).fill(101),
  lows: new Float64Array(HOURS).fill(99),
};

describe('a walk', () => {
  test('passes through the prices its returns lead to', () => {
    const { points } = walk(createRandom(1, 'walk'), 100, Float64Array.of(Math.log(2), Math.log(0.5)), Float64Array.of(0.1, 0.1));
    expect([...points].map((price) => price.toFixed(9))).toEqual(['100.000000000', '200.000000000', '100.000000000']);
  });

  test('has its extremes at its ends when an hour is calm', () => {
    const { highs, lows } = walk(createRandom(1, 'walk'), 100, Float64Array.of(0.1), Float64Array.of(0));
    expect([lows[0], highs[0]].map((price) => price!.toFixed(9))).toEqual([(100).toFixed(9), (100 * Math.exp(0.1)).toFixed(9)]);
  });

  test('reaches as high as a Brownian bridge: from and to 100 at 1 % deviation, over 101 in exp(−2) of all hours', () => {
    const hours = 50_000;
    const { highs, lows } = walk(createRandom(1, 'walk'), 1, new Float64Array(hours), new Float64Array(hours).fill(0.01));
    expect(highs.filter((high) => Math.log(high) > 0.01).length / hours).toBeCloseTo(Math.exp(-2), 2);
    expect(lows.filter((low) => Math.log(low) < -0.01).length / hours).toBeCloseTo(Math.exp(-2), 2);
  });
});

describe('daily bars', () => {
  test('open and close at the turn of the day and reach as far as its hours', () => {
    const points = flat.points.map((_, hour) => hour);
    const highs = flat.highs.with(7, 250).with(30, 300);
    const lows = flat.lows.with(3, 50).with(47, 40);
    const { open, high, low, close } = dailyBars({ points, highs, lows });
    expect([[...open], [...high], [...low], [...close]]).toEqual([
      [0, 24],
      [250, 300],
      [50, 40],
      [24, 48],
    ]);
  });
});

describe('a contract at a premium', () => {
  test('trades that much above the path', () => {
    const { points, highs, lows } = atPremium(flat, new Float64Array(HOURS + 1).fill(0.1));
    expect([points[0], highs[0], lows[0]].map((price) => price!.toFixed(9))).toEqual([
      '110.000000000',
      '111.100000000',
      '108.900000000',
    ]);
  });

  test('stays within its own range when the premium changes within an hour', () => {
    const premium = new Float64Array(HOURS + 1).map((_, hour) => (hour % 2 === 0 ? 0.1 : -0.1));
    const { points, highs, lows } = atPremium(flat, premium);
    for (let hour = 0; hour < HOURS; hour++) {
      expect(highs[hour]).toBeGreaterThanOrEqual(Math.max(points[hour]!, points[hour + 1]!));
      expect(lows[hour]).toBeLessThanOrEqual(Math.min(points[hour]!, points[hour + 1]!));
    }
  });
});
