import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';

const run = promisify(execFile);

interface Block {
  readonly language: string;
  /** The file that the block shows, from its info string: a yaml block headed `yaml mine.yaml`. */
  readonly file: string | null;
  readonly text: string;
}

const blocks = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
  ([, language, file, text]): Block => ({ language: language!, file: file ?? null, text: text! }),
);
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''));

describe('the README', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kedge-readme-'));
    for (const { file, text } of blocks) if (file !== null) writeFileSync(join(folder, file), text);
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
    const [program, name, ...args] = command.split(' ');
    expect(`${program} ${name}`).toBe('npx kedge');
    await run(process.execPath, [join(ROOT, 'dist/kedge.js'), ...args], { cwd: folder });
  });
});
