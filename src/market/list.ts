import { DataError } from '../core/errors.ts';
import { formatInterval } from '../core/time.ts';
import { barsOf } from './bars.ts';
import { type Extent, extentOfBars, extentOfSettlements } from './extent.ts';
import { type CatalogSeries, readCatalog } from './load/catalog.ts';
import { settlementMoments } from './load/funding.ts';
import { BARS, FUNDING, OPEN_INTEREST } from './load/layout.ts';
import { SeriesReader } from './load/reader.ts';

/** What a series reaches over. */
export interface Coverage {
  /** Open of the first and of the last bar, or moment of the first and last settlement or record; UTC ms. */
  readonly from: number;
  readonly to: number;
  /** Bars, settlements or records. */
  readonly rows: number;
  /** Bars that are missing in between; 0 for settlements and records. */
  readonly missing: number;
  readonly extent: Extent;
}

/** One series of a catalog as `data list` shows it; what does not apply is null. */
export interface ListedSeries {
  readonly symbol: string;
  readonly kind: CatalogSeries['kind'];
  readonly contract: 'linear' | 'inverse' | null;
  readonly base: string;
  readonly quote: string | null;
  readonly venue: string;
  readonly interval: string | null;
  readonly file: string | null;
  /** Whether it has a mark and a funding file of its own. */
  readonly marked: boolean;
  readonly funded: boolean;
  /** Symbol (or `spot`) that it is derived from. */
  readonly derivedFrom: string | null;
  readonly expiry: number | null;
  readonly delisted: number | null;
  readonly source: string | null;
  readonly licence: string | null;
  readonly coverage: Coverage | null;
  /** Why its file cannot be used; null when it can. */
  readonly problem: string | null;
}

/** A catalog and what is in it. */
export interface CatalogListing {
  readonly name: string;
  readonly synthetic: boolean;
  readonly notes: string | null;
  readonly series: readonly ListedSeries[];
}

/** How a catalog is read for a listing. */
export interface ListOptions {
  /** Where binary caches go; null: no cache. */
  readonly cacheDir: string | null;
  /** Called before each series and awaited: to draw progress, or to stop the work by throwing. */
  readonly onSeries?: (symbol: string, done: number, total: number) => void | Promise<void>;
}

/**
 * What a catalog holds and what each series reaches over. A file that cannot be used is listed with its problem.
 *
 * @throws {DataError} as `readCatalog`
 */
export async function listCatalog(directory: string, { cacheDir, onSeries }: ListOptions): Promise<CatalogListing> {
  const { name, synthetic, notes, series } = await readCatalog(directory);
  const reader = new SeriesReader({ directory, cacheDir, verify: false });
  const listed: ListedSeries[] = [];
  for (const [done, each] of series.entries()) {
    await onSeries?.(each.symbol, done, series.length);
    listed.push(await listSeries(each, reader));
  }
  return { name, synthetic, notes, series: listed };
}

async function listSeries(series: CatalogSeries, reader: SeriesReader): Promise<ListedSeries> {
  const { symbol, kind, contract, base, venue, file, expiry, delisted, source, licence } = series;
  const known = {
    ...{ symbol, kind, contract, base, venue, file, expiry, delisted, source, licence },
    quote: series.quote === '' ? null : series.quote,
    interval: series.step === null ? null : formatInterval(series.step),
    marked: series.mark !== null,
    funded: series.funding !== null,
    derivedFrom: series.priceFrom,
  };
  try {
    return { ...known, coverage: file === null ? null : await coverageOf(series, file, reader), problem: null };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { ...known, coverage: null, problem: error.message };
  }
}

async function coverageOf(series: CatalogSeries, file: string, reader: SeriesReader): Promise<Coverage> {
  const { kind, step, stamp, sha256 } = series;
  if (kind === 'funding' || kind === 'open-interest') {
    const { time } = await reader.read(file, kind === 'funding' ? FUNDING : OPEN_INTEREST, sha256);
    const extent = kind === 'funding' ? extentOfSettlements(settlementMoments(time)) : extentOfBars({ opens: time, step: step! });
    return { from: time[0]!, to: time.at(-1)!, rows: time.length, missing: 0, extent };
  }
  const { opens } = barsOf(file, await reader.read(file, BARS, sha256), step!, stamp);
  const [from, to] = [opens[0]!, opens.at(-1)!];
  return {
    from,
    to,
    rows: opens.length,
    missing: (to - from) / step! + 1 - opens.length,
    extent: extentOfBars({ opens, step: step! }),
  };
}
