import { describe, expect, test } from 'vitest';
import { exactly, verdictOf } from '../../../src/analysis/claims/verdict.ts';

describe('verdictOf', () => {
  const effect = (low: number, high: number) => ({ effect: (low + high) / 2, low, high });

  test('the whole interval beyond the threshold supports or contradicts', () => {
    expect(verdictOf(effect(0.1, 0.3), 0, 'above')).toBe('supported');
    expect(verdictOf(effect(0.1, 0.3), 0, 'below')).toBe('contradicted');
    expect(verdictOf(effect(-0.3, -0.1), 0, 'below')).toBe('supported');
    expect(verdictOf(effect(0.1, 0.3), 0.2, 'above')).toBe('inconclusive');
    expect(verdictOf(effect(0, 0.3), 0, 'above')).toBe('inconclusive');
  });

  test('a count has an interval of no width', () => {
    expect(verdictOf(exactly(3), 2, 'above')).toBe('supported');
    expect(verdictOf(exactly(2), 2, 'above')).toBe('inconclusive');
  });

  test('regimes that answer significantly and differently make it conditional', () => {
    const up = { regime: 'up', ...effect(0.1, 0.2) };
    const down = { regime: 'down', ...effect(-0.2, -0.1) };
    expect(verdictOf({ ...effect(0.01, 0.02), regimes: [up, down] }, 0, 'above')).toBe('conditional');
    expect(verdictOf({ ...effect(0.01, 0.02), regimes: [up, { regime: 'down', ...effect(-0.2, 0.1) }] }, 0, 'above')).toBe(
      'supported',
    );
  });

  test('nothing measured and no interval say so', () => {
    expect(verdictOf(null, 0, 'above')).toBe('not testable here');
    expect(verdictOf({ effect: 1, low: null, high: null }, 0, 'above')).toBe('inconclusive');
  });
});
