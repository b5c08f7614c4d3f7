import { DataError, type Fault } from '../../core/errors.ts';
import { type CatalogWriter, identityOf, withCatalog } from '../catalog-write.ts';
import type { CatalogEntry } from '../load/catalog-schema.ts';
import { limiter } from './limit.ts';
import { monthsOf, type Span } from './month.ts';
import { PartStore } from './parts.ts';
import { FETCHED_BY, type FetchedSeries, hullOf, putTogether, type StreamState } from './put-together.ts';
import type { FetchRequest } from './request.ts';
import type { MonthNews, SeriesPlan, Source, Stream } from './series-plan.ts';

/** What a fetch did. */
export interface FetchReport {
  readonly source: string;
  readonly series: readonly FetchedSeries[];
  /** Archives or months that came, that replaced others, that were there. */
  readonly fetched: number;
  readonly replaced: number;
  readonly kept: number;
  /** What the reader should know: late listings, delistings, what is not published yet. */
  readonly remarks: readonly string[];
}

/** How far a fetch has come. */
export interface FetchProgress {
  /** Month that was finished: `binance/spot-1d/BTC-USDT 2024-03`. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface FetchOptions {
  /** Months under way at once. */
  readonly concurrency: number;
  /** Stops all requests; what is there by then stays. */
  readonly stop: AbortController;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Other than atomically, for tests of full disks. */
  readonly write?: ConstructorParameters<typeof PartStore>[1];
}

/** Faults of one file; others say that the source as a whole cannot be had, or that nothing can be written. */
const FILE_FAULTS = /^(archive-|part-)/;

/**
 * Makes or extends a catalog by what a source has of a request.
 *
 * Months are fetched side by side into the catalog's work folder; a series whose months are all there is put together from them and
 * enters the catalog, so that at every moment the catalog is valid and what was fetched is kept. A fault of one file leaves its series
 * as it was and the others go on; when the source cannot be had, everything stops.
 *
 * @param open - makes the source, once the catalog is locked
 * @throws {DataError} `fetch-incomplete` with all faults of files; `fetch-empty` when the source has nothing; `series-not-fetched`;
 *   `disk-full`; as `withCatalog`, `Http.request` and the source
 */
export async function fetchIntoCatalog(
  directory: string,
  request: FetchRequest,
  open: () => Promise<Source>,
  options: FetchOptions,
): Promise<FetchReport> {
  const head = { name: `${request.venue} history`, kind: 'real' as const };
  try {
    return await withCatalog(directory, head, async (writer) => {
      const source = await open();
      return await new Fetching(request, source, await source.plan(), writer, options).run();
    });
  } catch (error) {
    options.stop.abort(error);
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? diskFull(directory, error) : error;
  }
}

class Fetching {
  readonly #request: FetchRequest;
  readonly #source: Source;
  readonly #plans: readonly SeriesPlan[];
  readonly #writer: CatalogWriter;
  readonly #options: FetchOptions;
  readonly #store: PartStore;
  #done = 0;
  #total = 0;
  readonly #counts = { fetched: 0, replaced: 0, kept: 0 };

  constructor(request: FetchRequest, source: Source, plans: readonly SeriesPlan[], writer: CatalogWriter, options: FetchOptions) {
    this.#request = request;
    this.#source = source;
    this.#plans = plans;
    this.#writer = writer;
    this.#options = options;
    this.#store = new PartStore(writer.directory, options.write);
  }

  async run(): Promise<FetchReport> {
    for (const { entry, streams } of this.#plans) if (streams.length > 0) this.#mustBeOurs(entry);
    const limit = limiter(this.#options.concurrency);
    const started = this.#plans.map((plan) => ({
      plan,
      streams: plan.streams.map((stream) => this.#start(plan, stream, limit)),
    }));
    try {
      return await this.#finishAll(started);
    } finally {
      // The catalog is not let go while anything is still being written.
      await Promise.allSettled(started.flatMap(({ streams }) => streams.flatMap(({ news }) => news)));
    }
  }

