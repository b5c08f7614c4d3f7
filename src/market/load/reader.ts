import { resolve } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { sha256File } from '../../core/hash.ts';
import { identify, readCache, writeCache, type FileIdentity } from './cache.ts';
import type { Layout } from './layout.ts';
import { readSeriesFile, type SeriesFile } from './series-file.ts';

export interface ReaderOptions {
  /** The catalog's directory: files are named relative to it. */
  readonly directory: string;
  /** null: no cache. */
  readonly cacheDir: string | null;
  /** Take every file's hash again, even when its cache is fresh. */
  readonly verify: boolean;
}

/** Reads the files of one catalog, each once, from the cache where it is fresh. */
export class SeriesReader {
  readonly #options: ReaderOptions;
  readonly #files = new Map<string, Promise<SeriesFile>>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /**
   * @param expected - the sha256 that the catalog gives, if any
   * @throws {DataError} `file-not-found`, `hash-mismatch`, or what is wrong in the file
   */
  async read(file: string, layout: Layout, expected: string | null = null): Promise<SeriesFile> {
    const key = `${layout.name}:${file}`;
    const reading = this.#files.get(key) ?? this.#load(file, layout);
    this.#files.set(key, reading);
    const series = await reading;
    if (expected !== null && expected.toLowerCase() !== series.sha256) {
      throw new DataError('hash-mismatch', `${file} has sha256 ${series.sha256}, the catalog says ${expected}`, {
        hint: 'fetch the file again, or correct the hash in catalog.json if the change is yours',
        at: { file },
      });
    }
    return series;
  }

  async #load(file: string, layout: Layout): Promise<SeriesFile> {
    const { directory, cacheDir, verify } = this.#options;
    const path = resolve(directory, file);
    const identity = cacheDir === null ? undefined : await identify(path).catch(() => undefined);
    if (cacheDir === null || identity === undefined) return readSeriesFile(path, file, layout);

    const cached = await readCache(cacheDir, identity, layout);
    if (cached && (!verify || (await sha256File(path)) === cached.sha256)) return cached;
    const series = await readSeriesFile(path, file, layout);
    if (await unchanged(path, identity)) await writeCache(cacheDir, identity, layout, series);
    return series;
  }
}

async function unchanged(path: string, { size, modified }: FileIdentity): Promise<boolean> {
  const now = await identify(path);
  return now.size === size && now.modified === modified;
}
