import { DataError } from '../../core/errors.ts';
import { formatInterval, formatTime } from '../../core/time.ts';
import { barsOf, inferStep } from '../bars.ts';
import { type CatalogWriter, identityOf } from '../catalog-write.ts';
import type { Stretch } from '../extent.ts';
import type { CatalogEntry } from '../load/catalog-schema.ts';
import type { Catalog, CatalogSeries } from '../load/catalog.ts';
import { BARS, FUNDING, type Layout, OPEN_INTEREST } from '../load/layout.ts';
import { SeriesReader } from '../load/reader.ts';
import { encodeRows, type Format, type Rows } from './encode.ts';
import { FilePlaces } from './place.ts';
import type { Chosen } from './select.ts';
import { coarserBars, sliceRows } from './slice.ts';

/** How series are copied. */
export interface CopyOptions {
  /** Rows outside are left out. */
  readonly period: Stretch;
  readonly format: Format;
  /** `export` or `import`: goes into the record of where the copy comes from. */
  readonly by: string;
  /** Where binary caches go; null: no cache. */
  readonly cacheDir: string | null;
  /** Called before each series and awaited: to draw progress, or to stop the work by throwing. */
  readonly onSeries?: (symbol: string, done: number, total: number) => void | Promise<void>;
}

/** One series that was copied. */
export interface CopiedSeries {
  readonly symbol: string;
  readonly kind: string;
  readonly venue: string;
  readonly interval: string | null;
  /** null for derived contracts. */
  readonly file: string | null;
  readonly rows: number;
  /** First and last stamp, UTC ms; null where there are no rows. */
  readonly from: number | null;
  readonly to: number | null;
  /** Longer bars that were made of fewer shorter ones than it takes. */
  readonly incomplete: number;
}

/** What was copied, and which series have nothing in the period. */
export interface Copied {
  readonly series: readonly CopiedSeries[];
  readonly empty: readonly string[];
}

/** One file of the copy. */
interface WrittenFile {
  readonly file: string;
  readonly sha256: string;
  readonly rows: Rows;
  readonly incomplete: number;
}

/**
 * Copies series of one catalog into another, file by file, and then their entries: what an interruption leaves is a catalog as before.
 * Everything is read with all its checks, and a file that several series share is written once.
 *
 * @throws {DataError} `series-in-the-way` before anything is written, where the other catalog has one of them; and as `SeriesReader`
 */
export async function copySeries(
  source: Catalog,
  chosen: readonly Chosen[],
  writer: CatalogWriter,
  options: CopyOptions,
): Promise<Copied> {
  const copier = new Copier(source, writer, options);
  const entries = chosen.map(({ series, step }) => ({ series, step, entry: entryOf(series, step) }));
  refuseDoubles(writer, entries);
  const copied: { readonly entry: CatalogEntry; readonly summary: CopiedSeries }[] = [];
  const empty: string[] = [];
  for (const [done, { series, step, entry }] of entries.entries()) {
    await options.onSeries?.(series.symbol, done, entries.length);
    const own = series.file === null ? null : await copier.own(series, step);
    if (series.file !== null && own === null) {
      empty.push(`${series.symbol} at ${series.venue}`);
      continue;
    }
    copied.push({ entry: { ...entry, ...(await copier.filesOf(series, own)) }, summary: summaryOf(series, step, own) });
  }
  const kept = copied.filter(({ entry }) =>
    hasOrigins(
      entry,
      copied.map((each) => each.entry),
    ),
  );
  if (kept.length > 0) await writer.put(kept.map(({ entry }) => entry));
  return { series: kept.map(({ summary }) => summary), empty };
}

class Copier {
  readonly #source: Catalog;
  readonly #writer: CatalogWriter;
  readonly #options: CopyOptions;
  readonly #reader: SeriesReader;
  readonly #places: FilePlaces;
  /** By source file and length of bars. */
  readonly #written = new Map<string, WrittenFile | null>();

