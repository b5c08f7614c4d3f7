import { rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

// What `replaceAtomically` calls its temporary files: the process, and which of its files.
const TEMPORARY = /\.(\d+)-\d+\.tmp$/;

const unfinished = new Set<string>();
let serial = 0;

/**
 * Writes a file (or directory) under a temporary name beside `path` and renames it when it is complete: a reader never sees half of it.
 *
 * @param write - makes the file at the name it is given; what it leaves there on failure is removed
 */
export async function replaceAtomically(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${process.pid}-${serial++}.tmp`;
  unfinished.add(temporary);
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
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
