import { lowerBound } from '../../core/column.ts';
import type { CatalogFile } from './files.ts';

/** The closes of one sound file of trades or marks, kept to be held against those of other files. */
export interface Priced {
  readonly file: CatalogFile;
  readonly step: number;
  readonly opens: Float64Array;
  readonly close: Float64Array;
  /** Line of each bar. */
  readonly lines: Float64Array;
}

/** How messages call a file of prices, beside its own name. */
export function callPriced({ file: { file, role, series } }: Priced): string {
  return `${role === 'mark' ? 'the marks of ' : ''}${series.symbol} at ${series.venue} (${file})`;
}

/** Row of the bar that closes exactly at a moment; −1 when there is none. */
export function rowClosingAt({ opens, step }: Priced, time: number): number {
  const row = lowerBound(opens, time - step);
  return opens[row] === time - step ? row : -1;
}

/** Rows of two files whose bars close at the same moment, whatever their lengths; ascending. */
export function commonCloses(a: Priced, b: Priced): { readonly a: Int32Array; readonly b: Int32Array } {
  const [rowsA, rowsB] = [new Int32Array(a.opens.length), new Int32Array(a.opens.length)];
  let [count, j] = [0, 0];
  for (let i = 0; i < a.opens.length; i++) {
    const open = a.opens[i]! + a.step - b.step;
    while (j < b.opens.length && b.opens[j]! < open) j++;
    if (b.opens[j] !== open) continue;
    rowsA[count] = i;
    rowsB[count++] = j;
  }
  return { a: rowsA.subarray(0, count), b: rowsB.subarray(0, count) };
}
