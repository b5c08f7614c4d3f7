import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';

/** One line of measure.ts. */
type Figures = Readonly<Record<string, number>> & { readonly name: string };

// Beside the built modules, from where the package and its dependencies are found.
const bundle = join(ROOT, 'dist', 'bench.mjs');

// Bundled as users run it, in a process of its own: a test runner's transform turns imported names into property accesses.
beforeAll(async () => {
  await build({
    entryPoints: [join(ROOT, 'test/bench/measure.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    minifySyntax: true,
    outfile: bundle,
  });
});
afterAll(() => rmSync(bundle));

function measure(what: string): Figures[] {
  const output = execFileSync(process.execPath, ['--expose-gc', bundle, what], { encoding: 'utf8', cwd: ROOT });
  const figures = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Figures);
  console.log(output);
  return figures;
}

describe('against the bare loop, in one process and in turn', () => {
  test('ratios on W2 and W3 are printed; none is out of proportion', () => {
    const ratios = measure('ratios');
    expect(ratios).toHaveLength(8);
    // The goals are in docs/performance.md with what was measured; these bounds catch what falls behind that by half.
    for (const { name, ratio } of ratios) expect(ratio, name).toBeLessThan(name.includes('full') ? 25 : 8);
  });

  test('four times the bars take at most 4.3 times as long', () => {
    expect(measure('growth')[0]!['ratio']).toBeLessThan(4.3 * 1.25);
  });

  test('tax costs W2 at most half of its time without tax', () => {
    expect(measure('tax')[0]!['ratio']).toBeLessThan(1.5);
  });

  test('a lean parameter set of W3 keeps less than 64 KB', () => {
    expect(measure('memory')[0]!['bytesPerSet']).toBeLessThan(64 * 1024);
  });

  test('other strategies in the same process slow the kernel by less than 1.3', () => {
    expect(measure('mixed')[0]!['slowdown']).toBeLessThan(1.3 * 1.15);
  });
});
