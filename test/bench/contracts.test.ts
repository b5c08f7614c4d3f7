import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';

const bundle = join(ROOT, 'dist', 'bench-contracts.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(ROOT, 'test/bench/measure-contracts.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: bundle },
  });
});
afterAll(() => rmSync(bundle));

test('the ratio of W2 with a perpetual per asset to W2, per instrument and bar, is printed; it is not out of proportion', () => {
  const output = execFileSync(process.execPath, [bundle], { encoding: 'utf8', cwd: ROOT });
  console.log(output);
  // The goal is 1.5 on a quiet machine; this bound only catches what breaks it by far.
  expect((JSON.parse(output) as { ratio: number }).ratio).toBeLessThan(2.5);
});