  async #finishAll(
    started: readonly { readonly plan: SeriesPlan; readonly streams: readonly Started[] }[],
  ): Promise<FetchReport> {
    const series: FetchedSeries[] = [];
    const remarks: string[] = [];
    const faults: Fault[] = [];
    for (const { plan, streams } of started) {
      try {
        const states: StreamState[] = [];
        for (const each of streams) states.push(await this.#finish(each));
        const result = await putTogether(plan, states, this.#store, this.#writer, this.#request);
        remarks.push(...result.remarks);
        if (result.series) series.push(result.series);
      } catch (error) {
        if (!(error instanceof DataError && FILE_FAULTS.test(error.code))) {
          this.#options.stop.abort(error);
          throw error;
        }
        faults.push(faultOf(error));
      }
    }
    if (faults.length > 0) throw incomplete(faults, series.length);
    if (series.length === 0) throw nothing(this.#source.name, remarks);
    return { source: this.#source.name, series, ...this.#counts, remarks };
  }

  /** Begins to fetch the months of a stream. */
  #start(plan: SeriesPlan, stream: Stream, limit: ReturnType<typeof limiter>): Started {
    const before = this.#writer.series.find((entry) => identityOf(entry) === identityOf(plan.entry));
    const { from, to } = hullOf(before, stream, this.#request);
    const months = monthsOf(Math.max(from, stream.life.from), Math.min(to, stream.life.to));
    this.#total += months.length;
    const news = months.map((month) => limit(() => this.#month(stream, month, false)));
    // Failures are met where the stream is finished; until then nobody listens.
    for (const each of news) each.catch(() => undefined);
    return { stream, from, to, months, news };
  }

  /** Waits for the months of a stream, and looks again into those that are missing in between. */
  async #finish({ stream, from, to, months, news }: Started): Promise<StreamState> {
    const results = await Promise.all(news);
    const first = results.findIndex(({ found }) => found);
    const last = results.findLastIndex(({ found }) => found);
    for (let i = first + 1; stream.hasMakeshift && first >= 0 && i < last; i++) {
      if (!results[i]!.found) results[i] = await this.#month(stream, months[i]!, true);
    }
    for (const { fetched, replaced, kept } of results) {
      this.#counts.fetched += fetched;
      this.#counts.replaced += replaced;
      this.#counts.kept += kept;
    }
    const settled = months.filter((_, i) => results[i]!.settled).at(-1);
    return { stream, from, to, found: first >= 0, settled: Math.min(settled?.to ?? -Infinity, to) };
  }

  async #month(stream: Stream, month: Span, makeshift: boolean): Promise<MonthNews> {
    const { stop, onProgress } = this.#options;
    stop.signal.throwIfAborted();
    try {
      const news = await stream.fetchMonth(month, this.#store, makeshift);
      if (!makeshift) this.#done++;
      onProgress?.({ step: `${stream.key} ${month.name}`, done: this.#done, total: this.#total });
      return news;
    } catch (error) {
      // What ends the fetch as a whole must not be fetched on meanwhile.
      if (!(error instanceof DataError && FILE_FAULTS.test(error.code))) stop.abort(error);
      throw error;
    }
  }

  #mustBeOurs(entry: CatalogEntry): void {
    const there = this.#writer.series.find((other) => identityOf(other) === identityOf(entry));
    if (there === undefined || there.retrieval?.['by'] === FETCHED_BY) return;
    const { symbol, kind, venue } = entry;
    throw new DataError(
      'series-not-fetched',
      `${symbol} (${kind}, ${venue}) in ${this.#writer.directory} was not fetched by kedge`,
      {
        hint: 'fetch into another directory (--into), or take the series out of catalog.json: nothing of yours is replaced',
      },
    );
  }
}

/** A stream whose months are on their way. */
interface Started {
  readonly stream: Stream;
  readonly from: number;
  readonly to: number;
  readonly months: readonly Span[];
  readonly news: readonly Promise<MonthNews>[];
}

function faultOf({ message, hint }: DataError): Fault {
  return { message, ...(hint !== undefined && { hint }) };
}

function incomplete(faults: readonly Fault[], series: number): DataError {
  const [first] = faults;
  const others = faults.length > 1 ? ` and ${faults.length - 1} more` : '';
  return new DataError('fetch-incomplete', `${series} series are in the catalog, but not: ${first!.message}${others}`, {
    hint: 'the series concerned are as they were before; run the same command again to fetch only what is missing',
    faults,
  });
}

function nothing(source: string, remarks: readonly string[]): DataError {
  return new DataError(
    'fetch-empty',
    `${source} has nothing of what was asked for${remarks.length > 0 ? `: ${remarks[0]}` : ''}`,
    {
      hint: 'check --assets, --quote, --from and --to; nothing was written',
      faults: remarks.length > 1 ? remarks.map((message) => ({ message })) : [],
    },
  );
}

function diskFull(directory: string, cause: unknown): DataError {
  return new DataError('disk-full', `the disk that holds ${directory} is full`, {
    hint: 'free some space and run the same command again: what was fetched is kept, the catalog is whole',
    cause,
  });
}
