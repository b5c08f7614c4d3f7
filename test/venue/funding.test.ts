import { describe, expect, test } from 'vitest';
import { fundingBetween, fundingRate, inverseFunding, linearFunding } from '../../src/venue/funding.ts';

test('a short receives positive funding, a long pays it', () => {
  expect(linearFunding(-2, 50_000, 0.0001)).toBe(10);
  expect(linearFunding(10, 10_000, 0.0001)).toBe(-10);
});

test('a long receives negative funding', () => {
  expect(linearFunding(1, 20_000, -0.0005)).toBe(10);
});

test('an inverse position settles in coin at the mark', () => {
  // 15,000 USD at 750 are 20 coins; 0.25 % of them.
  expect(inverseFunding(15_000, 750, 0.0025)).toBeCloseTo(-0.05, 12);
  expect(inverseFunding(-15_000, 750, 0.0025)).toBeCloseTo(0.05, 12);
});

describe('settlements that a position takes part in', () => {
  const events = [0, 8, 16].map((time) => ({ time, mark: 1, rate: 0.0001 }));
  const times = (opened: number, closed: number, ends: 'both' | 'open' | 'close' | 'neither') =>
    fundingBetween(events, opened, closed, ends).map(({ time }) => time);

  test('are those while it is open; the ends by convention', () => {
    expect(times(0, 16, 'both')).toEqual([0, 8, 16]);
    expect(times(0, 16, 'open')).toEqual([0, 8]);
    expect(times(0, 16, 'close')).toEqual([8, 16]);
    expect(times(0, 16, 'neither')).toEqual([8]);
    expect(times(1, 4, 'both')).toEqual([]);
  });
});

describe('the funding rate', () => {
  const rate = (premium: number, intervalHours = 8, bounds = {}) =>
    fundingRate({ premium, interest: 0.0001, clamp: 0.0005, intervalHours, ...bounds });

  test('is the interest term while the premium is near it', () => {
    expect(rate(0)).toBe(0.0001);
    expect(rate(-0.0003)).toBeCloseTo(0.0001, 15);
  });

  test('follows the premium beyond, less the clamp', () => {
    expect(rate(0.001)).toBeCloseTo(0.0005, 15);
    expect(rate(-0.001)).toBeCloseTo(-0.0005, 15);
  });

  test('is divided for shorter intervals, then bounded', () => {
    expect(rate(0.001, 4)).toBeCloseTo(0.00025, 15);
    expect(rate(0.01, 8, { cap: 0.003 })).toBe(0.003);
    expect(rate(-0.01, 8, { floor: -0.003 })).toBe(-0.003);
  });
});
