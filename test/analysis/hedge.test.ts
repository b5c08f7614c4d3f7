import { describe, expect, test } from 'vitest';
import { hedgeR2 } from '../../src/analysis/hedge.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import type { FullColumns, RunResult } from '../../src/result/run-result.ts';
import { fakeResult, literalColumns, literalFull, literalResult } from '../support/result.ts';

const column = (...values: number[]) => Float64Array.from(values);

function hedged(columns: Partial<FullColumns>, { equity = [100, 100, 100, 100, 100], step = DAY } = {}): RunResult {
  const full = literalFull(literalColumns(equity.length, columns));
  const result = literalResult(equity, { step, full });
  return { ...result, totals: { ...result.totals, futuresTraded: 50 } };
}

describe('hedge R²', () => {
  // Daily spot results +4, −4, +4, −4.
  const spot = { BTC: column(0, 4, 0, 4, 0) };

  test('is 1 for a hedge that takes all variance away', () => {
    expect(hedgeR2(hedged({ spot, futuresIndex: { 'BTC-PERP': column(0, -4, 0, -4, 0) } }))).toBe(1);
  });

  test('is 3/4 for a hedge of half: a quarter of the variance is left', () => {
    expect(hedgeR2(hedged({ spot, futuresIndex: { 'BTC-PERP': column(0, -2, 0, -2, 0) } }))).toBeCloseTo(0.75, 15);
  });

  test('is negative when contracts add to the variance', () => {
    expect(hedgeR2(hedged({ spot, futuresIndex: { 'BTC-PERP': column(0, 4, 0, 4, 0) } }))).toBeCloseTo(-3, 14);
  });

  test('counts basis and funding with the hedge', () => {
    const columns = {
      spot,
      futuresIndex: { 'BTC-PERP': column(0, -2, 0, -2, 0) },
      futuresBasis: { 'BTC-PERP': column(0, -1, 0, -1, 0) },
      funding: column(0, -1, 0, -1, 0),
    };
    expect(hedgeR2(hedged(columns))).toBe(1);
  });

  test('measures days against the equity of the day before', () => {
    // +10 of 100 and +20 of 200 are the same 10 %: no variance to remove.
    expect(hedgeR2(hedged({ spot: { BTC: column(0, 10, 30) } }, { equity: [100, 200, 220] }))).toBeNull();
  });

  test('puts the hours of a day together', () => {
    // Spot gains 4 on odd days and loses them on even ones. The hedge undoes that by the day's end, and wobbles at noon.
    const spotByHour = Float64Array.from({ length: 97 }, (_, hour) => 4 * (Math.ceil(hour / 24) % 2));
    const hedgeByHour = spotByHour.map((profit, hour) => (hour % 24 === 12 ? 3 : 0) - profit);
    const columns = { spot: { BTC: spotByHour }, futuresIndex: { 'BTC-PERP': hedgeByHour } };
    const equity = Array.from(spotByHour, () => 100);
    expect(hedgeR2(hedged(columns, { equity, step: HOUR }))).toBeCloseTo(1, 12);
  });

  test('is not defined without futures, in a lean record, for one day, or on a book that stands still', () => {
    expect(hedgeR2(fakeResult({ family: 'spot' }))).toBeNull();
    expect(hedgeR2(fakeResult({ family: 'hedge', records: 'lean' }))).toBeNull();
    expect(hedgeR2(hedged({ spot: { BTC: column(0, 4) } }, { equity: [100, 104] }))).toBeNull();
    expect(hedgeR2(hedged({ spot: { BTC: column(0, 0, 0) } }, { equity: [100, 100, 100] }))).toBeNull();
    // One per cent a day, but for rounding.
    const spot = { BTC: column(0, 0.1, 0.2, 0.30000000000000004) };
    expect(hedgeR2(hedged({ spot }, { equity: [10, 10, 10, 10] }))).toBeNull();
  });

  test('stops at the day equity is lost', () => {
    const equity = [100, 100, 100, -5, -5];
    const columns = { spot, futuresIndex: { 'BTC-PERP': column(0, -4, 0, -4, 0) } };
    expect(hedgeR2(hedged(columns, { equity }))).toBe(1);
  });
});
