import { upperBound } from '../../core/column.ts';
import { DataError } from '../../core/errors.ts';
import { formatTime, HOUR } from '../../core/time.ts';
import type { AlignedBars } from '../align.ts';
import { lastPriceAt, openAt, type Bars } from '../bars.ts';
import type { FundingColumns } from '../create.ts';
import { SHOWN_ISSUES } from '../issue.ts';
import { MARK_SOURCES } from '../market.ts';
import type { MarketRequest } from '../request.ts';
import type { Clock } from '../rolling.ts';
import type { Period } from './coverage.ts';
import { FUNDING_JITTER, fundingGaps, type FundingGap } from './funding-gaps.ts';
import type { SeriesNotices } from './series-notices.ts';

/** Settlements of one perpetual as its file has them. */
export interface Settlements {
  readonly file: string;
  readonly time: Float64Array;
  readonly rate: Float64Array;
  /** NaN where the venue's record has none. */
  readonly mark: Float64Array;
}

/** What the settlements of one perpetual are judged and priced by. */
export interface FundingContext {
  readonly symbol: string;
  readonly traded: AlignedBars;
  readonly clock: Clock;
  readonly period: Period;
  /** Trading ends here at the latest. */
  readonly until: number;
  readonly missingFunding: MarketRequest['missingFunding'];
  /** The mark series, if any. */
  readonly marks: Bars | null;
  /** Read the bars of the perpetual, the finest first; each only if a mark is still missing after those before. */
  readonly finer: readonly (() => Promise<Bars>)[];
  readonly notices: SeriesNotices;
}

/** Stamps within a minute of a full hour are that hour: the milliseconds are the exchange's. */
export function settlementMoments(stamps: Float64Array): Float64Array {
  return stamps.map((stamp, i) => {
    const hour = Math.round(stamp / HOUR) * HOUR;
    return Math.abs(stamp - hour) <= FUNDING_JITTER && !(i > 0 && stamps[i - 1]! >= hour) ? hour : stamp;
  });
}

/**
 * The settlements that a position may meet, each with a mark, missing ones treated as the experiment says.
 *
 * @param settlements - null: the catalog has no funding for this perpetual
 * @throws {DataError} `funding-missing` under `missingFunding: stop`, naming every stretch
 */
export async function fundingColumns(settlements: Settlements | null, context: FundingContext): Promise<FundingColumns> {
  const { traded, clock, until } = context;
  const { time = new Float64Array(), rate = new Float64Array(), mark = new Float64Array() } = settlements ?? {};
  const begin = clock.start + traded.close.findIndex((close) => !Number.isNaN(close)) * clock.step;
  const end = Math.min(clock.start + clock.length * clock.step, until);
  const gaps = missingWhileTraded(time, Math.max(context.period.from, begin), end, context);
  if (gaps.length > 0 && context.missingFunding === 'stop') throw missingError(gaps, settlements, context);

  const events: { time: number; rate: number; mark: number }[] = [];
  for (let i = upperBound(time, begin); i < time.length && time[i]! <= end; i++) {
    events.push({ time: time[i]!, rate: rate[i]!, mark: mark[i]! });
  }
  noteGaps(gaps, context);
  if (context.missingFunding === 'carry') {
    for (const due of gaps.flatMap((gap) => gap.due)) {
      // Before the first settlement there is nothing to carry.
      events.push({ time: due, rate: rate[upperBound(time, due) - 1] ?? 0, mark: NaN });
    }
    events.sort((a, b) => a.time - b.time);
  }
  const marked = await markEvents(events, context);
  return {
    time: events.map((event) => event.time),
    rate: events.map((event) => event.rate),
    mark: marked.map((event) => event.mark),
    source: marked.map((event) => MARK_SOURCES.indexOf(event.source)),
  };
}

/** Gaps, reduced to the settlements due within a bar in which the perpetual traded. */
function missingWhileTraded(
  time: Float64Array,
  from: number,
  to: number,
  { traded, clock }: FundingContext,
): readonly FundingGap[] {
  const trades = (moment: number) => !Number.isNaN(traded.close[Math.ceil((moment - clock.start) / clock.step) - 1] ?? NaN);
  return fundingGaps(time, from, to)
    .map((gap) => ({ ...gap, due: gap.due.filter(trades) }))
    .filter(({ due }) => due.length > 0);
}

function missingError(gaps: readonly FundingGap[], settlements: Settlements | null, { symbol }: FundingContext): DataError {
  const stretches = gaps.map(({ from, to, due }) => `${formatTime(from)} to ${formatTime(to)} (${due.length} settlements)`);
  const where = settlements ? { at: { file: settlements.file } } : {};
  const more = gaps.length > 1 ? `, and in ${gaps.length - 1} other stretches` : '';
  return new DataError('funding-missing', `${symbol} trades without funding from ${stretches[0]}${more}`, {
    hint: 'add the settlements, shorten the period, or say account.missingFunding: zero or carry',
    ...where,
    faults: stretches.slice(0, SHOWN_ISSUES).map((stretch) => ({ message: `${symbol}: no funding from ${stretch}`, ...where })),
  });
}

function noteGaps(gaps: readonly FundingGap[], { symbol, missingFunding, notices }: FundingContext): void {
  const count = gaps.reduce((sum, { due }) => sum + due.length, 0);
  if (count === 0) return;
  const time = gaps[0]!.due[0]!;
  const [code, sentence] =
    missingFunding === 'carry'
      ? (['funding-carry', 'missing funding settled at the rate before'] as const)
      : (['funding-zero', 'missing funding taken as zero'] as const);
  notices.add(code, sentence, `${symbol} ${count}, first at ${formatTime(time)}`, { count, time });
}

type Marked = { readonly mark: number; readonly source: (typeof MARK_SOURCES)[number] };

/** accounting.md, section 2: the event's own; the mark series' open; the finest perpetual bar's open; the last price before. */
async function markEvents(
  events: readonly { readonly time: number; readonly mark: number }[],
  { symbol, marks, finer, notices }: FundingContext,
): Promise<readonly Marked[]> {
  const isKnown = ({ mark }: Marked) => !Number.isNaN(mark);
  let known = events.map(({ time, mark }): Marked => {
    if (!Number.isNaN(mark)) return { mark, source: 'event' };
    return { mark: marks ? openAt(marks, time) : NaN, source: 'mark-series' };
  });
  const read: Bars[] = [];
  for (const readBars of finer) {
    if (known.every(isKnown)) return known;
    const bars = await readBars();
    read.push(bars);
    known = known.map((each, i) => (isKnown(each) ? each : { mark: openAt(bars, events[i]!.time), source: 'perpetual-open' }));
  }
  return known.map((each, i): Marked => {
    if (isKnown(each)) return each;
    const { time } = events[i]!;
    const sentence = 'funding settled on the last price before, because nothing tells the mark';
    notices.add('funding-mark-from-last-price', sentence, symbol, { time });
    return { mark: lastPrice(read, time), source: 'last-price' };
  });
}

// The finer bars may begin later or end earlier; every settlement comes after the perpetual's first bar has opened.
function lastPrice(sources: readonly Bars[], time: number): number {
  const known = sources.map((bars) => lastPriceAt(bars, time)).filter((each) => each !== undefined);
  return known.toSorted((a, b) => b.time - a.time)[0]!.price;
}
