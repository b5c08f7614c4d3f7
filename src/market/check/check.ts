import { type CatalogSeries, readCatalog } from '../load/catalog.ts';
import { findAcross } from './across.ts';
import { checkFile, type Life } from './check-file.ts';
import { catalogFiles } from './files.ts';
import type { Calendar, CheckReport, Finding } from './finding.ts';
import type { Priced } from './priced.ts';

/** How a check reports on its way. */
export interface CheckOptions {
  /** Called before each file and awaited: to draw progress, or to stop the work by throwing. */
  readonly onFile?: (file: string, done: number, total: number) => void | Promise<void>;
}

/**
 * Looks through every file of a catalog: is it there, is it the one the catalog means (sha256), is it sound (header, numbers, order,
 * duplicates, ranges), does what it says look like a market (gaps, jumps, wicks, standstill, volume, funding), and do the files of an
 * asset agree (quote currency, clock, prices, basis).
 *
 * @throws {DataError} as `readCatalog`; what is wrong in the files is reported, not thrown
 */
export async function checkCatalog(directory: string, { onFile }: CheckOptions = {}): Promise<CheckReport> {
  const catalog = await readCatalog(directory);
  const files = catalogFiles(catalog);
  const lives = new Map<string, Life>();
  const findings: Finding[] = [];
  const calendars: Calendar[] = [];
  const priced: Priced[] = [];
  for (const [done, file] of files.entries()) {
    await onFile?.(file.file, done, files.length);
    const checked = await checkFile(catalog, file, lives);
    findings.push(...checked.findings);
    calendars.push({
      file: file.file,
      role: file.role,
      symbol: file.series.symbol,
      venue: file.series.venue,
      extent: checked.extent,
    });
    if (checked.priced) priced.push(checked.priced);
  }
  findings.push(...findAcross(priced), ...catalog.series.filter((each) => !isPaid(each, catalog.series)).map(unpaidFinding));
  return {
    name: catalog.name,
    synthetic: catalog.synthetic,
    series: catalog.series.length,
    files: files.length,
    findings,
    calendars,
  };
}

function isPaid({ kind, funding, fundingFrom }: CatalogSeries, all: readonly CatalogSeries[]): boolean {
  if (kind !== 'perpetual' || funding !== null) return true;
  return all.some((payer) => payer.symbol === fundingFrom && payer.funding !== null);
}

function unpaidFinding({ symbol, venue, file, place }: CatalogSeries): Finding {
  return {
    code: 'funding-none',
    severity: 'warning',
    ...{ symbol, venue, file, line: null, time: null, count: 1 },
    message: `the perpetual has no funding (catalog.json, line ${place.line ?? '?'})`,
    hint: 'name its file as "funding"; a run that holds it stops, unless account.missingFunding says otherwise',
  };
}
