import { lowerBound, upperBound } from '../core/column.ts';
import { DAY, formatInterval, formatTime, HOUR, SECOND } from '../core/time.ts';
import { fileError, IssueList } from './issue.ts';

/** Bars of one file on the grid of their own length, ascending, without doubles; what is missing is absent. */
export interface Bars {
  /** How messages call the file. */
  readonly file: string;
  readonly step: number;
  /** Opening moments, multiples of `step`. */
  readonly opens: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where unknown. */
  readonly volume: Float64Array;
}

/** What a file of bars holds, as `load/series-file` reads it. */
export interface StampedBars {
  readonly time: Float64Array;
  /** Line of each stamp. */
  readonly lines: Float64Array;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

// Exchanges stamp closes as 23:59:59.999 and opens a few milliseconds late.
const JITTER = SECOND;

/**
 * Puts stamped bars on the grid of their length, converting stamps of the close to those of the open.
 *
 * @throws {DataError} `bars-off-grid`, `bars-doubled` when two stamps fall on one place of the grid; all of them at once
 */
export function barsOf(file: string, { time, lines, columns }: StampedBars, step: number, stamp: 'open' | 'close'): Bars {
  const shift = stamp === 'open' ? 0 : step;
  const opens = time.map((moment) => Math.round((moment - shift) / step) * step);
  const issues = new IssueList();
  const hours = commonHours(time, shift, step);
  if (hours !== 0) {
    const message = `${file}: every ${formatInterval(step)} bar is stamped ${formatInterval(hours)} off, expected multiples of its length in UTC (${formatTime(time[0]!)})`;
    const hint = 'a time zone: import the file again with --timezone, or take shorter bars, from which UTC days can be made';
    issues.add({ code: 'bars-off-grid', message, hint, at: { file, line: lines[0]! } });
    throw fileError(file, issues);
  }
  for (let i = 0; i < opens.length; i++) {
    const at = { file, line: lines[i]! };
    if (isStray(opens[i]!, time[i]! - shift)) {
      const message = `${file}: ${formatTime(time[i]!)} is no ${stamp} of a ${formatInterval(step)} bar`;
      issues.add({ code: 'bars-off-grid', message, hint: 'correct "interval" or "stamp" of the series in catalog.json', at });
    } else if (i > 0 && opens[i] === opens[i - 1]) {
      const message = `${file}: ${formatTime(time[i]!)} falls into the same bar as line ${lines[i - 1]!}`;
      issues.add({ code: 'bars-doubled', message, hint: 'keep one of the two lines', at });
    }
  }
  if (issues.count > 0) throw fileError(file, issues);
  const { open, high, low, close, volume } = columns as Record<'open' | 'high' | 'low' | 'close' | 'volume', Float64Array>;
  return { file, step, opens, open, high, low, close, volume };
}

/** Whole hours by which every stamp lies beside the grid: bars cut in another time zone than UTC; 0 when it is nothing so regular. */
function commonHours(time: Float64Array, shift: number, step: number): number {
  const beside = (moment: number) => (((moment - shift) % step) + step) % step;
  const first = beside(time[0] ?? 0);
  return time.length > 1 && first % HOUR === 0 && time.every((moment) => beside(moment) === first) ? first : 0;
}

function isStray(open: number, moment: number): boolean {
  return Math.abs(open - moment) > JITTER;
}

/**
 * The length of a file's bars where nobody says it: the smallest distance of its stamps, else the usual one, whichever divides a day
 * and has a grid that holds them all; undefined when neither does.
 *
 * @param usual - ms, of the series that the file belongs to; null: unknown
 */
export function inferStep(time: Float64Array, usual: number | null): number | undefined {
  let smallest = Infinity;
  for (let i = 1; i < time.length; i++) smallest = Math.min(smallest, time[i]! - time[i - 1]!);
  const candidates = [Math.round(smallest / SECOND) * SECOND, usual ?? 0].filter((step) => step > 0 && DAY % step === 0);
  return candidates.find((step) =>
    time.every((moment) => !isStray(Math.round((moment - time[0]!) / step) * step, moment - time[0]!)),
  );
}

/** Open of the bar that opens exactly at a moment; NaN when there is none. */
export function openAt({ opens, open }: Bars, time: number): number {
  const index = lowerBound(opens, time);
  return opens[index] === time ? open[index]! : NaN;
}

/** A price and the moment it is known from. */
export interface KnownPrice {
  readonly price: number;
  readonly time: number;
}

/** The last price known at a moment: of the bar it lies in the open, else the close of the bar before; undefined when there is none. */
export function lastPriceAt({ opens, step, open, close }: Bars, time: number): KnownPrice | undefined {
  const index = upperBound(opens, time) - 1;
  if (index < 0) return undefined;
  const closed = opens[index]! + step;
  return time < closed ? { price: open[index]!, time: opens[index]! } : { price: close[index]!, time: closed };
}
