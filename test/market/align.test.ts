import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/core/time.ts';
import { alignBars, markColumns } from '../../src/market/align.ts';
import type { Bars } from '../../src/market/bars.ts';

/** Hourly bars `[hour, open, high, low, close, volume]`. */
function hourly(...rows: readonly (readonly [number, number, number, number, number, number])[]): Bars {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  return {
    ...{ file: 'f', step: HOUR, opens: column(0).map((hour) => hour * HOUR) },
    ...{ open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) },
  };
}
const flat = (...prices: readonly number[]) =>
  hourly(
    ...prices.map((price, hour) => [hour, price, price, price, price, 1] as const).filter(([, price]) => !Number.isNaN(price)),
  );

describe('alignBars', () => {
  test('a coarse bar has the first open, highest high, lowest low, last close and the sum of volumes', () => {
    const bars = hourly([0, 10, 12, 9, 11, 1], [1, 11, 15, 10, 14, 2], [2, 14, 14, 8, 9, 3], [3, 9, 10, 9, 10, 4]);
    const { open, high, low, close, volume } = alignBars(bars, { start: 0, step: 2 * HOUR, length: 2 });
    expect([open, high, low, close, volume].map((column) => [...column])).toEqual([
      [10, 14],
      [15, 14],
      [9, 8],
      [14, 10],
      [3, 7],
    ]);
  });

  test('bars that are missing leave NaN, bars missing inside a coarse one are counted', () => {
    const { close, held, whole } = alignBars(flat(1, NaN, NaN, NaN, 5, 6), { start: 0, step: 2 * HOUR, length: 3 });
    expect([...close]).toEqual([1, NaN, 6]);
    expect([[...held], whole]).toEqual([[1, 0, 2], 2]);
  });

  test('bars before, after and from the end of trading on are left out', () => {
    const clock = { start: 2 * HOUR, step: HOUR, length: 3 };
    expect([...alignBars(flat(0, 1, 2, 3, 4, 5, 6), clock).close]).toEqual([2, 3, 4]);
    expect([...alignBars(flat(0, 1, 2, 3, 4, 5, 6), clock, 4 * HOUR).close]).toEqual([2, 3, NaN]);
    expect([...alignBars(flat(0, 1, 2, 3, 4, 5, 6), clock, 3.5 * HOUR).close]).toEqual([2, 3, NaN]);
  });

  test('an unknown volume stays unknown, and is no zero in a sum', () => {
    const bars = hourly([0, 1, 1, 1, 1, NaN], [1, 1, 1, 1, 1, 5], [2, 1, 1, 1, 1, NaN], [3, 1, 1, 1, 1, NaN]);
    expect([...alignBars(bars, { start: 0, step: 2 * HOUR, length: 2 }).volume]).toEqual([5, NaN]);
  });

  test('aggregating in two steps is aggregating in one', () => {
    const price = fc.double({ min: 1, max: 100, noNaN: true });
    const bar = fc.option(fc.tuple(price, price, price, price, fc.integer({ min: 0, max: 9 })), { nil: null });
    fc.assert(
      fc.property(fc.array(bar, { minLength: 48, maxLength: 48 }), (rows) => {
        const bars = hourly(
          ...rows.flatMap((row, hour) => {
            if (row === null) return [];
            const [open, close, a, b, volume] = row;
            return [[hour, open, Math.max(open, close, a, b), Math.min(open, close, a, b), close, volume] as const];
          }),
        );
        const clock = (step: number) => ({ start: 0, step, length: (2 * DAY) / step });
        const fine = alignBars(bars, clock(6 * HOUR));
        const kept = Array.from(fine.close.keys()).filter((i) => !Number.isNaN(fine.close[i]!));
        const pick = (column: Float64Array) => Float64Array.from(kept, (i) => column[i]!);
        const again: Bars = {
          ...{ file: 'f', step: 6 * HOUR, opens: Float64Array.from(kept, (i) => i * 6 * HOUR) },
          ...{
            open: pick(fine.open),
            high: pick(fine.high),
            low: pick(fine.low),
            close: pick(fine.close),
            volume: pick(fine.volume),
          },
        };
        const { held: _, whole: __, ...once } = alignBars(bars, clock(DAY));
        const { held: ___, whole: ____, ...twice } = alignBars(again, clock(DAY));
        expect(twice).toEqual(once);
      }),
    );
  });
});

describe('markColumns', () => {
  const clock = { start: 0, step: HOUR, length: 6 };
  const traded = alignBars(flat(NaN, 10, 11, NaN, NaN, 14), clock);

  test('without a mark series, the trades are the marks, carried over gaps; 0 before the first', () => {
    const { mark, markOpen, markHigh, markLow, fromTrades } = markColumns(traded, null, 0);
    for (const column of [mark, markOpen, markHigh, markLow]) expect([...column]).toEqual([0, 10, 11, 11, 11, 14]);
    expect(fromTrades).toBe(0);
  });

  test('the mark series wins, also while nothing trades; trades fill it and are counted within the period', () => {
    const marks = alignBars(flat(99, 100, NaN, 103), clock);
    expect([...markColumns(traded, marks, 0).mark]).toEqual([0, 100, 11, 103, 103, 14]);
    expect(markColumns(traded, marks, 0).fromTrades).toBe(2);
    expect(markColumns(traded, marks, 3).fromTrades).toBe(1);
  });

  test('highs and lows of the mark are those of its bars', () => {
    const bars = alignBars(hourly([0, 10, 12, 9, 11, 1]), { ...clock, length: 2 });
    const { markOpen, markHigh, markLow, mark } = markColumns(bars, null, 0);
    expect([markOpen, markHigh, markLow, mark].map((column) => [...column])).toEqual([
      [10, 11],
      [12, 11],
      [9, 11],
      [11, 11],
    ]);
  });
});
