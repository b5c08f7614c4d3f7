import { lowerBound } from '../../core/column.ts';
import { alignBars } from '../align.ts';
import type { Bars } from '../bars.ts';
import type { Stretch } from '../extent.ts';
import type { Rows } from './encode.ts';

/** The rows whose stamps lie in a stretch of time; views, not copies. */
export function sliceRows({ time, columns }: Rows, { from, to }: Stretch): Rows {
  const [first, end] = [lowerBound(time, from), lowerBound(time, to)];
  const cut = (column: Float64Array) => column.subarray(first, end);
  return { time: cut(time), columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cut(column)])) };
}

/** Longer bars of a file, stamped as the file is, whose marks keep their stamps; a bar of which nothing is there is left out. */
export function coarserBars(
  bars: Bars,
  step: number,
  stamp: 'open' | 'close',
): { readonly rows: Rows; readonly incomplete: number } {
  const start = Math.floor(bars.opens[0]! / step) * step;
  const length = Math.floor((bars.opens.at(-1)! - start) / step) + 1;
  const { held, whole, ...columns } = alignBars(bars, { start, length, step });
  const kept = [...held.keys()].filter((bar) => held[bar]! > 0);
  const pick = (column: Float64Array) => Float64Array.from(kept, (bar) => column[bar]!);
  return {
    rows: {
      time: Float64Array.from(kept, (bar) => start + (stamp === 'open' ? bar : bar + 1) * step),
      columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, pick(column)])),
    },
    incomplete: kept.filter((bar) => held[bar]! < whole).length,
  };
}
