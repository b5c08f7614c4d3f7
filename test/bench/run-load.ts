import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../support/modules.ts';

/** What reading minute bars took in one form. */
export interface LoadFigures {
  readonly ms: number;
  readonly columnsMb: number;
  /** Highest memory while reading, over what there was before, as a multiple of the columns that were read. */
  readonly peakToColumns: number;
  /** To be compared: the sum of the last closes. */
  readonly closes: number;
}

/** Writes minute bars of some assets as CSV and Parquet, and reads them in every form, each in a process of its own, in one go. */
export async function measureLoad(
  assets: number,
  bars: number,
): Promise<Readonly<Record<'csv' | 'parquet' | 'cache', LoadFigures>>> {
  const directory = mkdtempSync(join(tmpdir(), 'kedge-load-'));
  // Beside the built modules, from where the package's dependencies are found.
  const bundle = join(ROOT, 'dist', `bench-load-${process.pid}-${assets}.mjs`);
  await build({
    entryPoints: [join(ROOT, 'test/bench/measure-load.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: bundle,
  });
  const run = (what: string, last: string) =>
    execFileSync(process.execPath, ['--expose-gc', bundle, what, directory, String(assets), last], {
      encoding: 'utf8',
      cwd: ROOT,
    });
  try {
    run('make', String(bars));
    const figures = (form: string) => JSON.parse(run('read', form)) as LoadFigures;
    const [csv, parquet] = [figures('csv'), figures('parquet')];
    figures('fill');
    const cache = figures('cache');
    console.log(`${assets} × ${bars} bars: ${JSON.stringify({ csv, parquet, cache }, null, 1)}`);
    return { csv, parquet, cache };
  } finally {
    rmSync(bundle, { force: true });
    rmSync(directory, { recursive: true });
  }
}
