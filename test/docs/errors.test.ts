import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../support/codes.ts';
import { ROOT } from '../support/modules.ts';

/** Codes are looked up by what the operating system reports: in a table, not where an error is thrown. */
const TABLE_OF_CODES = 'src/cli/errors.ts';

// A code is the first cell of a row, in backticks: | `interval-unknown` | … |
const documented = [...readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code!);
const thrown = errorCodes();

describe('docs/errors.md', () => {
  test('names every code that can be thrown', () => {
    const missing = thrown.filter(({ code }) => code !== null && !documented.includes(code));
    expect(missing.map(({ code, at }) => `${code} (${at})`)).toEqual([]);
  });

  test('names no code that is gone', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
      .join('\n');
    expect(documented.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  test('names each code once', () => {
    expect(documented.filter((code, i) => documented.indexOf(code) !== i)).toEqual([]);
  });

  test('can be complete, since codes are written where they are thrown', () => {
    const hidden = thrown.filter(({ code, at }) => code === null && !at.startsWith(TABLE_OF_CODES));
    expect(hidden.map(({ at }) => at)).toEqual([]);
  });

  test('codes are lower-case words joined by hyphens', () => {
    expect(thrown.filter(({ code }) => code !== null && !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });
});
