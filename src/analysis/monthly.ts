import { civilDate } from '../core/time.ts';

/** One calendar month's time-weighted return; the first and last month may be partial. */
export interface MonthReturn {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** Fraction; 0 in the months after a total loss. */
  readonly return: number;
}

/**
 * Returns by UTC calendar month. A bar that closes at 00:00 on the 1st belongs to the month before; the first month starts from the
 * value before bar 0, so the months multiply to the whole run.
 *
 * @param index - growth of one unit of money
 * @param time - bar closes, UTC ms, same length
 */
export function monthlyReturns(index: Float64Array, time: Float64Array): MonthReturn[] {
  const months: MonthReturn[] = [];
  let start = 1;
  for (let bar = 0; bar < index.length; bar++) {
    const { year, month } = monthOf(time[bar]!);
    if (bar + 1 < index.length && monthOf(time[bar + 1]!).month === month) continue;
    months.push({ year, month, return: start > 0 ? index[bar]! / start - 1 : 0 });
    start = index[bar]!;
  }
  return months;
}

function monthOf(close: number): { year: number; month: number } {
  return civilDate(close - 1);
}
