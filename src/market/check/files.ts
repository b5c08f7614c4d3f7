import type { Catalog, CatalogSeries } from '../load/catalog.ts';
import { BARS, FUNDING, type Layout, OPEN_INTEREST } from '../load/layout.ts';

/** One file of a catalog, and what it is to the first series that names it. */
export interface CatalogFile {
  readonly file: string;
  readonly role: 'prices' | 'mark' | 'funding' | 'open-interest';
  readonly layout: Layout;
  readonly series: CatalogSeries;
  /** sha256 that the catalog gives, if any. */
  readonly expected: string | null;
}

const LAYOUTS: Readonly<Record<CatalogFile['role'], Layout>> = {
  prices: BARS,
  mark: BARS,
  funding: FUNDING,
  'open-interest': OPEN_INTEREST,
};

/** The files that a catalog names, each once: first those of the series themselves, then marks, then funding. */
export function catalogFiles({ series }: Catalog): CatalogFile[] {
  const own = series.map((each) => fileOf(each, each.file, roleOf(each), each.sha256));
  const marks = series.map((each) => fileOf(each, each.mark, 'mark', each.markSha256));
  const funding = series.map((each) => fileOf(each, each.funding, 'funding', each.fundingSha256));
  const byName = new Map<string, CatalogFile>();
  for (const each of [...own, ...marks, ...funding]) if (each && !byName.has(each.file)) byName.set(each.file, each);
  return [...byName.values()];
}

function fileOf(
  series: CatalogSeries,
  file: string | null,
  role: CatalogFile['role'],
  expected: string | null,
): CatalogFile | undefined {
  return file === null ? undefined : { file, role, layout: LAYOUTS[role], series, expected };
}

function roleOf({ kind }: CatalogSeries): CatalogFile['role'] {
  return kind === 'funding' || kind === 'open-interest' ? kind : 'prices';
}
