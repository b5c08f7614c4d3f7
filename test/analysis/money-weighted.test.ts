import { describe, expect, test } from 'vitest';
import { moneyWeightedReturn } from '../../src/analysis/money-weighted.ts';
import { YEAR } from '../../src/core/time.ts';
import { fakeResult, literalResult } from '../support/result.ts';

const yearly = (equity: number[], flows: number[]) => literalResult(equity, { step: YEAR, flows: Float64Array.from(flows) });

describe('money-weighted return', () => {
  test('of a steady 10 % is 10 %, whatever is paid in when', () => {
    // 100 → 110, + 100 → 210 → 231
    expect(moneyWeightedReturn(yearly([100, 210, 231], [0, 100, 0]))).toBeCloseTo(0.1, 12);
  });

  test('is worse than time-weighted when money came before the loss', () => {
    // +100 %, then 800 more, then −50 %: 100 (1+r)² + 800 (1+r) = 500, so 1+r = (−8 + √84) / 2.
    expect(moneyWeightedReturn(yearly([100, 1000, 500], [0, 800, 0]))).toBeCloseTo((Math.sqrt(84) - 8) / 2 - 1, 12);
  });

  test('counts withdrawals as received', () => {
    // 100 → 120 − 60 → 60 → 72: 20 % a year.
    expect(moneyWeightedReturn(yearly([100, 60, 72], [0, -60, 0]))).toBeCloseTo(0.2, 12);
  });

  test('makes the payments worth the end, in a long irregular run', () => {
    const result = fakeResult({ family: 'spot', flows: { 30: 5_000, 250: -2_000, 600: 10_000 } });
    const rate = moneyWeightedReturn(result)!;
    let worth = result.totals.initialEquity * (1 + rate) ** (799 / 365.25);
    for (const [bar, amount] of [
      [30, 5_000],
      [250, -2_000],
      [600, 10_000],
    ] as const) {
      worth += amount * (1 + rate) ** ((799 - bar) / 365.25);
    }
    expect(worth / result.totals.finalEquity).toBeCloseTo(1, 10);
  });

  test('takes the rate nearest to no growth where several fit', () => {
    // −100 + 230/(1+r) − 132/(1+r)²: both 10 % and 20 % fit.
    expect(moneyWeightedReturn(yearly([100, 0, -132], [0, -230, 0]))).toBeCloseTo(0.1, 10);
  });

  test('finds a rate of zero', () => {
    expect(moneyWeightedReturn(yearly([100, 150, 150], [0, 50, 0]))).toBeCloseTo(0, 12);
  });

  test('is −100 % when all that was paid in is lost', () => {
    expect(moneyWeightedReturn(yearly([100, 150, 0], [0, 50, 0]))).toBe(-1);
  });

  test('is left out without flows, without a span, and where no rate fits', () => {
    expect(moneyWeightedReturn(yearly([100, 110], [0, 0]))).toBeNull();
    expect(moneyWeightedReturn(yearly([100], [5]))).toBeNull();
    // Nothing paid in, something received: infinitely good.
    expect(moneyWeightedReturn(yearly([0, 10, 10], [0, -10, 0]))).toBeNull();
  });
});
