import { withCatalog } from '../catalog-write.ts';
import { readCatalog } from '../load/catalog.ts';
import { openable } from '../load/openable.ts';
import { type Copied, type CopyOptions, copySeries } from '../write/copy.ts';

/**
 * Adds every series of one catalog to another.
 *
 * @param into - begun, with the name and notes of the first, if it is none
 * @throws {DataError} as `readCatalog`, `copySeries` and `withCatalog`
 */
export async function importCatalog(
  directory: string,
  into: string,
  options: Omit<CopyOptions, 'by' | 'period'>,
): Promise<Copied> {
  const source = await readCatalog(directory);
  const { name, synthetic, notes, series } = source;
  const head = { name, kind: synthetic ? 'synthetic' : 'real', ...(notes !== null && { notes }) } as const;
  const chosen = series.map((each) => ({ series: each, step: each.step }));
  const period = { from: -Infinity, to: Infinity };
  return withCatalog(into, head, (writer) =>
    openable(source.directory, () => copySeries(source, chosen, writer, { ...options, period, by: 'import' })),
  );
}
