import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { edgesOf } from '../../../src/research/check/edges.ts';
import { describeParameters } from '../../../src/strategy/describe.ts';

describe('edgesOf', () => {
  test('goes to each bound, just inside of one that is excluded, and through choices and switches', () => {
    const params = z.object({
      band: z.number().positive().max(0.5).default(0.05),
      days: z.number().int().min(2).default(2),
      every: z.enum(['day', 'month']).default('month'),
      twoSided: z.boolean().default(false),
      weights: z.record(z.string(), z.number()).optional(),
    });
    expect(edgesOf(describeParameters(params))).toEqual([
      { name: 'band', value: 1e-6 },
      { name: 'band', value: 0.5 },
      { name: 'every', value: 'day' },
      { name: 'twoSided', value: true },
    ]);
  });
});
