import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { targetOf, targetParams } from '../../../src/strategy/rules/target.ts';

const EXPERIMENT = { weights: { BTC: 0.6 }, band: 0.05, bandKind: 'absolute' } as const;
const schema = z.object(targetParams);

describe('a target', () => {
  test("is the experiment's where parameters are silent", () => {
    expect(targetOf(schema.parse({}), EXPERIMENT)).toEqual(EXPERIMENT);
  });

  test('is replaced part by part', () => {
    const params = schema.parse({ weights: { ETH: 1 }, bandKind: 'relative' });
    expect(targetOf(params, EXPERIMENT)).toEqual({ weights: { ETH: 1 }, band: 0.05, bandKind: 'relative' });
  });

  test('may fill the account to 1 but for rounding, and not more', () => {
    expect(schema.safeParse({ weights: { A: 0.1, B: 0.2, C: 0.7 } }).success).toBe(true);
    expect(schema.safeParse({ weights: { A: 0.6, B: 0.5 } }).success).toBe(false);
    expect(schema.safeParse({ weights: { A: -0.1 } }).success).toBe(false);
    expect(schema.safeParse({ band: 0 }).success).toBe(false);
  });
});
