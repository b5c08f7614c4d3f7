import { formatInterval } from '../../core/time.ts';
import { alignBars, markColumns } from '../align.ts';
import { barsOf, type Bars } from '../bars.ts';
import type { InstrumentParts } from '../create.ts';
import { isDerivative } from '../instrument.ts';
import type { MarketRequest } from '../request.ts';
import type { Clock } from '../rolling.ts';
import type { Catalog } from './catalog.ts';
import { checkCoverage, type Period } from './coverage.ts';
import { fundingColumns } from './funding.ts';
import { finerReaders, type InstrumentFiles } from './instrument-files.ts';
import { BARS } from './layout.ts';
import { isSpotOf, type InstrumentPlan } from './plan.ts';
import type { SeriesReader } from './reader.ts';
import type { SeriesNotices } from './series-notices.ts';
import { settlementPrice } from './settlement.ts';

/** What the steps of one loading share. */
export interface Loading {
  readonly request: MarketRequest;
  readonly catalog: Catalog;
  readonly reader: SeriesReader;
  readonly notices: SeriesNotices;
  readonly period: Period;
}

/**
 * One instrument on the clock: its bars, marks, funding and settlement.
 *
 * @throws {DataError} what `checkCoverage` and `fundingColumns` throw
 */
export async function instrumentParts(files: InstrumentFiles, clock: Clock, loading: Loading): Promise<InstrumentParts> {
  const { plan, prices, marks, funding } = files;
  const { instrument, series } = plan;
  const { notices, period, catalog, reader, request } = loading;
  const until = Math.min(instrument.delisted ?? Infinity, instrument.expiry ?? Infinity);
  const traded = alignBars(prices, clock, until);
  const usableMarks = marks !== null && clock.step % marks.step === 0 ? marks : null;
  const alignedMarks = usableMarks && alignBars(usableMarks, clock, until);
  checkCoverage({ instrument, file: prices.file, bars: traded, marks: alignedMarks, clock, period }, notices);
  const { fromTrades, ...marked } = markColumns(traded, alignedMarks, (period.from - clock.start) / clock.step);
  noteMarks(plan, usableMarks, fromTrades, clock, notices);
  noteFunding(plan, notices);

  const { open, high, low, close, volume } = traded;
  const parts = { instrument, columns: { open, high, low, close, volume, ...marked } };
  if (instrument.kind === 'perpetual') {
    const finer = finerReaders(plan, catalog, reader);
    const { symbol } = instrument;
    const { missingFunding } = request;
    const context = { symbol, traded, clock, period, until, missingFunding, marks, finer, notices };
    return { ...parts, funding: await fundingColumns(funding, context) };
  }
  const { expiry } = instrument;
  if (expiry !== null && expiry > clock.start && expiry <= period.end) {
    const spots = spotReaders(plan, loading);
    return { ...parts, settlement: await settlementPrice(instrument, expiry, series.settlement, spots, prices, notices) };
  }
  return parts;
}

/** The spot series of a contract's coin in its currency, the finest first: of its own venue, else of any. */
function spotReaders({ series }: InstrumentPlan, { catalog, reader }: Loading): (() => Promise<Bars>)[] {
  const spots = catalog.series.filter((each) => isSpotOf(each, series));
  const own = spots.filter(({ venue }) => venue === series.venue);
  return (own.length > 0 ? own : spots)
    .toSorted((a, b) => a.step! - b.step!)
    .map(
      ({ file, sha256, step, stamp }) =>
        async () =>
          barsOf(file!, await reader.read(file!, BARS, sha256), step!, stamp),
    );
}

function noteFunding({ instrument: { symbol, fundingFrom }, funding, series }: InstrumentPlan, notices: SeriesNotices): void {
  if (funding === null || fundingFrom === null || funding.venue === series.venue) return;
  notices.add('funding-of-other-venue', 'perpetuals that settle by the funding of another venue', `${symbol} by ${fundingFrom}`);
}

function noteMarks(
  { instrument, prices }: InstrumentPlan,
  marks: Bars | null,
  fromTrades: number,
  clock: Clock,
  notices: SeriesNotices,
): void {
  if (!isDerivative(instrument)) return;
  const { symbol, priceFrom } = instrument;
  if (priceFrom === 'spot') {
    notices.add('priced-at-spot', 'contracts traded and marked at spot: their basis is zero by construction', symbol);
  } else if (priceFrom !== null) {
    const detail = `${symbol} at the prices of ${prices.symbol}`;
    notices.add('contract-derived', 'contracts that no file holds, derived from another', detail);
  }
  const sentence = 'valued at the last trade, because there is no mark series';
  if (marks === null && priceFrom !== 'spot') notices.add('mark-from-last-trade', sentence, symbol);
  else if (fromTrades > 0) {
    const detail = `${symbol} in ${fromTrades} ${formatInterval(clock.step)} bars that its mark series lacks`;
    notices.add('mark-from-last-trade', sentence, detail, { count: fromTrades });
  }
}
