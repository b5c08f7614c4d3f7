import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { discardLeftovers, writeFileAtomically } from '../core/atomic-file.ts';
import { DataError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { type Lock, takeLock } from '../core/lock.ts';
import { NewFiles } from '../core/new-files.ts';
import { CATALOG_FILE, parseCatalog, readCatalog } from './load/catalog.ts';
import { type CatalogEntry, IDENTITY } from './load/catalog-schema.ts';

/** What a catalog says of itself. */
export interface CatalogHead {
  readonly name: string;
  readonly kind: 'real' | 'synthetic';
  readonly notes?: string;
}

interface Content extends CatalogHead {
  readonly series: readonly CatalogEntry[];
}

const LOCK_FILE = '.kedge-lock';

/** A catalog that nobody else writes at the moment. */
export class CatalogWriter {
  readonly directory: string;
  readonly #lock: Lock;
  /** Since the last `put`. */
  readonly #written = new NewFiles();
  #content: Content;

  constructor(directory: string, content: Content, lock: Lock) {
    this.directory = directory;
    this.#content = content;
    this.#lock = lock;
  }

  /** The series as catalog.json has them at the moment. */
  get series(): readonly CatalogEntry[] {
    return this.#content.series;
  }

  /**
   * Writes one data file, whole or not at all.
   *
   * @param file - relative to the catalog
   * @returns its sha256
   * @throws {DataError} `catalog-file-outside`; `catalog-locked` if the lock was lost
   */
  async writeFile(file: string, content: string | Uint8Array): Promise<string> {
    const inside = relative(this.directory, resolve(this.directory, file));
    if (isAbsolute(file) || inside === '' || inside.split(/[\\/]/, 1)[0] === '..') {
      throw new DataError('catalog-file-outside', `${file} would lie outside of the catalog ${this.directory}`, {
        hint: 'name files relative to the catalog, inside of it',
      });
    }
    await this.#mustHold();
    await this.#written.write(join(this.directory, file), content);
    return sha256(content);
  }

  /**
   * Puts series into the catalog: one of the same identity (symbol, kind, contract, venue, quote, interval) is replaced where it
   * stands, others come at the end. Their files must have been written before.
   *
   * @param arrange - brings the series into another order
   * @throws {DataError} `catalog-invalid` when the result would be none: then nothing is written
   */
  async put(entries: readonly CatalogEntry[], arrange: (series: CatalogEntry[]) => CatalogEntry[] = (all) => all): Promise<void> {
    const series = [...this.#content.series];
    for (const entry of entries) {
      const place = series.findIndex((other) => identityOf(other) === identityOf(entry));
      if (place < 0) series.push(entry);
      else series[place] = entry;
    }
    const content = { ...this.#content, series: arrange(series) };
    const text = `${JSON.stringify(content, null, 2)}\n`;
    parseCatalog(text, this.directory);
    await this.#mustHold();
    await writeFileAtomically(join(this.directory, CATALOG_FILE), text);
    this.#content = content;
    this.#written.keep();
  }

  /** Removes new files that no `put` has named, unless another process may be writing them by now. */
  async discard(): Promise<void> {
    if (await this.#lock.isHeld()) await this.#written.discard();
  }

  async #mustHold(): Promise<void> {
    if (!(await this.#lock.isHeld())) throw lockedError(this.directory, 'another process, which took the lock over');
  }
}

/** What tells an entry from the others of its catalog, as one text. */
export function identityOf(entry: CatalogEntry): string {
  const derivative = entry.kind === 'perpetual' || entry.kind === 'future';
  const identity = { ...entry, contract: derivative ? (entry.contract ?? 'linear') : null };
  return JSON.stringify(IDENTITY.map((key) => identity[key] ?? null));
}

/**
 * Opens a catalog for writing, or begins one, and keeps other writers out until the work is done. Work that fails leaves no new files but
 * those of series that it has put into the catalog.
 *
 * @param directory - made if it is missing; its catalog.json comes with the first `put`
 * @param head - of a catalog that is begun; one that is there keeps its own name and notes
 * @throws {DataError} `catalog-locked`, `catalog-invalid`; `catalog-kind-differs` when real data would mix with synthetic
 */
export async function withCatalog<T>(
  directory: string,
  head: CatalogHead,
  work: (writer: CatalogWriter) => Promise<T>,
): Promise<T> {
  const whole = resolve(directory);
  const taken = await takeLock(join(whole, LOCK_FILE));
  if (!taken.ok) {
    const { owner } = taken;
    throw lockedError(directory, owner === null ? 'another process' : `process ${owner.pid} on ${owner.host}`);
  }
  try {
    await discardLeftovers(whole);
    const writer = new CatalogWriter(whole, await contentOf(whole, head), taken.lock);
    return await work(writer).catch(async (error: unknown) => {
      await writer.discard();
      throw error;
    });
  } finally {
    await taken.lock.release();
  }
}

async function contentOf(directory: string, head: CatalogHead): Promise<Content> {
  const file = join(directory, CATALOG_FILE);
  try {
    const { name, synthetic, notes } = await readCatalog(directory);
    const kind = synthetic ? 'synthetic' : 'real';
    if (kind !== head.kind) {
      throw new DataError('catalog-kind-differs', `${directory} is a catalog of ${kind} data, these are ${head.kind}`, {
        hint: 'choose another directory: a market is real or made up, not both',
        at: { file },
      });
    }
    const { series } = JSON.parse(await readFile(file, 'utf8')) as Content;
    return { name, kind, ...(notes !== null && { notes }), series };
  } catch (error) {
    const missing = error instanceof DataError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
    if (missing) return { ...head, series: [] };
    if (!(error instanceof SyntaxError)) throw error;
    throw new DataError('catalog-not-json', `${file} is YAML: it can be read, but adding to it would lose its comments`, {
      hint: 'rewrite it as JSON, or choose another directory',
      at: { file },
      cause: error,
    });
  }
}

function lockedError(directory: string, by: string): DataError {
  return new DataError('catalog-locked', `${directory} is being written by ${by}`, {
    hint: `wait for it to end; if nothing writes there any more, delete ${join(directory, LOCK_FILE)}`,
    at: { file: join(directory, LOCK_FILE) },
  });
}
