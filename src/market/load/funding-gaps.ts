import { lowerBound } from '../../core/column.ts';
import { HOUR, MINUTE } from '../../core/time.ts';

/** Where nothing tells the interval: 8 hours, as Binance, Bybit and OKX settle their majors (their own pages, 2026). */
const USUAL_INTERVAL = 8 * HOUR;
/** Settlements on each side that show the interval at one place: more than half of them must agree. */
const NEIGHBOURS = 5;
const LONGEST_WAIT = 1.5;
/** Venues stamp a settlement up to a minute late (BingX says so on its funding page, 2026). */
export const FUNDING_JITTER = MINUTE;

/** A stretch without the settlements that were due in it. */
export interface FundingGap {
  /** Between these two moments nothing was settled: the settlement before and after, or the ends of trading. */
  readonly from: number;
  readonly to: number;
  /** Moments at which a settlement was due, ascending. */
  readonly due: readonly number[];
}

/**
 * Finds the settlements that are missing in `(from, to]` by the interval that prevails around each place.
 *
 * A wait of over 1.5 intervals is a gap. Intervals change (8h, 4h, 1h): the longer of those before and after a wait counts.
 *
 * @param times - settlements, ascending, also outside the range
 * @param from - trading begins; a settlement at this very moment belongs to the time before
 */
export function fundingGaps(times: Float64Array, from: number, to: number): readonly FundingGap[] {
  const gaps: FundingGap[] = [];
  const add = (before: number, after: number, moments: readonly number[]) => {
    const due = moments.filter((moment) => moment > from && moment <= to);
    if (due.length > 0) gaps.push({ from: Math.max(from, before), to: Math.min(to, after), due });
  };
  const isLong = (wait: number, interval: number) => wait > LONGEST_WAIT * interval + FUNDING_JITTER;
  if (times.length === 0) {
    add(from, to, momentsAfter(Math.floor(from / USUAL_INTERVAL) * USUAL_INTERVAL, to, USUAL_INTERVAL));
    return gaps;
  }
  const [first, last] = [times[0]!, times.at(-1)!];
  const [firstInterval, lastInterval] = [intervalAt(times, 0), intervalAt(times, times.length - 2)];
  if (isLong(first - from, firstInterval)) add(from, first, momentsBefore(first, from, firstInterval));
  for (let k = Math.max(0, lowerBound(times, from) - 1); k + 1 < times.length && times[k]! < to; k++) {
    const [before, after] = [times[k]!, times[k + 1]!];
    const interval = intervalAt(times, k);
    if (isLong(after - before, interval)) add(before, after, momentsAfter(before, after - interval / 2, interval));
  }
  if (isLong(to - last, lastInterval)) add(last, to, momentsAfter(last, to, lastInterval));
  return gaps;
}

/** `start + interval`, `start + 2·interval`, … up to `end`. */
function momentsAfter(start: number, end: number, interval: number): number[] {
  const moments: number[] = [];
  for (let moment = start + interval; moment <= end; moment += interval) moments.push(moment);
  return moments;
}

/** `end − interval`, `end − 2·interval`, … down to `start`, ascending. */
function momentsBefore(end: number, start: number, interval: number): number[] {
  const moments: number[] = [];
  for (let moment = end - interval; moment >= start; moment -= interval) moments.push(moment);
  return moments.reverse();
}

/** The interval that prevails around the wait from settlement `k` to the next. */
function intervalAt(times: Float64Array, k: number): number {
  const waits = (from: number, to: number) => {
    const found: number[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, times.length - 1); i++) found.push(times[i + 1]! - times[i]!);
    return found;
  };
  const usual = Math.max(lowerMedian(waits(k - NEIGHBOURS, k)), lowerMedian(waits(k + 1, k + 1 + NEIGHBOURS)));
  return usual > 0 ? usual : USUAL_INTERVAL;
}

function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
