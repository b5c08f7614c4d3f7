import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { checkDocumentSchema, newDocumentSchema } from '../../src/cli/documents.ts';
import { KEDGE, kedge } from '../support/kedge.ts';

// A folder outside the clone, as a user has one.
const cwd = mkdtempSync(join(tmpdir(), 'kedge-new-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('kedge new', () => {
  test('writes a strategy that passes its own test, is sound, and runs', async () => {
    const made = await kedge(['new', 'my-idea', '--json'], { cwd });
    expect(made.code).toBe(0);
    const document = newDocumentSchema.parse(JSON.parse(made.stdout));
    expect(document.files).toEqual(['my-idea.ts', 'my-idea.test.mjs', 'tsconfig.json']);
    expect(document.commands).toEqual(['kedge check ./my-idea.ts', 'node --test my-idea.test.mjs', 'kedge run ./my-idea.ts']);

    const tested = await promisify(execFile)(process.execPath, ['--test', 'my-idea.test.mjs'], { cwd });
    expect(tested.stdout).toMatch(/pass 3\b/);

    const checked = await kedge(['check', './my-idea.ts', '--json', '--to', '2021-12-31'], { cwd });
    expect(checked.code).toBe(0);
    const { checks } = checkDocumentSchema.parse(JSON.parse(checked.stdout));
    expect(checks.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);

    const run = await kedge(['run', './my-idea.ts', '--no-report', '--to', '2021-12-31'], { cwd });
    expect(run.code).toBe(0);
  });

  test('quotes a path with spaces in the commands that it offers', async () => {
    const { stdout } = await kedge(['new', 'my-idea', '--into', "an idea's folder"], { cwd });
    expect(stdout).toContain(`kedge check './an idea'\\''s folder/my-idea.ts'`);
    expect(stdout).toContain(`node --test 'an idea'\\''s folder/my-idea.test.mjs'`);
  });

  test('never writes over a file, and then writes none', async () => {
    writeFileSync(join(cwd, 'taken.test.mjs'), 'mine');
    const { code, stderr } = await kedge(['new', 'taken'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch('[file-exists] taken.test.mjs is already there');
    expect(existsSync(join(cwd, 'taken.ts'))).toBe(false);
    expect(readFileSync(join(cwd, 'taken.test.mjs'), 'utf8')).toBe('mine');
  });

  test.skipIf(process.platform === 'win32')('keeps no half of a file that the system cuts', async () => {
    const program = `"${process.execPath}" "${KEDGE}" new cut-short --into cut`;
    const run = promisify(execFile)('sh', ['-c', `ulimit -f 1; ${program}`], { cwd });
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('[output-not-writable]') });
    expect(readdirSync(join(cwd, 'cut'))).toEqual([]);
  });

  test('a name that cannot be one is wrong usage, with one that can', async () => {
    const { code, stderr } = await kedge(['new', 'My Idea.ts'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch('for example my-idea');
  });
});
