import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { asKedgeError } from '../../src/cli/errors.ts';
import { writtenCodes, type CodeUse } from '../support/codes.ts';
import { ROOT } from '../support/modules.ts';

/** What the operating system may refuse; these codes come from a table of src/cli/errors.ts. */
const SYSTEM_ERRORS = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EISDIR', 'EEXIST', 'ENOTDIR'];

const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
const [beforeNotices = '', notices = ''] = page.split(/^# Notices$/m);
const findings = /^## What `data check` looks for$.*?(?=^## )/ms.exec(beforeNotices)?.[0] ?? '';
const errors = beforeNotices.replace(findings, '');

describe('docs/errors.md', () => {
  let written: readonly CodeUse[];
  beforeAll(() => {
    written = writtenCodes();
  }, 60_000);

  const codesOf = (kind: CodeUse['kind']): string[] => [
    ...new Set(written.filter((use) => use.kind === kind).flatMap(({ code }) => code ?? [])),
  ];

  test('names every error code, and none that is gone', () => {
    const fromSystem = SYSTEM_ERRORS.map((code) => asKedgeError(Object.assign(new Error(code), { code })).code);
    const codes = new Set([...codesOf('error'), ...fromSystem]);
    expect(documentedIn(errors).toSorted()).toEqual([...codes].toSorted());
  });

  test('names every notice code, and none that is gone', () => {
    expect(documentedIn(notices).toSorted()).toEqual(codesOf('notice').toSorted());
  });

  test('names every finding of `data check`, and none that is gone', () => {
    const own = codesOf('finding').filter((code) => !codesOf('error').includes(code));
    expect(documentedIn(findings).toSorted()).toEqual(own.toSorted());
  });

  test('can be complete, since every code stands where it is raised', () => {
    expect(written.filter(({ code }) => code === null).map(({ at }) => at)).toEqual([]);
  });

  test('codes are lower-case words joined by hyphens', () => {
    expect(written.filter(({ code }) => code !== null && !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });
});

// A code is the first cell of a row: | `interval-unknown` | … |
function documentedIn(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code!);
}
