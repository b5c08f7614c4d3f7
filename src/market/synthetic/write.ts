import { join } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { NewFiles } from '../../core/new-files.ts';
import { readCatalog } from '../load/catalog.ts';
import { synthesize } from './sample.ts';

/**
 * Writes a synthetic market into a directory, its catalog last: what an interruption leaves is no catalog, what a failure leaves is nothing new.
 *
 * @returns the files, relative to the directory
 * @throws {DataError} `catalog-in-the-way` when the directory holds a catalog of anything but synthetic data
 */
export async function writeSample(directory: string, seed: number): Promise<string[]> {
  await refuseOtherCatalog(directory);
  const files = synthesize(seed);
  const written = new NewFiles();
  try {
    for (const { path, text } of files) await written.write(join(directory, path), text);
  } catch (error) {
    await written.discard();
    throw error;
  }
  return files.map(({ path }) => path);
}

async function refuseOtherCatalog(directory: string): Promise<void> {
  let cause: unknown;
  try {
    if ((await readCatalog(directory)).synthetic) return;
  } catch (error) {
    if (error instanceof DataError && error.code === 'catalog-not-found') return;
    cause = error;
  }
  throw new DataError('catalog-in-the-way', `${directory} holds a catalog that is not synthetic; nothing was written`, {
    hint: 'choose an empty directory with --out',
    at: { file: join(directory, 'catalog.json') },
    cause,
  });
}
