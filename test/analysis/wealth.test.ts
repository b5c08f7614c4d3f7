import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barReturns, equityIndex, liquidationIndex, wealthIndex } from '../../src/analysis/wealth.ts';
import { fakeResult, literalColumns, literalFull, literalResult } from '../support/result.ts';

const column = (...values: number[]) => Float64Array.from(values);

describe('the wealth index', () => {
  test('without flows is equity over its start', () => {
    expect(wealthIndex(column(100, 110, 99), column(0, 0, 0), 100)).toEqual(column(1, 1.1, 0.99));
  });

  test('does not move when a deposit does', () => {
    // 100 → 110 is +10 %; then 50 come in at the close; then 160 → 176 is another +10 %.
    const index = wealthIndex(column(100, 160, 176), column(0, 50, 0), 100);
    expect(index[1]).toBeCloseTo(1.1, 15);
    expect(index[2]).toBeCloseTo(1.21, 15);
  });

  test('does not move when a withdrawal does', () => {
    expect(wealthIndex(column(100, 60, 66), column(0, -50, 0), 100)).toEqual(column(1, 1.1, (66 / 60) * 1.1));
  });

  test('counts what bar 0’s own fills cost', () => {
    expect(wealthIndex(column(99, 99), column(0, 0), 100)).toEqual(column(0.99, 0.99));
  });

  test('stays at 0 after a total loss, whatever is paid in later', () => {
    expect(wealthIndex(column(100, -5, 1000, 2000), column(0, 0, 1000, 0), 100)).toEqual(column(1, 0, 0, 0));
  });

  test('starts at 1 when the first money arrives', () => {
    expect(wealthIndex(column(0, 100, 120), column(0, 100, 0), 0)).toEqual(column(1, 1, 1.2));
  });

  test('keeps its level while everything is withdrawn and goes on from it', () => {
    expect(wealthIndex(column(100, 0, 0, 50, 60), column(0, -120, 0, 50, 0), 100)).toEqual(column(1, 1.2, 1.2, 1.2, 1.44));
  });

  test('grows out of no debt by prices alone: it goes on with the next deposit', () => {
    // 150 of 100 are withdrawn; prices bring −50 to 5 and 50; 50 come in at 100, which become 110.
    const values = column(100, -50, 5, 50, 100, 110);
    expect(wealthIndex(values, column(0, -150, 0, 0, 50, 0), 100)).toEqual(column(1, 1, 1, 1, 1, 1.1));
  });

  test('of any positive path with flows chains the bars’ returns', () => {
    const money = fc.double({ min: 1, max: 1e6, noNaN: true });
    const flow = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(money, flow), { minLength: 2, maxLength: 30 }), (bars) => {
        const values = Float64Array.from(bars, ([value]) => value);
        const flows = Float64Array.from(bars, ([value, share], t) => (t === 0 ? 0 : value * share));
        const index = wealthIndex(values, flows, values[0]!);
        let product = 1;
        for (let t = 1; t < values.length; t++) {
          product *= (values[t]! - flows[t]!) / values[t - 1]!;
          expect(index[t]! / product).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});

describe('bar returns', () => {
  test('are one fewer than bars', () => {
    const returns = barReturns(column(1, 1.1, 0.99));
    expect(returns).toHaveLength(2);
    expect(returns[0]).toBeCloseTo(0.1, 15);
    expect(returns[1]).toBeCloseTo(-0.1, 15);
  });

  test('are −1 at a total loss and 0 after it', () => {
    expect(barReturns(column(1, 0, 0))).toEqual(column(-1, 0));
  });

  test('of a single bar, or none, are none', () => {
    expect(barReturns(column(1))).toHaveLength(0);
    expect(barReturns(column())).toHaveLength(0);
  });
});

describe('indices of a run', () => {
  test('of equity starts from initial equity', () => {
    const result = literalResult([99, 110]);
    const { totals } = result;
    expect(equityIndex({ ...result, totals: { ...totals, initialEquity: 100 } })).toEqual(column(0.99, 1.1));
  });

  test('of what is left after liquidation starts from its own initial value', () => {
    const result = literalResult([100, 120], {
      full: literalFull(literalColumns(2, { afterLiquidation: column(90, 108) })),
    });
    expect(liquidationIndex({ ...result, totals: { ...result.totals, initialAfterLiquidation: 90 } })).toEqual(column(1, 1.2));
  });

  test('of what is left after liquidation is not known in a lean record or from a debt', () => {
    expect(liquidationIndex(fakeResult({ bars: 3, records: 'lean' }))).toBeNull();
    const result = fakeResult({ bars: 3 });
    expect(liquidationIndex({ ...result, totals: { ...result.totals, initialAfterLiquidation: -1 } })).toBeNull();
  });
});
