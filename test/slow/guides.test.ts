import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { blocksOf, commandsOf, runShown, writeShownFiles } from '../support/page.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

// Each page in a folder of its own, outside the clone, and in its order: what it shows is written when its first command has run, since
// `kedge new` writes over nothing.
describe.each(['docs/first-strategy.md', 'docs/cookbook.md'])('%s', (page) => {
  const blocks = blocksOf(page);
  const folder = mkdtempSync(join(tmpdir(), 'kedge-guide-'));
  folders.push(folder);

  test.each(commandsOf(blocks).map((command, k) => [command, k] as const))('`%s` works as written', async (command, k) => {
    await runShown(command, folder);
    if (k === 0) writeShownFiles(blocks, folder);
  });
});

test('the look-back that docs/first-strategy.md tells to shorten is found', async () => {
  const { text } = blocksOf('docs/first-strategy.md').find(({ file }) => file === 'dip-buyer.ts')!;
  const folder = mkdtempSync(join(tmpdir(), 'kedge-guide-'));
  folders.push(folder);
  writeFileSync(join(folder, 'dip-buyer.ts'), text.replace('lookbackDays: days', 'lookbackDays: 2'));
  const failure = await runShown('npx kedge check ./dip-buyer.ts --param discount=0', folder).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 3, stdout: expect.stringMatching(/FOUND warm-up/) });
});
