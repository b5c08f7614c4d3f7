import { DataError } from '../../core/errors.ts';
import { DAY, formatDate, formatInterval, formatTime, startOfDay } from '../../core/time.ts';
import type { AlignedBars } from '../align.ts';
import type { Bars } from '../bars.ts';
import type { Instrument } from '../instrument.ts';
import type { Clock } from '../rolling.ts';
import type { SeriesNotices } from './series-notices.ts';

/** The part of the clock that is run: from the first bar's open to the last bar's close. */
export interface Period {
  readonly from: number;
  /** 00:00 UTC after the last day. */
  readonly end: number;
}

// Sources of dated futures may roll to the next contract a week before the expiry.
const LONGEST_ROLL = 8 * DAY;

/**
 * The clock of a run: the period, and before it as much look-back as any series has.
 *
 * @param bars - of spot, or of derivatives where there is no spot
 * @returns the clock and the index of the period's first bar
 * @throws {DataError} `period-not-covered`, saying what range is there
 */
export function clockOf(
  bars: readonly Bars[],
  period: Period,
  step: number,
  lookbackDays: number,
): { clock: Clock; first: number } {
  const begins = bars.map(({ opens }) => opens[0]!);
  const ends = bars.map(({ opens, step: own }) => opens.at(-1)! + own);
  const [earliest, latest] = [Math.min(...begins), Math.max(...ends)];
  // A last day that lacks some of its bars is a gap, not an end.
  if (startOfDay(earliest) > period.from || latest <= period.end - Math.max(step, DAY)) {
    const [from, to] = [Math.ceil(earliest / DAY) * DAY, startOfDay(latest) - DAY];
    const asked = `the period ${formatDate(period.from)} to ${formatDate(period.end - DAY)} is not covered`;
    throw new DataError('period-not-covered', `${asked}: prices run from ${formatTime(earliest)} to ${formatTime(latest)}`, {
      hint: `choose market.from and market.to within ${formatDate(from)} and ${formatDate(to)}, or add data to the catalog`,
    });
  }
  const start = Math.min(period.from, Math.max(period.from - lookbackDays * DAY, startOfDay(earliest)));
  return { clock: { start, step, length: (period.end - start) / step }, first: (period.from - start) / step };
}

/** An instrument on the clock, to be judged by the period. */
export interface Coverage {
  readonly instrument: Instrument;
  readonly file: string;
  readonly bars: AlignedBars;
  /** Its mark series, if any. */
  readonly marks: AlignedBars | null;
  readonly clock: Clock;
  readonly period: Period;
}

/**
 * Checks where an instrument trades within the period, and notes what is missing.
 *
 * @throws {DataError} `series-outside-period`, `series-ends-early`
 */
export function checkCoverage(coverage: Coverage, notices: SeriesNotices): void {
  const { instrument, file, bars, clock, period } = coverage;
  const { symbol, kind, expiry, delisted } = instrument;
  const openOf = (bar: number) => clock.start + bar * clock.step;
  const first = (period.from - clock.start) / clock.step;
  const begin = bars.close.findIndex((close, bar) => bar >= first && !Number.isNaN(close));
  if (begin < 0) {
    const asked = `${formatDate(period.from)} to ${formatDate(period.end - DAY)}`;
    throw new DataError('series-outside-period', `${symbol}: ${file} has no bar in the period ${asked}`, {
      hint: 'leave it out, or choose another period',
      at: { file },
    });
  }
  const last = bars.close.findLastIndex((close) => !Number.isNaN(close));
  const ended = openOf(last + 1);
  const due = Math.min(period.end, delisted ?? Infinity, expiry ?? Infinity);
  const rolled = kind === 'future' && expiry! - ended <= LONGEST_ROLL;
  if (ended <= due - Math.max(clock.step, DAY) && delisted === null && !rolled) throw endsEarly(coverage, ended, due);

  // A dated future is listed when it is listed.
  if (begin > first && kind !== 'future') {
    const sentence = 'these series begin after the period does and have weight 0 until then';
    notices.add('series-starts-late', sentence, `${symbol} at ${formatTime(openOf(begin))}`, { time: openOf(begin) });
  }
  if (delisted !== null && delisted < period.end) {
    const sentence = 'delisted: from then on frozen, untradable and valued at the last price';
    notices.add('series-delisted', sentence, `${symbol} at ${formatTime(delisted)}`, { time: delisted });
  } else if (rolled && due - ended >= clock.step) {
    const sentence = 'these futures have no prices up to their expiry; they cannot be traded in between and keep their last mark';
    notices.add('future-ends-before-expiry', sentence, `${symbol} from ${formatTime(ended)}`, { time: ended });
  }
  const lastDue = Math.floor((due - clock.start) / clock.step) - 1;
  // The bar in which a future expires is short without lacking anything.
  noteGaps(coverage, { begin, last: rolled ? Math.min(last, lastDue) : lastDue }, notices);
}

function endsEarly({ instrument: { symbol, expiry }, file }: Coverage, ended: number, due: number): DataError {
  const asked = due === expiry ? 'its expiry' : "the period's end";
  const message = `${symbol}: ${file} ends at ${formatTime(ended)}, before ${asked} ${formatTime(due)}`;
  const [lastDay, lastTraded] = [formatDate(startOfDay(ended) - DAY), formatDate(ended - 1)];
  return new DataError('series-ends-early', message, {
    hint: `end the period by ${lastDay}, add data, or say "delisted": "${lastTraded}" in catalog.json`,
    at: { file },
  });
}

function noteGaps(
  { instrument: { symbol }, bars, marks, clock }: Coverage,
  { begin, last }: { readonly begin: number; readonly last: number },
  notices: SeriesNotices,
): void {
  const length = formatInterval(clock.step);
  const note = (code: string, sentence: string, happens: (bar: number) => boolean, what = symbol) => {
    let count = 0;
    let time = NaN;
    for (let bar = begin; bar <= last; bar++) {
      if (happens(bar) && count++ === 0) time = clock.start + bar * clock.step;
    }
    if (count > 0) notices.add(code, sentence, `${what} ${count}, first at ${formatTime(time)}`, { count, time });
  };
  note('bars-missing', `missing ${length} bars, in which nothing can be traded`, (bar) => Number.isNaN(bars.close[bar]!));
  note('zero-volume', `${length} bars without volume, tradable all the same`, (bar) => bars.volume[bar] === 0);
  const isPartial =
    ({ held, whole }: AlignedBars) =>
    (bar: number) =>
      held[bar]! > 0 && held[bar]! < whole;
  const sentence = `${length} bars put together although some of the finer bars are missing`;
  note('bars-partial', sentence, isPartial(bars));
  if (marks) note('bars-partial', sentence, isPartial(marks), `marks of ${symbol}`);
}
