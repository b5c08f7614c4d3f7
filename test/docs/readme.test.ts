import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';
import { blocksOf, commandsOf, runShown, writeShownFiles } from '../support/page.ts';

const run = promisify(execFile);
const blocks = blocksOf('README.md');
const commands = commandsOf(blocks);

describe('the README', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kedge-readme-'));
    writeShownFiles(blocks, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('begins with the two commands of a fresh clone', () => {
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  });

  test('`npm run demo` ends with the path of a report that is there', async () => {
    const { stdout } = await run('npm', ['run', '--silent', 'demo'], { cwd: ROOT });
    const last = stdout.trimEnd().split('\n').at(-1)!;
    expect(last).toMatch(/\.html$/);
    expect(existsSync(resolve(ROOT, last.trim()))).toBe(true);
  });

  // In the order of the page and in one folder: later commands use what earlier ones made.
  test.each(commands.slice(2))('`%s` works as written', async (command) => {
    await runShown(command, folder);
  });
});
