import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkDocument, readDocument } from '../../src/core/schema.ts';

const schema = z.strictObject({
  name: z.string(),
  series: z.array(z.strictObject({ symbol: z.string(), kind: z.enum(['spot', 'perpetual']) })).default([]),
  venue: z.union([z.string(), z.strictObject({ preset: z.string(), step: z.number().positive() })]).optional(),
});

function check(text: string) {
  const document = readDocument(text, 'a.yaml');
  return document.ok ? checkDocument(document.value, schema) : document;
}

function faults(text: string) {
  const reading = check(text);
  return reading.ok ? [] : reading.faults;
}

describe('reading a document', () => {
  test('JSON and YAML give the same value, defaults applied', () => {
    expect(check('{ "name": "x" }')).toEqual({ ok: true, value: { name: 'x', series: [] } });
    expect(check('name: x')).toEqual({ ok: true, value: { name: 'x', series: [] } });
  });

  test('broken syntax is placed', () => {
    expect(faults('{ "name": "x",\n  "series": [')).toMatchObject([
      { at: { line: 2 } },
      { message: 'Flow map must end with a }', at: { line: 2 } },
    ]);
    expect(faults('name: x\nname: y')).toMatchObject([{ message: 'Map keys must be unique', at: { line: 2, column: 1 } }]);
    expect(faults('name: *nothing')).toMatchObject([{ at: { file: 'a.yaml' } }]);
  });

  test('an empty text lacks everything', () => {
    expect(faults('')).toMatchObject([{ at: { line: 1, column: 1 } }]);
  });
});

describe('checking a document', () => {
  test('all faults are reported at once, each with its line, column and path', () => {
    const text = ['name: 3', 'series:', '  - symbol: BTC', '    kind: spto', '  - kind: spot', '    symbl: ETH'].join('\n');
    expect(faults(text)).toEqual([
      { message: 'name: invalid input: expected string, received number', at: { file: 'a.yaml', line: 1, column: 7 } },
      {
        message: 'series[0].kind: "spto" is not one of spot, perpetual',
        hint: 'Did you mean "spot"?',
        at: { file: 'a.yaml', line: 4, column: 11 },
      },
      { message: 'series[1].symbol: missing, expected string', at: { file: 'a.yaml', line: 5, column: 5 } },
      {
        message: 'series[1]: "symbl" is not known here',
        hint: 'Did you mean "symbol"?',
        at: { file: 'a.yaml', line: 6, column: 5 },
      },
    ]);
  });

  test('an unknown key at the top is placed and the nearest offered', () => {
    expect(faults('name: x\nvenu: binance')).toEqual([
      { message: '"venu" is not known here', hint: 'Did you mean "venue"?', at: { file: 'a.yaml', line: 2, column: 1 } },
    ]);
  });

  test('of several forms, the one that was meant complains', () => {
    expect(faults('name: x\nvenue: { preset: a, step: -1 }')).toMatchObject([
      { message: 'venue.step: too small: expected number to be >0', at: { line: 2, column: 27 } },
    ]);
    expect(faults('name: x\nvenue: [1]')).toMatchObject([{ message: 'venue: invalid input', at: { line: 2, column: 8 } }]);
    expect(faults('name: x\nvenue: { preset: 3, stp: 1 }').map(({ message }) => message)).toContain(
      'venue: "stp" is not known here',
    );
  });

  test('a wrong type where a name is expected says what was found', () => {
    expect(faults('name: x\nseries:\n  - { symbol: BTC, kind: 4 }')[0]!.message).toMatch(/series\[0\]\.kind: invalid option/);
  });
});
