import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareDirectory, prepareOutput } from '../../src/cli/output.ts';

const NONE: Parameters<typeof prepareOutput>[1] = { report: undefined, 'no-report': false, out: undefined };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-output-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

describe('where results go', () => {
  test('by default: reports/, named after the experiment', async () => {
    expect(await prepareOutput('Does the anchor hold?', NONE)).toEqual({
      report: join(process.cwd(), 'reports', 'does-the-anchor-hold.html'),
      runs: join(process.cwd(), 'reports', 'does-the-anchor-hold'),
    });
    expect((await prepareOutput('???', NONE)).runs).toBe(join(process.cwd(), 'reports', 'experiment'));
    expect((await prepareOutput('60/40, monthly', NONE)).runs).toBe(join(process.cwd(), 'reports', '60-40-monthly'));
    expect((await prepareOutput('名'.repeat(90), NONE)).runs).toBe(join(process.cwd(), 'reports', '名'.repeat(33)));
  });

  test('as told; nothing is left behind by making sure', async () => {
    const out = join(folder, 'a', 'b');
    const report = join(folder, 'r.html');
    expect(await prepareOutput('x', { report, 'no-report': false, out })).toEqual({ report, runs: out });
    expect(await prepareOutput('x', { report: undefined, 'no-report': true, out })).toEqual({ report: null, runs: out });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('where results cannot go is told before the work', () => {
  const refusal = (options: Partial<typeof NONE>): Promise<unknown> =>
    prepareOutput('x', { ...NONE, out: join(folder, 'runs'), ...options }).catch((error: unknown) => error);

  test('a file in the way of a directory', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ out: join(folder, 'file') })).toMatchObject({ code: 'output-not-writable' });
    expect(await refusal({ out: join(folder, 'file', 'runs') })).toMatchObject({ code: 'output-not-writable' });
    expect(await refusal({ report: join(folder, 'file', 'r.html') })).toMatchObject({ code: 'output-not-writable' });
  });

  test('a file in the way of a directory that an option names', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(prepareDirectory(join(folder, 'file', 'catalog'), '--into')).rejects.toMatchObject({
      code: 'output-not-writable',
      hint: 'choose another place with --into',
    });
    expect(await prepareDirectory(join(folder, 'new', 'catalog'), '--into')).toBe(join(folder, 'new', 'catalog'));
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('a directory in the way of a file', async () => {
    mkdirSync(join(folder, 'r.html'));
    expect(await refusal({ report: join(folder, 'r.html') })).toMatchObject({ code: 'output-not-writable' });
  });

  test('another file than a page in the way of the report: it would be lost', async () => {
    const report = join(folder, 'experiment.yaml');
    writeFileSync(report, 'name: mine\n');
    expect(await refusal({ report })).toMatchObject({ code: 'output-not-ours', at: { file: report } });
    writeFileSync(report, '<!doctype html>\n<title>an earlier report</title>');
    expect(await refusal({ report })).toMatchObject({ report });
  });

  test('a device in the way of a file: it would be replaced', async () => {
    expect(await refusal({ report: '/dev/null' })).toMatchObject({
      code: 'output-not-writable',
      message: 'cannot write to /dev/null: it is a device or a pipe, expected a file',
    });
  });

  test('a directory that holds something else', async () => {
    mkdirSync(join(folder, 'runs'));
    writeFileSync(join(folder, 'runs', 'thesis.doc'), '');
    expect(await refusal({})).toMatchObject({ code: 'output-not-ours' });
  });

  // The superuser may write anywhere.
  test.skipIf(process.getuid?.() === 0)('a directory without permission', async () => {
    chmodSync(folder, 0o555);
    expect(await refusal({})).toMatchObject({
      code: 'output-not-writable',
      message: `cannot write to ${folder}: permission denied`,
    });
  });

  test('a report inside the run directory, or wanted and not wanted', async () => {
    expect(await refusal({ report: join(folder, 'runs', 'r.html') })).toMatchObject({
      name: 'UsageError',
      code: 'report-inside-out',
    });
    expect(await refusal({ report: join(folder, 'r.html'), 'no-report': true })).toMatchObject({ code: 'options-conflict' });
  });
});
