import { DAY } from '../core/time.ts';

/**
 * Where UTC days end on a clock of bar closes: bar 0, then the last bar of every day. A bar that closes at 00:00 ends the day before.
 * The days at both ends may be partial; their returns multiply to the whole period's.
 *
 * @returns bar indices, ascending; for daily bars every bar
 */
export function dayEnds(time: Float64Array): Int32Array {
  const ends = new Int32Array(time.length);
  let count = 0;
  for (let bar = 0; bar < time.length; bar++) {
    const last = bar === time.length - 1 || utcDay(time[bar + 1]!) !== utcDay(time[bar]!);
    if (bar === 0 || last) ends[count++] = bar;
  }
  return ends.slice(0, count);
}

/**
 * Simple UTC-daily returns of a value column.
 *
 * @param ends - of `dayEnds`
 * @returns one fewer than `ends`; 0 where the value before is not positive
 */
export function dailyReturns(values: Float64Array, ends: Int32Array): number[] {
  const returns: number[] = [];
  for (let d = 1; d < ends.length; d++) {
    const before = values[ends[d - 1]!]!;
    returns.push(before > 0 ? values[ends[d]!]! / before - 1 : 0);
  }
  return returns;
}

function utcDay(close: number): number {
  return Math.ceil(close / DAY);
}
