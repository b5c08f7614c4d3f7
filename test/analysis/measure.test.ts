import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measure } from '../../src/analysis/measure.ts';
import { DAY } from '../../src/core/time.ts';
import { fakeResult, literalResult } from '../support/result.ts';

describe('the measures of a run', () => {
  test('agree with a calculation by hand on four days', () => {
    // +10 %, −20 %, +25 %: growth 1.1, deepest fall 20 % on one of four bars.
    const metrics = measure(literalResult([100, 110, 88, 110]));
    const years = 3 / 365.25;
    // Mean 0.05, deviations 0.05, −0.25, 0.20 from it.
    const volatility = Math.sqrt((0.05 ** 2 + 0.25 ** 2 + 0.2 ** 2) / 2) * Math.sqrt(365.25);
    expect(metrics.totalReturn).toBeCloseTo(0.1, 14);
    expect(metrics.cagr! / (1.1 ** (1 / years) - 1)).toBeCloseTo(1, 9);
    expect(metrics.growthAfterLiquidation).toBeCloseTo(Math.log(1.1) / years, 10);
    expect(metrics.volatility).toBeCloseTo(volatility, 12);
    expect(metrics.sharpe).toBeCloseTo((0.05 * 365.25) / volatility, 10);
    expect(metrics.sortino).toBeCloseTo((0.05 * 365.25) / (Math.sqrt(0.04 / 3) * Math.sqrt(365.25)), 10);
    expect(metrics.maxDrawdown).toBeCloseTo(0.2, 14);
    expect(metrics.ulcer).toBeCloseTo(Math.sqrt(0.04 / 4), 14);
    expect(metrics.underwaterDays).toBe(2);
    expect(metrics.cvar95).toBeCloseTo(0.2, 14);
    expect(metrics.mwr).toBeNull();
  });

  test('do not depend on the bar length where nothing happens within the day', () => {
    const daily = fakeResult({ family: 'hold', bars: 60 });
    const btc = daily.btc!;
    const hours = Array.from({ length: 59 * 24 + 1 }, (_, i) => Math.ceil(i / 24));
    const hourly = literalResult(
      hours.map((day) => daily.equity[day]!),
      { step: DAY / 24, start: daily.time[0]! - DAY / 24, btc: Float64Array.from(hours, (day) => btc[day]!) },
    );
    const [a, b] = [measure(daily), measure(hourly)];
    for (const name of ['cagr', 'maxDrawdown', 'cvar95', 'var95', 'betaToBtc'] as const) expect(b[name]).toBeCloseTo(a[name]!, 9);
  });

  test('know beta only where the market has BTC', () => {
    const equity = fakeResult({ bars: 50 }).btc!;
    expect(measure(literalResult([...equity], { btc: equity })).betaToBtc).toBeCloseTo(1, 12);
    expect(measure(literalResult([...equity])).betaToBtc).toBeNull();
  });

  test('take the risk-free rate of the account', () => {
    const result = fakeResult({ bars: 100 });
    const paid = { ...result, assumptions: { ...result.assumptions, riskFree: 0.05 } };
    const { sharpe, volatility } = measure(result);
    expect(measure(paid).sharpe).toBeCloseTo(sharpe! - 0.05 / volatility!, 12);
  });

  test('are the same in lean and full records, but for what only a full one knows', () => {
    const full = measure(fakeResult({ family: 'hedge' }));
    const lean = measure(fakeResult({ family: 'hedge', records: 'lean' }));
    expect(lean).toEqual({ ...full, timeOutOfBand: null, meanDrift: null, hedgeR2: null });
    expect(full.hedgeR2).not.toBeNull();
  });
});

describe('a degenerate run', () => {
  const values = (equity: number[]) => Object.entries(measure(literalResult(equity)));

  test.each([
    ['one bar', [100]],
    ['no bar at all', []],
    ['equity that stands still', [100, 100, 100]],
    ['a total loss', [100, 60, 0, 0]],
    ['a debt', [100, 60, -40, -41]],
    ['nothing from the start', [0, 0, 0]],
  ])('has figures or nulls, never NaN: %s', (_name, equity) => {
    const odd = values(equity).filter(
      ([name, value]) => value !== null && !Number.isFinite(value) && !/^(initial|final)/.test(name),
    );
    expect(odd).toEqual([]);
  });

  test('of one bar has a return of zero and no rates', () => {
    const metrics = measure(literalResult([100]));
    expect(metrics).toMatchObject({ totalReturn: 0, maxDrawdown: 0, underwaterDays: 0, turnover: null });
    expect([metrics.cagr, metrics.volatility, metrics.sharpe, metrics.calmar, metrics.cvar95]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('that loses everything has lost 100 % a year', () => {
    expect(measure(literalResult([100, 60, -40, -41]))).toMatchObject({ totalReturn: -1, cagr: -1, maxDrawdown: 1, calmar: -1 });
  });
});

test('eight times the money has exactly the same rates', () => {
  // A power of two, so that nothing is rounded differently.
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 40 }), (equity) => {
      const [one, eight] = [measure(literalResult(equity)), measure(literalResult(equity.map((value) => 8 * value)))];
      const money = { initialEquity: 0, finalEquity: 0, finalAfterTax: 0, finalAfterLiquidation: 0 };
      expect({ ...eight, ...money }).toEqual({ ...one, ...money });
    }),
  );
});
