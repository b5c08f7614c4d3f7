import { DataError } from '../core/errors.ts';
import { withCatalog } from './catalog-write.ts';
import { readCatalog } from './load/catalog.ts';
import { openable } from './load/openable.ts';
import { type Copied, type CopyOptions, copySeries } from './write/copy.ts';
import { type Selection, selectSeries } from './write/select.ts';

/**
 * Copies a catalog, or a part of it, into a directory that has none.
 *
 * @param directory - of the catalog
 * @param out - made if it is missing
 * @throws {ConfigError} as `selectSeries`
 * @throws {DataError} `catalog-in-the-way` when `out` has a catalog; `export-empty` when nothing is left of the selection; as
 *   `readCatalog`, `copySeries` and `withCatalog`
 */
export async function exportCatalog(
  directory: string,
  out: string,
  selection: Selection,
  options: Omit<CopyOptions, 'by'>,
): Promise<Copied> {
  const source = await readCatalog(directory);
  const chosen = selectSeries(source.series, selection);
  const { name, synthetic, notes } = source;
  const head = { name, kind: synthetic ? 'synthetic' : 'real', ...(notes !== null && { notes }) } as const;
  return withCatalog(out, head, async (writer) => {
    if (writer.series.length > 0) {
      throw new DataError('catalog-in-the-way', `${out} holds a catalog already; nothing was written`, {
        hint: 'choose another directory with --out',
        at: { file: out },
      });
    }
    const copied = await openable(source.directory, () => copySeries(source, chosen, writer, { ...options, by: 'export' }));
    if (copied.series.length > 0) return copied;
    throw new DataError('export-empty', 'no series has a row in what was asked for; nothing was written', {
      hint: 'see what is there: kedge data list',
      at: { file: directory },
    });
  });
}
