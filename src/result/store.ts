import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../core/hash.ts';
import { replaceDirectory, RUN_FILE, TABLE_EXTENSION } from './directory.ts';
import { packRun, unpackRun, type RunRecord } from './record.ts';
import { RESULT_SCHEMA_VERSION, type RunResult } from './run-result.ts';
import { corrupt, readSealed, sealed } from './sealed.ts';
import { readTable, writeTable, type Columns } from './table.ts';

/** What run.json holds besides the tables' names and hashes. */
interface Manifest {
  readonly record: RunRecord;
  /** sha256 by file name without `.parquet`. */
  readonly tables: Readonly<Record<string, string>>;
}

/**
 * Writes a run as a directory: run.json and one Parquet file per table (bars, and in a full record fills, gains, events). All of it or
 * nothing: it is made under a temporary name and renamed; an earlier run in `directory` is replaced.
 *
 * @throws {ConfigError} `output-not-ours` when `directory` holds anything but an earlier run or comparison
 * @throws what the operating system reports when it cannot be written (EACCES, ENOSPC, …)
 */
export async function writeRun(directory: string, result: RunResult): Promise<void> {
  await replaceDirectory(directory, (temporary) => writeRunFiles(temporary, result));
}

/** The files of `writeRun` in a directory that nobody reads yet. */
export async function writeRunFiles(directory: string, result: RunResult): Promise<void> {
  const { record, tables } = packRun(result);
  const hashes: Record<string, string> = {};
  await mkdir(directory, { recursive: true });
  for (const [name, columns] of Object.entries(tables)) {
    const bytes = writeTable(columns);
    hashes[name] = sha256(bytes);
    await writeFile(join(directory, name + TABLE_EXTENSION), bytes);
  }
  const manifest: Manifest = { record, tables: hashes };
  await writeFile(join(directory, RUN_FILE), sealed('run', RESULT_SCHEMA_VERSION, manifest));
}

/**
 * Reads a run back from its directory, equal to what was written, to the bit.
 *
 * @throws {DataError} `run-directory-missing`, `run-directory-corrupt`, `run-schema-unknown` (written by another version of kedge)
 */
export async function readRun(directory: string): Promise<RunResult> {
  const { record, tables } = (await readSealed(directory, RUN_FILE, 'run', RESULT_SCHEMA_VERSION)) as Manifest;
  const read: Record<string, Columns> = {};
  for (const [name, hash] of Object.entries(tables)) {
    const file = join(directory, name + TABLE_EXTENSION);
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw corrupt(file, 'is missing or cannot be read', cause);
    });
    if (sha256(bytes) !== hash) throw corrupt(file, 'is not what was written there');
    read[name] = await readTable(bytes);
  }
  return unpackRun(record, read);
}
