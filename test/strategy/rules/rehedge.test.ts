import { describe, expect, test } from 'vitest';
import { isHedgeWanted, isResizeWanted, type HedgeRule } from '../../../src/strategy/rules/rehedge.ts';

// Target 60 % of 1,000, band ± 50.
const RULE: HedgeRule = { band: 0.05, bandKind: 'absolute', side: 'over' };
const isWanted = (value: number, isOpen: boolean, rule = RULE) => isHedgeWanted([{ value, weight: 0.6 }], 1_000, rule, isOpen);

describe('a hedge', () => {
  test('opens once the band is left', () => {
    expect(isWanted(640, false)).toBe(false);
    expect(isWanted(660, false)).toBe(true);
  });

  test('stays open between half the band and the band, and closes inside half', () => {
    expect(isWanted(640, true)).toBe(true);
    expect(isWanted(626, true)).toBe(true);
    expect(isWanted(624, true)).toBe(false);
  });

  test('closes when the coin has fallen through to under its target', () => {
    expect(isWanted(540, true)).toBe(false);
    expect(isWanted(500, false)).toBe(false);
  });

  test('answers to an underweight alone, or to both sides', () => {
    const under = { ...RULE, side: 'under' } as const;
    expect([540, 560, 660].map((value) => isWanted(value, false, under))).toEqual([true, false, false]);
    const both = { ...RULE, side: 'both' } as const;
    expect([540, 590, 660].map((value) => isWanted(value, true, both))).toEqual([true, false, true]);
  });

  test('halves a relative band by its weight', () => {
    // 60 % ± 6 points: half is ± 3.
    const rule = { ...RULE, band: 0.1, bandKind: 'relative' } as const;
    expect(isWanted(631, true, rule)).toBe(true);
    expect(isWanted(629, true, rule)).toBe(false);
  });

  test('of several coins is wanted as soon as one of them is out', () => {
    const coins = [
      { value: 610, weight: 0.6 },
      { value: 260, weight: 0.2 },
    ];
    expect(isHedgeWanted(coins, 1_000, RULE, false)).toBe(true);
    expect(isHedgeWanted(coins.slice(0, 1), 1_000, RULE, false)).toBe(false);
  });

  test('is re-sized only when the wish differs by more than the re-hedge', () => {
    expect(isResizeWanted(-80, -60, 1_000, 0.025)).toBe(false);
    expect(isResizeWanted(-90, -60, 1_000, 0.025)).toBe(true);
    expect(isResizeWanted(-30, -60, 1_000, 0.025)).toBe(true);
    expect(isResizeWanted(-500, -60, 1_000, Infinity)).toBe(false);
  });
});
