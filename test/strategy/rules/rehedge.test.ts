import { describe, expect, test } from 'vitest';
import { nextHedge, type HedgeState, type RehedgeRule } from '../../../src/strategy/rules/rehedge.ts';

// Target 60 % of 1,000, band ± 50, re-hedge 25.
const RULE: RehedgeRule = { band: 0.05, bandKind: 'absolute', rehedge: 0.025, twoSided: false };
const state = (value: number, held: number): HedgeState => ({ value, weight: 0.6, equity: 1_000, wanted: 600 - value, held });

describe('a hedge', () => {
  test('opens at the whole excess once the band is left', () => {
    expect(nextHedge(state(640, 0), RULE)).toBeNull();
    expect(nextHedge(state(660, 0), RULE)).toBe(-60);
  });

  test('follows the excess only when it differs by more than the re-hedge', () => {
    expect(nextHedge(state(680, -60), RULE)).toBeNull();
    expect(nextHedge(state(690, -60), RULE)).toBe(-90);
    expect(nextHedge(state(630, -60), RULE)).toBe(-30);
  });

  test('stays open between half the band and the band, and closes inside half', () => {
    expect(nextHedge(state(640, -60), RULE)).toBeNull();
    expect(nextHedge(state(626, -40), RULE)).toBeNull();
    expect(nextHedge(state(624, -40), RULE)).toBe(0);
  });

  test('closes when the coin has fallen through to under its target', () => {
    expect(nextHedge(state(540, -60), RULE)).toBe(0);
    expect(nextHedge(state(500, 0), RULE)).toBeNull();
  });

  test('is a long under the target when two-sided', () => {
    const rule = { ...RULE, twoSided: true };
    expect(nextHedge(state(540, 0), rule)).toBe(60);
    expect(nextHedge(state(540, -60), rule)).toBe(60);
    expect(nextHedge(state(590, 60), rule)).toBe(0);
  });

  test('halves a relative band by its weight', () => {
    // 60 % ± 6 points: half is ± 3.
    const rule = { ...RULE, band: 0.1, bandKind: 'relative' } as const;
    expect(nextHedge(state(631, -50), rule)).toBeNull();
    expect(nextHedge(state(629, -50), rule)).toBe(0);
  });
});
