import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { asKedgeError } from '../../src/cli/errors.ts';
import { writtenCodes, type CodeUse } from '../support/codes.ts';
import { ROOT } from '../support/modules.ts';
import { runShown } from '../support/page.ts';

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

  test('begins with an error as it is printed', async () => {
    const shown = /^```text\n(.*?)^```$/ms.exec(page)![1]!;
    const market = `market: { catalog: ${join(ROOT, 'data')}, from: 2021-01-01, to: 2024-12-31 }`;
    const lines = [market, 'account: { cash: 1000 }', 'strategies: [hold]'];
    const folder = mkdtempSync(join(tmpdir(), 'kedge-errors-'));
    writeFileSync(join(folder, 'experiment.yaml'), [...lines, /^ {2}4 \| (.*)$/m.exec(shown)![1]!].join('\n'));
    const failure = await runShown('npx kedge compare experiment.yaml', folder).catch((error: unknown) => error);
    rmSync(folder, { recursive: true, force: true });
    expect((failure as { stderr: string }).stderr.trim()).toBe(shown.trim());
  });

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
