import { describe, expect, test } from 'vitest';
import { bandOfEquity, isOutside } from '../../../src/strategy/rules/band.ts';

const absolute = { band: 0.05, bandKind: 'absolute' } as const;
const relative = { band: 0.1, bandKind: 'relative' } as const;

describe('a band', () => {
  test('is a share of equity when absolute', () => {
    expect(isOutside(656, 1_000, 0.6, absolute)).toBe(true);
    expect(isOutside(644, 1_000, 0.6, absolute)).toBe(false);
    expect(isOutside(544, 1_000, 0.6, absolute)).toBe(true);
  });

  test('is a share of the weight when relative', () => {
    // 60 % ± 6 points
    expect(isOutside(661, 1_000, 0.6, relative)).toBe(true);
    expect(isOutside(659, 1_000, 0.6, relative)).toBe(false);
    expect(isOutside(539, 1_000, 0.6, relative)).toBe(true);
  });

  test('holds its own edge', () => {
    expect(isOutside(750, 1_000, 0.5, { band: 0.25, bandKind: 'absolute' })).toBe(false);
    expect(isOutside(750, 1_000, 0.5, { band: 0.5, bandKind: 'relative' })).toBe(false);
  });

  test('of a coin that should not be held is left by any holding, when relative', () => {
    expect(isOutside(1, 1_000, 0, relative)).toBe(true);
    expect(isOutside(0, 1_000, 0, relative)).toBe(false);
  });

  test('is never left in an account without equity', () => {
    expect(isOutside(100, 0, 0.5, absolute)).toBe(false);
    expect(isOutside(100, -50, 0.5, relative)).toBe(false);
  });

  test('as a share of equity is itself, or itself times the weight', () => {
    expect(bandOfEquity(0.6, absolute)).toBe(0.05);
    expect(bandOfEquity(0.6, relative)).toBeCloseTo(0.06, 12);
  });
});
