import { describe, expect, test } from 'vitest';
import { matchBetaHedge, minVarianceHedge, weightHedge } from '../../../src/strategy/rules/hedge.ts';

// The article's section 5: 10,000 at 60/40, grown to 75 % BTC.
const BTC = { value: 7_500, weight: 0.6, beta: 1 };
const ALTS = { value: 2_500, weight: 0.4, beta: 2 };

describe('sizes of a hedge', () => {
  test('an overweight of 1,500 is a short of 1,500', () => {
    expect(weightHedge(BTC, 10_000)).toBe(-1_500);
    expect(weightHedge(ALTS, 10_000)).toBe(1_500);
  });

  test('the target beta of two assets fully invested takes drift × (β − 1): a long when β exceeds 1', () => {
    // 1 × (6,000 − 7,500) + 2 × (4,000 − 2,500) = 1,500 × (2 − 1)
    expect(matchBetaHedge([BTC, ALTS], 10_000)).toBe(1_500);
    expect(matchBetaHedge([BTC, { ...ALTS, beta: 0.5 }], 10_000)).toBe(-750);
  });

  test('the least variance shorts the whole beta, or what is above the wanted one', () => {
    expect(minVarianceHedge([BTC, ALTS], 10_000)).toBe(-12_500);
    expect(minVarianceHedge([BTC, ALTS], 10_000, 1)).toBe(-2_500);
  });

  test('an unknown beta means no hedge', () => {
    expect(matchBetaHedge([BTC, { ...ALTS, beta: NaN }], 10_000)).toBeNull();
    expect(minVarianceHedge([{ ...ALTS, beta: NaN }], 10_000)).toBeNull();
  });
});
