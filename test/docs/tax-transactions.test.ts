import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { COLUMNS, TRANSACTION_TYPES, TYPE_WORDS } from '../../src/tax/transactions/columns.ts';
import { ROOT } from '../support/modules.ts';

const run = promisify(execFile);
const page = readFileSync(join(ROOT, 'docs/tax-transactions.md'), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, rest]) => [
  name!,
  ...rest!.split('|').map((cell) => cell.trim()),
]);

const typesText = (types: readonly string[]): string => (types.length === TRANSACTION_TYPES.length ? 'all' : types.join(', '));

test('docs/tax-transactions.md describes every column as it is read', () => {
  expect(rows.filter((row) => row.length === 4)).toEqual(
    COLUMNS.map(({ name, needed, optional, meaning }) => [name, typesText(needed), typesText(optional), meaning]),
  );
});

test('docs/tax-transactions.md describes every type of row', () => {
  expect(rows.filter((row) => row.length === 2)).toEqual(TRANSACTION_TYPES.map((type) => [type, TYPE_WORDS[type]]));
});

describe('the example of docs/tax-transactions.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kedge-tax-'));
  const [, csv] = /^```csv trades\.csv\n(.*?)^```$/ms.exec(page)!;
  writeFileSync(join(folder, 'trades.csv'), csv!);
  const commands = /^```sh\n(.*?)^```$/ms
    .exec(page)![1]!
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, ''));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(commands)('`%s` works as written', async (command) => {
    const [npx, kedge, ...args] = command.split(' ');
    expect([npx, kedge]).toEqual(['npx', 'kedge']);
    const { stdout } = await run(process.execPath, [join(ROOT, 'dist/kedge.js'), ...args], { cwd: folder });
    if (args.includes('uk')) expect(stdout).toMatch(/30-day[\s\S]*s104/);
    if (args.includes('--csv')) expect(existsSync(join(folder, 'gains.csv'))).toBe(true);
    if (args.includes('--json')) expect(JSON.parse(stdout).gains.at(-1)).toMatchObject({ class: 'exempt', lot: 4 });
  });
});
