import { rmSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from './folder.ts';

// What `replaceAtomically` calls its temporary files: the process, and which of its files.
const TEMPORARY = /\.(\d+)-\d+\.tmp$/;

const unfinished = new Set<string>();
let serial = 0;

/**
 * Writes a file (or directory) under a temporary name beside `path` and renames it when it is complete: a reader never sees half of it.
 *
 * @param write - makes the file at the name it is given; what it leaves there on failure is removed, with folders that were made for it
 * @throws what `write` throws; errors of the system name `path`, also where the system names no file (a full disk) or the temporary one
 */
export async function replaceAtomically(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${process.pid}-${serial++}.tmp`;
  const takeBack = await makeFolder(dirname(path));
  unfinished.add(temporary);
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    await takeBack();
    throw naming(path, temporary, error);
  } finally {
    unfinished.delete(temporary);
  }
}

function naming(path: string, temporary: string, error: unknown): unknown {
  if (!(error instanceof Error && 'errno' in error)) return error;
  const { path: named = path } = error as NodeJS.ErrnoException;
  return Object.assign(error, { path: named.replace(temporary, path) });
}

/** `replaceAtomically` of one file's whole content. */
export function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  return replaceAtomically(path, (temporary) => writeFile(temporary, content));
}

/** Removes what is being written at this moment; for the end of the process by a signal. */
export function discardUnfinished(): void {
  for (const temporary of unfinished) rmSync(temporary, { recursive: true, force: true });
  unfinished.clear();
}

/** Removes what other processes left half-written anywhere below a folder; only for a folder that none of them is writing to. */
export async function discardLeftovers(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of entries) {
    const [, pid] = TEMPORARY.exec(name) ?? [];
    if (pid !== undefined && Number(pid) !== process.pid) await rm(join(parentPath, name), { recursive: true, force: true });
  }
}
