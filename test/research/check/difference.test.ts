import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/research/check/decisions.ts';
import { decisionText, describeDifference, firstDifference } from '../../../src/research/check/difference.ts';

function decision(bar: number, quantity: number, tag = 'why'): Decision {
  return { bar, time: bar, call: 'market', args: ['BTC', quantity, { tag }], place: undefined };
}

describe('firstDifference', () => {
  test('is none between equal runs, and counts tags', () => {
    expect(firstDifference([decision(1, 2)], [decision(1, 2)])).toBeUndefined();
    expect(firstDifference([decision(1, 2, 'a')], [decision(1, 2, 'b')])).toEqual({
      left: decision(1, 2, 'a'),
      right: decision(1, 2, 'b'),
    });
  });

  test('is the first one, and a decision that only one run made', () => {
    const left = [decision(1, 2), decision(3, 4)];
    expect(firstDifference(left, [decision(1, 2)])).toEqual({ left: decision(3, 4), right: undefined });
    expect(firstDifference(left, [decision(1, 2)], 2)).toBeUndefined();
  });

  test('lets numbers differ by the tolerance, and then tags that print them', () => {
    const near = decision(1, 2 * (1 + 5e-10), 'b');
    expect(firstDifference([decision(1, 2, 'a')], [near], Infinity, 1e-9)).toBeUndefined();
    expect(firstDifference([decision(1, 2)], [decision(1, 2.1)], Infinity, 1e-9)).toBeDefined();
  });

  test('decisions read like the call without its options', () => {
    expect(decisionText(decision(1, -0.5))).toBe('market("BTC", -0.5)');
    expect(decisionText(undefined)).toBe('nothing');
  });
});

describe('describeDifference', () => {
  test('speaks of the earlier decision; who decides later did nothing there', () => {
    const difference = { left: decision(5, 1), right: decision(3, 2) };
    expect(describeDifference(difference)).toEqual({ first: decision(3, 2), left: 'nothing', right: 'market("BTC", 2)' });
    expect(describeDifference({ left: decision(5, 1), right: undefined })).toMatchObject({
      first: decision(5, 1),
      right: 'nothing',
    });
  });
});
