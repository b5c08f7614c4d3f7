import { access, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { replaceAtomically } from '../core/atomic-file.ts';
import { ConfigError } from '../core/errors.ts';

/** The file that describes a run directory, and a directory of several. */
export const RUN_FILE = 'run.json';
export const COMPARISON_FILE = 'comparison.json';
export const TABLE_EXTENSION = '.parquet';

/**
 * Makes a directory under a temporary name and puts it in place of `directory` when it is complete.
 *
 * @param write - makes the directory at the name it is given
 * @throws {ConfigError} `output-not-ours` when `directory` holds anything but an earlier run or comparison
 */
export async function replaceDirectory(directory: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const exists = await checkReplaceable(directory);
  const target = resolve(directory);
  const previous = `${target}.previous.tmp`;
  await replaceAtomically(target, async (temporary) => {
    await write(temporary);
    if (!exists) return;
    await rm(previous, { recursive: true, force: true });
    await rename(target, previous);
  });
  await rm(previous, { recursive: true, force: true });
}

/**
 * Whether `directory` exists. What is in it will be replaced, so it may hold only what an earlier run or comparison left there.
 *
 * @throws {ConfigError} `output-not-ours`, naming the first file that is not
 */
export async function checkReplaceable(directory: string): Promise<boolean> {
  const names = await namesIn(directory);
  if (names === null) return false;
  for (const name of names) {
    if (name === RUN_FILE || name === COMPARISON_FILE || name.endsWith(TABLE_EXTENSION)) continue;
    if (await holdsRun(join(directory, name))) continue;
    throw new ConfigError('output-not-ours', `${directory} holds ${name}, which kedge did not write there`, {
      at: { file: join(directory, name) },
      hint: 'choose another directory with --out, or move that away: the directory is replaced as a whole',
    });
  }
  return true;
}

async function holdsRun(path: string): Promise<boolean> {
  return access(join(path, RUN_FILE)).then(
    () => true,
    () => false,
  );
}

async function namesIn(directory: string): Promise<string[] | null> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