  constructor(source: Catalog, writer: CatalogWriter, options: CopyOptions) {
    this.#source = source;
    this.#writer = writer;
    this.#options = options;
    this.#reader = new SeriesReader({ directory: source.directory, cacheDir: options.cacheDir, verify: true });
    this.#places = new FilePlaces(
      writer.series.flatMap(({ file, mark, funding }) => [file, mark, funding]).filter((each) => each !== undefined),
    );
  }

  /** The series' own file; null when it has no rows in the period. */
  async own(series: CatalogSeries, step: number | null): Promise<WrittenFile | null> {
    const { kind, file, sha256 } = series;
    if (kind === 'funding') return this.#copy(series, file!, FUNDING, sha256, null, 'funding');
    if (kind === 'open-interest') return this.#copy(series, file!, OPEN_INTEREST, sha256, null, kind);
    return this.#copy(series, file!, BARS, sha256, step, kind);
  }

  /** The keys of an entry that name files. */
  async filesOf(series: CatalogSeries, own: WrittenFile | null): Promise<Partial<CatalogEntry>> {
    const { mark, markSha256, funding, fundingSha256, file } = series;
    const marks = mark === null ? null : await this.#copy(series, mark, BARS, markSha256, null, 'mark');
    const paid =
      series.kind === 'funding' || funding === null
        ? null
        : await this.#copy({ ...series, step: null }, funding, FUNDING, fundingSha256, null, 'funding');
    const retrieval = { by: this.#options.by, catalog: this.#source.name, ...(file !== null && { file }) };
    return {
      ...(own && { file: own.file, sha256: own.sha256 }),
      ...(marks && { mark: marks.file, markSha256: marks.sha256 }),
      ...(paid && { funding: paid.file, fundingSha256: paid.sha256 }),
      retrieval,
    };
  }

  async #copy(
    series: CatalogSeries,
    file: string,
    layout: Layout,
    expected: string | null,
    step: number | null,
    role: string,
  ): Promise<WrittenFile | null> {
    const key = `${step}:${file}`;
    const known = this.#written.get(key);
    if (known !== undefined) return known;
    const { period, format } = this.#options;
    const content = await this.#reader.read(file, layout, expected);
    const coarser =
      step !== null && series.step !== step
        ? coarserBars(barsOf(file, content, series.step!, series.stamp), step, series.stamp)
        : null;
    // A mark file's bars may be shorter than its contract's.
    const length = role === 'mark' ? (inferStep(content.time, series.step) ?? null) : (step ?? series.step);
    const rows = sliceRows(coarser?.rows ?? content, spanOf(period, layout, series.stamp, length));
    let written: WrittenFile | null = null;
    if (rows.time.length > 0) {
      const place = this.#places.take({ ...series, step: role === 'mark' ? null : (step ?? series.step) }, role, format);
      const sha256 = await this.#writer.writeFile(place, encodeRows(rows, layout, format));
      written = { file: place, sha256, rows, incomplete: coarser?.incomplete ?? 0 };
    }
    this.#written.set(key, written);
    return written;
  }
}

// A bar belongs to the period it opens in, a settlement also to the end of it: it pays for the time before.
function spanOf({ from, to }: Stretch, layout: Layout, stamp: CatalogSeries['stamp'], step: number | null): Stretch {
  if (layout === FUNDING) return { from, to: to + 1 };
  const shift = stamp === 'close' ? (step ?? 0) : 0;
  return { from: from + shift, to: to + shift };
}

function entryOf(series: CatalogSeries, step: number | null): CatalogEntry {
  const { symbol, kind, contract, base, quote, venue, expiry, settlement, delisted, priceFrom, fundingFrom, source, licence } =
    series;
  const given = {
    ...{ symbol, kind, contract, base, quote: quote === '' ? null : quote },
    venue: kind === 'open-interest' && venue === 'all' ? null : venue,
    interval: step === null ? null : formatInterval(step),
    stamp: series.file === null || kind === 'funding' ? null : series.stamp,
    expiry: expiry === null ? null : formatTime(expiry),
    settlement,
    delisted: delisted === null ? null : formatTime(delisted),
    ...{ priceFrom, fundingFrom, source, licence },
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as unknown as CatalogEntry;
}

function summaryOf({ symbol, kind, venue }: CatalogSeries, step: number | null, own: WrittenFile | null): CopiedSeries {
  const time = own?.rows.time;
  return {
    ...{ symbol, kind, venue, interval: step === null ? null : formatInterval(step), file: own?.file ?? null },
    ...{ rows: time?.length ?? 0, from: time?.[0] ?? null, to: time?.at(-1) ?? null, incomplete: own?.incomplete ?? 0 },
  };
}

function refuseDoubles(writer: CatalogWriter, entries: readonly { readonly entry: CatalogEntry }[]): void {
  const there = new Set(writer.series.map(identityOf));
  const doubles = entries.map(({ entry }) => entry).filter((entry) => there.has(identityOf(entry)));
  if (doubles.length > 0) throw inTheWay(writer.directory, doubles);
}

/** @throws nothing: makes the error that says which series a catalog has already */
export function inTheWay(directory: string, doubles: readonly CatalogEntry[]): DataError {
  const named = doubles
    .slice(0, 5)
    .map(({ symbol, venue, interval }) => [symbol, venue, interval].filter((part) => part !== undefined).join(' '));
  const more = doubles.length > 5 ? ` and ${doubles.length - 5} more` : '';
  return new DataError('series-in-the-way', `${directory} already holds ${named.join(', ')}${more}; nothing was written`, {
    hint: 'give another venue or symbol, or another directory',
    at: { file: directory },
  });
}

/** Whether what a derived contract is made of is among the entries: its origin may have nothing in the period. */
function hasOrigins({ priceFrom, fundingFrom }: CatalogEntry, entries: readonly CatalogEntry[]): boolean {
  return [priceFrom, fundingFrom].every(
    (origin) => origin === undefined || origin === 'spot' || entries.some(({ symbol }) => symbol === origin),
  );
}
