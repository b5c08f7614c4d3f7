import { join } from 'node:path';
import { parseSource, type SourceDocument } from '../../core/document.ts';
import { ConfigError, DataError, type Fault, type Place } from '../../core/errors.ts';
import { check } from '../../core/schema.ts';
import { readTextFile } from '../../core/text-file.ts';
import { catalogSchema, entryFaults, type SeriesEntry, type SeriesKind } from './catalog-schema.ts';

/** The file that makes a folder a catalog. */
export const CATALOG_FILE = 'catalog.json';

/** One series of a catalog; what does not apply is null. */
export interface CatalogSeries {
  readonly symbol: string;
  readonly kind: SeriesKind;
  readonly contract: 'linear' | 'inverse' | null;
  readonly base: string;
  readonly quote: string;
  readonly venue: string;
  /** ms; null for funding series and for derived contracts, which come at any interval of what they derive from. */
  readonly step: number | null;
  /** Relative to the catalog. */
  readonly file: string | null;
  readonly stamp: 'open' | 'close';
  readonly mark: string | null;
  readonly funding: string | null;
  readonly expiry: number | null;
  /** Quote currency, at expiry, where the venue published it. */
  readonly settlement: number | null;
  readonly delisted: number | null;
  readonly priceFrom: string | null;
  readonly fundingFrom: string | null;
  readonly source: string | null;
  readonly licence: string | null;
  /** Of `file`. */
  readonly sha256: string | null;
  readonly markSha256: string | null;
  /** Of `funding`; that of a funding series is its `sha256`. */
  readonly fundingSha256: string | null;
  /** Where its entry stands in catalog.json. */
  readonly place: Place;
}

export interface Catalog {
  readonly directory: string;
  readonly name: string;
  readonly synthetic: boolean;
  readonly notes: string | null;
  readonly series: readonly CatalogSeries[];
}

/**
 * Reads and checks a catalog; all its faults are reported at once, with line and column.
 *
 * @param directory - holds catalog.json
 * @throws {DataError} `catalog-not-found`, `catalog-invalid`
 */
export async function readCatalog(directory: string): Promise<Catalog> {
  const file = join(directory, CATALOG_FILE);
  return parseCatalog(readText(file), directory);
}

/**
 * Checks the text of a catalog; all its faults are reported at once, with line and column.
 *
 * @param directory - where it lies or is to lie
 * @throws {DataError} `catalog-invalid`
 */
export function parseCatalog(text: string, directory: string): Catalog {
  const file = join(directory, CATALOG_FILE);
  const document = parseDocument(text, file);
  const locate = (path: readonly PropertyKey[], part: 'key' | 'value') => document.place(path, part);
  const reading = check(catalogSchema, document.value, locate, 'the catalog');
  if (!reading.ok) throw invalid(file, reading.faults);
  const { kind, notes = null, series } = reading.value;
  const placed = series.map((entry, index) => ({ entry, place: document.place(['series', index]) }));
  const faults = placed.flatMap(({ entry, place }, index) =>
    entryFaults(entry, series.slice(0, index), series).map(({ message, hint }) => ({
      message: `series[${index}] (${entry.symbol}): ${message}`,
      at: place,
      ...(hint !== undefined && { hint }),
    })),
  );
  if (faults.length > 0) throw invalid(file, faults);
  return {
    directory,
    name: reading.value.name,
    synthetic: kind === 'synthetic',
    notes,
    series: placed.map(({ entry, place }) => seriesOf(entry, place)),
  };
}

function readText(file: string): string {
  try {
    return readTextFile(file);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError('catalog-not-found', `${file} is not there or cannot be read`, {
      hint: 'name a directory that holds a catalog.json (market.catalog, or --catalog)',
      at: { file },
      cause,
    });
  }
}

function parseDocument(text: string, file: string): SourceDocument {
  try {
    return parseSource(text, file);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw invalid(file, error.faults.length > 0 ? error.faults : [{ message: error.message, ...(error.at && { at: error.at }) }]);
  }
}

function invalid(file: string, faults: readonly Fault[]): DataError {
  const [first] = faults;
  const message = faults.length === 1 ? first!.message : `${faults.length} faults in ${file}; the first: ${first!.message}`;
  return new DataError('catalog-invalid', message, {
    hint: first!.hint ?? 'correct catalog.json; its form is described in docs/data.md',
    at: first!.at ?? { file },
    faults: faults.length === 1 ? [] : faults,
  });
}

function seriesOf(entry: SeriesEntry, place: Place): CatalogSeries {
  const { symbol, kind, base, quote = '', venue = 'all', stamp = 'open' } = entry;
  const derivative = kind === 'perpetual' || kind === 'future';
  return {
    ...{ symbol, kind, base, quote, venue, stamp, place },
    contract: derivative ? (entry.contract ?? 'linear') : null,
    step: entry.interval ?? null,
    file: entry.file ?? null,
    mark: entry.mark ?? null,
    funding: entry.funding ?? (kind === 'funding' ? (entry.file ?? null) : null),
    expiry: entry.expiry ?? null,
    settlement: entry.settlement ?? null,
    delisted: entry.delisted ?? null,
    priceFrom: entry.priceFrom ?? null,
    fundingFrom: entry.fundingFrom ?? null,
    source: entry.source ?? null,
    licence: entry.licence ?? null,
    sha256: entry.sha256 ?? null,
    markSha256: entry.markSha256 ?? null,
    fundingSha256: (kind === 'funding' ? entry.sha256 : entry.fundingSha256) ?? null,
  };
}
