import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';

test('the API reference is written without a warning: everything that is referred to is exported', async () => {
  const out = mkdtempSync(join(tmpdir(), 'kedge-api-'));
  try {
    await promisify(execFile)('npm', ['run', '--silent', 'api', '--', '--out', out], { cwd: ROOT });
    expect(existsSync(join(out, 'functions', 'defineStrategy.html'))).toBe(true);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
