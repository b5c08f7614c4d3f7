import { join } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { PACKAGE_ROOT } from '../core/package.ts';
import { openProgress } from './progress.ts';
import { pause, type Terminal } from './terminal.ts';

const SAMPLE = join(PACKAGE_ROOT, 'data');

/** How a command names the catalog it reads. */
export const CATALOG_POSITIONALS = {
  directory: { type: 'string', describe: 'directory with a catalog.json; default: the bundled sample' },
} as const;
export const CATALOG_OPTIONS = { catalog: { type: 'string', describe: 'the same as the directory' } } as const;

/**
 * The catalog that is meant.
 *
 * @throws {UsageError} `options-conflict` when it is named twice
 */
export function chooseCatalog(directory: string | undefined, catalog: string | undefined, terminal: Terminal): string {
  if (directory !== undefined && catalog !== undefined) {
    throw new UsageError('options-conflict', `two catalogs are named, ${directory} and --catalog ${catalog}`, {
      hint: 'leave one of them out',
    });
  }
  const chosen = directory ?? catalog;
  if (chosen === undefined) terminal.note('no directory given: the bundled, synthetic sample');
  return chosen ?? SAMPLE;
}

/** Shows a step and lets Ctrl-C in. */
export type Show = (step: string, done: number, total: number) => Promise<void>;

/**
 * Work on one file after another, with a bar on the terminal; Ctrl-C stops it between two files.
 *
 * @param kept - what an interruption leaves, for the person who pressed it
 */
export async function withProgress<T>(
  terminal: Terminal,
  work: (show: Show) => Promise<T>,
  kept = 'nothing was written',
): Promise<T> {
  const progress = openProgress(terminal);
  try {
    return await work(async (step, done, total) => {
      progress.show(step, done, total);
      await pause(terminal, kept);
    });
  } finally {
    progress.stop();
  }
}
