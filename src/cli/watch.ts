import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { KedgeError } from '../core/errors.ts';
import { shortPath } from '../core/short-path.ts';
import { Interrupted, errorText } from './errors.ts';
import type { Terminal } from './terminal.ts';

// Editors write a file in several steps.
const SETTLED_MS = 100;

/** Names more files to watch, as soon as they are known. */
export type WatchAlso = (files: readonly string[]) => Promise<void>;

/**
 * Does `work` now and again after every change of the files it names, until Ctrl-C. A fault is told and waits for the next change.
 *
 * @param file - always watched
 * @param work - names the other files that it depends on before it takes its time over them
 * @throws {Interrupted} always, in the end
 */
export async function watching(file: string, work: (also: WatchAlso) => Promise<void>, terminal: Terminal): Promise<never> {
  let known: readonly string[] = [file];
  for (;;) {
    let seen = await stamps(known);
    try {
      await work(async (files) => {
        seen = new Map([...(await stamps(files)), ...seen]);
        known = [file, ...files];
      });
    } catch (error) {
      if (!(error instanceof KedgeError)) throw error;
      terminal.note(errorText(error, terminal.color.err));
    }
    terminal.note(`watching ${known.map(shortPath).join(', ')}; Ctrl-C ends`);
    const changed = await nextChange(known, seen, terminal.interrupted);
    if (changed === null) throw new Interrupted('what the last run wrote is kept');
    terminal.note(`\n${shortPath(changed)} changed`);
  }
}

/** The file that changed first; null after Ctrl-C. What changed since the stamps were taken counts. */
async function nextChange(
  files: readonly string[],
  seen: ReadonlyMap<string, string>,
  interrupted: AbortSignal,
): Promise<string | null> {
  const watchers: FSWatcher[] = [];
  try {
    return await new Promise<string | null>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const compare = (): void => {
        stamps(files).then((now) => {
          const changed = files.find(
            (file) => now.get(file) !== 'missing' && now.get(file) !== (seen.get(file) ?? now.get(file)),
          );
          if (changed !== undefined) resolve(changed);
        }, reject);
      };
      const later = (): void => {
        clearTimeout(timer);
        timer = setTimeout(compare, SETTLED_MS);
      };
      interrupted.addEventListener('abort', () => resolve(null), { once: true });
      if (interrupted.aborted) resolve(null);
      // Folders, not files: editors put a new file in the place of the old one.
      for (const folder of new Set(files.map((file) => dirname(file)))) {
        const names = new Set(files.filter((file) => dirname(file) === folder).map((file) => basename(file)));
        watchers.push(watch(folder, (_, name) => (name === null || names.has(name) ? later() : undefined)).on('error', reject));
      }
      later();
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

async function stamps(files: readonly string[]): Promise<Map<string, string>> {
  const entries = files.map(async (file): Promise<[string, string]> => {
    const found = await stat(file).catch(() => null);
    return [file, found === null ? 'missing' : `${found.mtimeMs} ${found.size} ${found.ino}`];
  });
  return new Map(await Promise.all(entries));
}
