import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { claimsDocumentSchema } from '../../src/cli/documents.ts';
import { kedge } from '../support/kedge.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kedge-claims-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('kedge claims', () => {
  test('prints one document with all claims, and writes the page', async () => {
    const { code, stdout, stderr } = await kedge(['claims', '--json', '--from', '2021-01-01', '--to', '2021-12-31'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch('reports/claims.html');
    const { claims } = claimsDocumentSchema.parse(JSON.parse(stdout));
    expect(claims).toHaveLength(39);
    expect(readFileSync(join(cwd, 'reports', 'claims.html'), 'utf8')).toMatch('claim by claim');
  });
});
