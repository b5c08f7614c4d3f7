import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseSource } from '../../src/core/document.ts';
import { ConfigError, UsageError } from '../../src/core/errors.ts';
import { defineStrategy } from '../../src/strategy/define.ts';
import { readParams, splitParams, typedParams } from '../../src/strategy/params.ts';

const strategy = defineStrategy({
  name: 'band',
  summary: 'A strategy of the tests.',
  params: z.object({
    band: z.number().positive().default(0.05),
    every: z.enum(['month', 'year']).default('month'),
    label: z.string().optional(),
    deep: z.boolean().optional(),
    weights: z.record(z.string(), z.number()).optional(),
  }),
  needs: () => ({ symbols: [] }),
  setup: () => ({}),
});

describe('parameters', () => {
  test('take their defaults', () => {
    expect(readParams(strategy, { band: 0.1 })).toEqual({ band: 0.1, every: 'month' });
  });

  test('do not change: objects and arrays are frozen, what a schema makes of other classes stays as it is', () => {
    const columns = defineStrategy({
      ...strategy,
      params: z.object({
        weights: z.record(z.string(), z.number()).default({ BTC: 0.6 }),
        levels: z
          .array(z.number())
          .default([1, 2])
          .transform((levels) => Float64Array.from(levels)),
      }),
    });
    const params = readParams(columns, {});
    expect(Object.isFrozen(params.weights)).toBe(true);
    expect(params.levels).toEqual(Float64Array.of(1, 2));
  });

  test('are refused together, each with its place, unknown names with the nearest', () => {
    const source = parseSource('bnad: 0.1\nevery: week\nband: -1\n', 'x.yaml');
    try {
      readParams(strategy, source.value as Record<string, unknown>, { locate: source.place });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).faults).toEqual([
        { message: 'band has no key "bnad". Did you mean "band"?', at: { file: 'x.yaml', line: 1, column: 1 } },
        { message: 'band.every: "week" is not known. Known: month, year.', at: { file: 'x.yaml', line: 2, column: 8 } },
        { message: 'band.band: expected more than 0, found -1', at: { file: 'x.yaml', line: 3, column: 7 } },
      ]);
    }
  });

  test('point to what explains them, where the strategy can be asked for', () => {
    const refusal = (use?: string): unknown => {
      try {
        return readParams(strategy, { band: -1 }, use === undefined ? {} : { use });
      } catch (error) {
        return (error as ConfigError).hint;
      }
    };
    expect(refusal('sub/band.ts')).toBe('see `kedge strategies sub/band.ts` for what it takes');
    expect(refusal()).toBeUndefined();
  });
});

describe('--param name=value', () => {
  const typed = (...flags: string[]): Record<string, unknown> => typedParams(strategy, splitParams(flags));

  test('is read by the type the schema wants', () => {
    expect(typed('band=0.03', 'every=year', 'label=007', 'deep=true', 'weights={ BTC: 0.6, ETH: 0.3 }')).toEqual({
      band: 0.03,
      every: 'year',
      label: '007',
      deep: true,
      weights: { BTC: 0.6, ETH: 0.3 },
    });
  });

  test('keeps what the schema will refuse, for the schema to explain', () => {
    expect(typed('band=wide')).toEqual({ band: 'wide' });
    expect(typed('label=a=b: [')).toEqual({ label: 'a=b: [' });
  });

  test('leaves out what the strategy has no parameter for', () => {
    expect(typed('bnd=3', 'toString=3')).toEqual({});
  });

  test('is wrong usage where the schema refuses it, whatever else is wrong', () => {
    const flags = splitParams(['band=wide', 'weights={ BTC: x }']);
    expect(() => readParams(strategy, { every: 'week', ...typedParams(strategy, flags) }, { flags })).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        code: 'param-wrong',
        faults: [
          { message: '--param band=wide: band.band: expected a number, found "wide"' },
          { message: '--param weights={ BTC: x }: band.weights.BTC: expected a number, found "x"' },
        ],
      }) as Error,
    );
  });

  test('that fits leaves the faults of the experiment where they are', () => {
    const flags = splitParams(['band=0.1']);
    const locate = () => ({ file: 'x.yaml', line: 1 });
    const given = { every: 'week', ...typedParams(strategy, flags) };
    const refused = expect.objectContaining({ code: 'params-wrong', at: { file: 'x.yaml', line: 1 } }) as Error;
    expect(() => readParams(strategy, given, { flags, locate })).toThrow(refused);
    expect(() => readParams(strategy, { bnad: 1 }, { flags: splitParams(['bnad=1']), locate })).toThrow(refused);
  });

  test.each(['band', '=3'])('%s is wrong usage', (flag) => {
    expect(() => splitParams([flag])).toThrow(expect.objectContaining({ name: 'UsageError', code: 'param-malformed' }) as Error);
  });

  test('given twice is wrong usage', () => {
    expect(() => splitParams(['band=1', 'band=2'])).toThrow(UsageError);
  });
});
