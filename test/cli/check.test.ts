import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkDocumentSchema } from '../../src/cli/documents.ts';
import { kedge } from '../support/kedge.ts';
import { ROOT } from '../support/modules.ts';

const CHEATER = join(ROOT, 'test', 'research', 'check', 'cheaters', 'remembers.ts');
const SHORT = ['--from', '2021-01-01', '--to', '2021-12-31'];

const cwd = mkdtempSync(join(tmpdir(), 'kedge-check-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('kedge check', () => {
  test('ends with 0 for a sound strategy and prints one document', async () => {
    const { code, stdout, stderr } = await kedge(['check', 'spot-band', '--json', ...SHORT], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    const document = checkDocumentSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({ strategy: 'spot-band', verdict: 'sound' });
    expect(document.checks).toHaveLength(9);
  });

  test('ends with 3 when something is found, naming file, line and bar', async () => {
    const { code, stdout } = await kedge(['check', CHEATER, ...SHORT], { cwd });
    expect(code).toBe(3);
    expect(stdout).toMatch(`${CHEATER}:15:38 at bar 3 (2021-01-05T00:00Z) it decided market("BTC", 0.001)`);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('verdict 1 finding');
  });

  test('a file that is not there is an error', async () => {
    const { code, stdout } = await kedge(['check', './not-there.ts', '--json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'strategy-file-missing' } });
  });
});
