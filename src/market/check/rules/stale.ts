import { formatInterval, formatTime, HOUR } from '../../../core/time.ts';
import type { Bars } from '../../bars.ts';
import type { Observation } from '../finding.ts';

/** A price that repeats for so many bars, and for so long, is not being quoted. */
const STALE_BARS = 5;
const STALE_TIME = 4 * HOUR;

/** Runs of bars that repeat one price: open, high, low and close are all the close of the bar before. */
export function findStaleRuns({ opens, open, high, low, close, step }: Bars): Observation[] {
  const shortest = Math.max(STALE_BARS, STALE_TIME / step);
  const repeats = (i: number, price: number): boolean =>
    open[i] === price && high[i] === price && low[i] === price && close[i] === price;
  const rows: number[] = [];
  let bars = 0;
  for (let first = 1, i = 1; i <= close.length; i++) {
    if (i < close.length && repeats(i, close[i - 1]!)) continue;
    if (i - first >= shortest) {
      rows.push(first);
      bars += i - first;
    }
    first = i + 1;
  }
  const [row] = rows;
  if (row === undefined) return [];
  const first = `the first at ${close[row]!} from ${formatTime(opens[row]!)} on`;
  const message = `${formatInterval(step)} bars in which the price stands still: ${bars}; runs: ${rows.length}, ${first}`;
  const hint = 'the market was halted, or the source filled a gap';
  return [{ code: 'price-stale', severity: 'warning', message, hint, count: bars, row }];
}
