import { lowerBound } from '../../core/column.ts';
import { ConfigError } from '../../core/errors.ts';
import { DAY, formatDate, formatTime, parseInterval } from '../../core/time.ts';
import type { Bars } from '../bars.ts';
import { createMarket, type InstrumentParts } from '../create.ts';
import { isDerivative, type Instrument } from '../instrument.ts';
import type { Market, SeriesSource } from '../market.ts';
import type { MarketRequest } from '../request.ts';
import type { Clock } from '../rolling.ts';
import { readCatalog } from './catalog.ts';
import { clockOf, type Period } from './coverage.ts';
import { readInstrument, sourceOf, type InstrumentFiles } from './instrument-files.ts';
import { instrumentParts, type Loading } from './instrument-parts.ts';
import { OPEN_INTEREST } from './layout.ts';
import { openInterestColumn, pickOpenInterest } from './open-interest.ts';
import { openable } from './openable.ts';
import { futuresMissing } from './pick.ts';
import { planInstruments, type InstrumentPlan } from './plan.ts';
import { checkQuotes } from './quotes.ts';
import { readAll } from './read-all.ts';
import { SeriesReader } from './reader.ts';
import { SeriesNotices } from './series-notices.ts';

/**
 * Reads a market from a catalog: finds the series, reads and checks their files (all at once), lays out the clock, brings every
 * series onto it with its marks, judges coverage and funding, prices expiries, and copies it all into one buffer.
 *
 * @throws {ConfigError} where the request and the catalog do not fit (unknown or ambiguous series, mixed quotes, empty period)
 * @throws {DataError} where the data are not what they must be (faulty files, uncovered period, missing funding)
 */
export async function loadMarket(request: MarketRequest): Promise<Market> {
  const step = parseInterval(request.interval);
  const period = periodOf(request);
  const catalog = await readCatalog(request.catalog);
  const plans = planInstruments(catalog, request, step);
  const notices = new SeriesNotices();
  const instruments = plans.map(({ instrument }) => instrument);
  checkQuotes(instruments, notices);
  noteTwins(instruments, notices);
  const { cacheDir, verify } = request;
  const reader = new SeriesReader({ directory: catalog.directory, cacheDir, verify });
  const loading: Loading = { request, catalog, reader, notices, period };
  return openable(catalog.directory, () => readMarket(plans, step, loading));
}

async function readMarket(plans: readonly InstrumentPlan[], step: number, loading: Loading): Promise<Market> {
  const { request, catalog, reader, notices, period } = loading;
  const all = await readAll(plans.map((plan) => readInstrument(plan, reader)));
  const files = all.filter(({ plan, prices }) => !plan.optional || tradesWithin(prices, period));
  checkFutures(files, request);
  noteForms(files, notices);
  const spot = files.filter(({ plan }) => !isDerivative(plan.instrument));
  const leading = (spot.length > 0 ? spot : files).map(({ prices }) => prices);
  const { clock, first } = clockOf(leading, period, step, Math.max(request.lookbackDays, request.leadDays ?? 0));
  noteLookback(spot, loading);

  const instruments: InstrumentParts[] = [];
  for (const each of files) instruments.push(await instrumentParts(each, clock, loading));
  const openInterest = await readOpenInterest(plans, clock, loading);
  return createMarket({
    ...{ interval: request.interval, start: clock.start, length: clock.length, first, instruments },
    openInterest: openInterest.columns,
    synthetic: catalog.synthetic,
    sources: [...files.flatMap(({ sources }) => sources), ...openInterest.sources],
    notices: notices.list(),
  });
}

function tradesWithin({ opens }: Bars, { from, end }: Period): boolean {
  return opens[lowerBound(opens, from)]! < end;
}

/**
 * Futures of a coin are wanted as a whole: those that do not trade in the period are left out, but not all of them.
 *
 * @throws {ConfigError} `futures-missing`
 */
function checkFutures(files: readonly InstrumentFiles[], { futures = [] }: MarketRequest): void {
  const listed = files.map(({ plan }) => plan.instrument).filter(({ kind }) => kind === 'future');
  const missing = futures.find(
    (wanted) => !listed.some(({ base, contract }) => base === wanted.base && contract === wanted.contract),
  );
  if (missing !== undefined) throw futuresMissing(missing, 'those it has trade at other times; choose the period that fits');
}

function periodOf({ from, to }: MarketRequest): Period {
  if (from <= to) return { from, end: to + DAY };
  throw new ConfigError('period-empty', `the period ends on ${formatDate(to)}, before it begins on ${formatDate(from)}`, {
    hint: 'market.from and market.to are the first and the last day',
  });
}

async function readOpenInterest(
  plans: readonly InstrumentPlan[],
  clock: Clock,
  { catalog, request, reader }: Loading,
): Promise<{ columns: Record<string, Float64Array>; sources: SeriesSource[] }> {
  const columns: Record<string, Float64Array> = {};
  const sources: SeriesSource[] = [];
  for (const base of new Set(plans.map(({ instrument }) => instrument.base))) {
    const series = pickOpenInterest(catalog, base, request.venue);
    if (!series) continue;
    const file = await reader.read(series.file!, OPEN_INTEREST, series.sha256);
    columns[base] = openInterestColumn(file, series.step!, series.stamp, clock);
    sources.push(sourceOf(series.symbol, series, series.file!, file.sha256));
  }
  return { columns, sources };
}

function noteForms(files: readonly InstrumentFiles[], notices: SeriesNotices): void {
  for (const [file, form] of new Map(files.flatMap(({ forms }) => [...forms]))) {
    if (form === 'no zone') notices.add('stamps-without-zone', 'stamps without a time zone are read as UTC', file);
    else if (form.startsWith('epoch'))
      notices.add('epoch-stamps', 'stamps are numbers, read by their magnitude', `${file}: ${form}`);
    else if (form.startsWith('offset')) notices.add('stamps-with-offset', 'stamps are converted to UTC', `${file}: ${form}`);
  }
}

function noteTwins(instruments: readonly Instrument[], notices: SeriesNotices): void {
  const spot = instruments.filter((instrument) => !isDerivative(instrument));
  for (const coin of new Set(spot.map(({ base }) => base))) {
    const twins = spot.filter(({ base }) => base === coin).map(({ symbol }) => symbol);
    const sentence = 'spot series of one coin: each has lots and weights of its own, and contracts go by the first';
    if (twins.length > 1) notices.add('coin-in-two-series', sentence, `${coin} as ${twins.join(' and ')}`);
  }
}

function noteLookback(spot: readonly InstrumentFiles[], { request, period, notices }: Loading): void {
  const wanted = period.from - request.lookbackDays * DAY;
  for (const { plan, prices } of spot) {
    const begins = prices.opens[0]!;
    if (begins <= wanted || begins > period.from) continue;
    const sentence = `less look-back than the ${request.lookbackDays} days asked for; decisions that need it start later`;
    notices.add('lookback-short', sentence, `${plan.instrument.symbol} from ${formatTime(begins)}`);
  }
}
