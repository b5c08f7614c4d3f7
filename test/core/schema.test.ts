import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseSource } from '../../src/core/document.ts';
import { ConfigError, type Fault } from '../../src/core/errors.ts';
import { check, pathText } from '../../src/core/schema.ts';

const schema = z.strictObject({
  from: z.string(),
  account: z.strictObject({ leverage: z.number().positive().max(10), margin: z.enum(['cross', 'isolated']) }),
  venue: z.union([z.string(), z.strictObject({ preset: z.string(), impact: z.number().optional() })]).optional(),
  lots: z.array(z.strictObject({ asset: z.string() })).optional(),
});

function faultsIn(text: string): readonly Fault[] {
  const source = parseSource(text, 'x.yaml');
  const checked = check(schema, source.value, source.place, 'the file');
  return checked.ok ? [] : checked.faults;
}

describe('a checked file', () => {
  test('gives the value when nothing is wrong', () => {
    expect(check(z.number(), 3)).toEqual({ ok: true, value: 3 });
    expect(faultsIn('from: a\naccount: { leverage: 2, margin: cross }')).toEqual([]);
  });

  test('says what is missing, at the place that should hold it', () => {
    expect(faultsIn('account:\n  margin: cross\nfrom: a')).toEqual([
      { message: 'account.leverage: is missing', at: { file: 'x.yaml', line: 2, column: 3 } },
    ]);
  });

  test('says what was expected and what was found', () => {
    expect(faultsIn('from: 3\naccount: { leverage: 0, margin: cross }')).toEqual([
      { message: 'from: expected a string, found 3', at: { file: 'x.yaml', line: 1, column: 7 } },
      { message: 'account.leverage: expected more than 0, found 0', at: { file: 'x.yaml', line: 2, column: 22 } },
    ]);
  });

  test('offers the nearest key and the nearest word', () => {
    expect(faultsIn('from: a\naccount: { levrage: 1, leverage: 1, margin: corss }\nzzzzzzzz: 1')).toEqual([
      { message: 'account has no key "levrage". Did you mean "leverage"?', at: { file: 'x.yaml', line: 2, column: 12 } },
      { message: 'account.margin: "corss" is not known. Did you mean "cross"?', at: { file: 'x.yaml', line: 2, column: 45 } },
      {
        message: 'the file has no key "zzzzzzzz". Known: from, account, venue, lots.',
        at: { file: 'x.yaml', line: 3, column: 1 },
      },
    ]);
  });

  test('judges a value of several forms by the form that was meant', () => {
    const rest = 'from: a\naccount: { leverage: 1, margin: cross }\n';
    expect(faultsIn(`${rest}venue: { preset: x, impct: 1 }`).map(({ message }) => message)).toEqual([
      'venue has no key "impct". Did you mean "impact"?',
    ]);
    expect(faultsIn(`${rest}venue: [1]`).map(({ message }) => message)).toEqual([
      'venue: expected a string or a map of keys, found a list',
    ]);
  });

  test('judges a value of equal forms by the one that has a key near to the unknown one', () => {
    const forms = z.union([
      z.strictObject({ date: z.string(), amount: z.number() }),
      z.strictObject({ every: z.string(), amount: z.number() }),
    ]);
    const checked = check(forms, { eveyr: 'month', amount: 1 }, undefined, 'the flow');
    expect(checked.ok ? [] : checked.faults.map(({ message }) => message)).toEqual([
      'every: is missing',
      'the flow has no key "eveyr". Did you mean "every"?',
    ]);
  });

  test('names the place inside lists', () => {
    expect(faultsIn('from: a\naccount: { leverage: 1, margin: cross }\nlots:\n  - { asset: BTC }\n  - { asset: 7 }')).toEqual([
      { message: 'lots[1].asset: expected a string, found 7', at: { file: 'x.yaml', line: 5, column: 14 } },
    ]);
  });

  test('an empty file is one fault', () => {
    expect(faultsIn('')).toMatchObject([{ message: 'the file: expected a map of keys, found null' }]);
  });
});

describe('a file that is not YAML', () => {
  test('is refused with line and column', () => {
    expect(() => parseSource('a: 1\nb: [1, 2\nc: 3\n', 'x.yaml')).toThrow(ConfigError);
    expect(() => parseSource('a: 1\na: 2\n', 'x.yaml')).toThrow(/x\.yaml is not valid YAML: Map keys must be unique/);
  });

  test('tells every fault when there are several', () => {
    try {
      parseSource('a: 1\na: 2\nb: 1\nb: 2\n', 'x.yaml');
      expect.unreachable();
    } catch (error) {
      expect((error as ConfigError).faults.map(({ at }) => at?.line)).toEqual([2, 4]);
    }
  });

  test('JSON is read too, with places', () => {
    const source = parseSource('{\n  "a": { "b": 1 }\n}', 'x.json');
    expect(source.value).toEqual({ a: { b: 1 } });
    expect(source.place(['a', 'b'])).toEqual({ file: 'x.json', line: 2, column: 15 });
    expect(source.place(['a', 'b'], 'key')).toEqual({ file: 'x.json', line: 2, column: 10 });
  });
});

test('a path is written as one would type it', () => {
  expect(pathText(['account', 'lots', 0, 'cost'])).toBe('account.lots[0].cost');
});
