import { describe, expect, test } from 'vitest';
import { cagr, growthAfterLiquidation, totalReturn } from '../../src/analysis/growth.ts';
import { YEAR } from '../../src/core/time.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { fakeResult, literalColumns, literalFull, literalResult } from '../support/result.ts';

test('total return is growth less one', () => {
  expect(totalReturn(Float64Array.of(1, 1.3, 1.25))).toBe(0.25);
  expect(totalReturn(Float64Array.of())).toBeNull();
});

test('a doubling in two years is 41.42 % a year', () => {
  expect(cagr(2, 2)).toBeCloseTo(Math.SQRT2 - 1, 15);
});

test('a total loss is −100 % a year; without a span there is no rate', () => {
  expect(cagr(0, 3)).toBe(-1);
  expect(cagr(1.2, 0)).toBeNull();
});

describe('growth after liquidation', () => {
  const twoYears = (equity: number[], more: Partial<RunResult> = {}) => literalResult(equity, { step: YEAR, ...more });

  test('is the yearly log growth of what selling everything leaves', () => {
    const result = twoYears([100, 150, 200]);
    const totals = { ...result.totals, initialAfterLiquidation: 80, finalAfterLiquidation: 160 };
    expect(growthAfterLiquidation({ ...result, totals })).toBeCloseTo(Math.LN2 / 2, 15);
  });

  test('is the same in a lean and a full record', () => {
    const full = fakeResult({ family: 'spot' });
    expect(growthAfterLiquidation(fakeResult({ family: 'spot', records: 'lean' }))).toBe(growthAfterLiquidation(full));
  });

  test('with flows is time-weighted on the column', () => {
    // 80 → 88 (+10 %), 12 come in, 100 → 110 (+10 %).
    const full = literalFull(literalColumns(3, { afterLiquidation: Float64Array.of(80, 100, 110) }));
    const result = twoYears([100, 120, 130], { flows: Float64Array.of(0, 12, 0), full });
    const totals = { ...result.totals, initialAfterLiquidation: 80, finalAfterLiquidation: 110 };
    expect(growthAfterLiquidation({ ...result, totals })).toBeCloseTo(Math.log(1.21) / 2, 14);
  });

  test('with flows is not known in a lean record', () => {
    expect(growthAfterLiquidation(twoYears([100, 120, 130], { flows: Float64Array.of(0, 12, 0) }))).toBeNull();
  });

  test('is not defined after a total loss, for one bar, or from nothing', () => {
    expect(growthAfterLiquidation(twoYears([100, 50, 0]))).toBeNull();
    expect(growthAfterLiquidation(twoYears([100]))).toBeNull();
    expect(growthAfterLiquidation(twoYears([0, 50, 60]))).toBeNull();
  });
});
