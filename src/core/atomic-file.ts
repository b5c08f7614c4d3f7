import { rmSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

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
