import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { hourlyReturns, storyReturns } from '../../../src/market/synthetic/returns.ts';

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe('returns that follow a story', () => {
  test('land near the change of each span, whatever the seed', () => {
    for (let seed = 0; seed < 50; seed++) {
      const spans = [
        { days: 100, change: 1 },
        { days: 200, change: -1.5 },
      ];
      const { daily } = storyReturns(createRandom(seed, 'story'), spans, new Float64Array(300).fill(0.03));
      expect(Math.abs(sum(daily.subarray(0, 100)) - 1)).toBeLessThan(0.5);
      expect(Math.abs(sum(daily.subarray(100)) + 1.5)).toBeLessThan(0.7);
    }
  });

  test('are about as volatile as asked', () => {
    const { daily } = storyReturns(createRandom(3, 'story'), [{ days: 5000, change: 0 }], new Float64Array(5000).fill(0.03));
    const deviation = Math.sqrt(sum(daily.map((value) => value * value)) / 5000);
    expect(deviation / 0.03).toBeGreaterThan(0.8);
    expect(deviation / 0.03).toBeLessThan(1.6);
  });

  test('do not move without volatility', () => {
    const { daily } = storyReturns(createRandom(1, 'story'), [{ days: 10, change: 1 }], new Float64Array(10));
    expect(Math.max(...daily.map(Math.abs))).toBe(0);
  });
});

test('hourly returns add up to the day', () => {
  const daily = Float64Array.of(0.1, -0.2);
  const hourly = hourlyReturns(createRandom(1, 'hours'), { daily, deviation: Float64Array.of(0.05, 0.05) });
  expect(sum(hourly.subarray(0, 24))).toBeCloseTo(0.1, 12);
  expect(sum(hourly.subarray(24))).toBeCloseTo(-0.2, 12);
});
