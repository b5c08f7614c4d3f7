import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { CATALOG_FILE } from '../load/catalog.ts';

/** What there is to import: another catalog, or files. */
export type Found =
  | { readonly kind: 'catalog'; readonly directory: string }
  | { readonly kind: 'files'; readonly files: readonly { readonly path: string; readonly file: string }[] };

/** Names that a folder is searched for; what is no table under such a name is refused with advice when it is read. */
const TABLES = /\.(csv|txt|tsv|parquet|feather)(\.gz)?$/i;

/**
 * Finds the files below a path, in the order of their names.
 *
 * @param given - the path as it was typed, for messages
 * @throws {DataError} `file-not-found`, `import-nothing`
 */
export async function findImport(path: string, given: string): Promise<Found> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) {
    throw new DataError('file-not-found', `${given} is not there`, { hint: 'check the path', at: { file: path } });
  }
  if (!there.isDirectory()) return { kind: 'files', files: [{ path, file: basename(path) }] };
  const names = (await readdir(path, { recursive: true })).toSorted();
  if (names.includes(CATALOG_FILE)) return { kind: 'catalog', directory: path };
  const files = names
    .filter((name) => TABLES.test(name))
    .map((name) => ({ path: join(path, name), file: relative(path, join(path, name)) }));
  if (files.length > 0) return { kind: 'files', files };
  throw new DataError('import-nothing', `${given} holds neither a catalog nor a file of CSV or Parquet`, {
    hint: 'unpack archives first; names end in .csv, .txt, .tsv, .csv.gz or .parquet',
    at: { file: path },
  });
}
