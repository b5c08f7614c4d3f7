import fc from 'fast-check';
import { sampleCorrelation, sampleCovariance, sampleStandardDeviation, sampleVariance } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/core/time.ts';
import { beta, correlation, dailyLogReturns, dailyReturnsKnown, volatility } from '../../src/market/rolling.ts';

const daily = (length: number) => ({ start: 0, step: DAY, length });

describe('dailyLogReturns', () => {
  test('daily bars give one return per bar but the first', () => {
    const returns = dailyLogReturns(Float64Array.of(1, Math.E, Math.E ** 3), daily(3));
    expect([...returns]).toEqual([1, 2]);
  });

  test('hourly bars are read where a UTC day ends, also when the clock starts at noon', () => {
    const closes = new Float64Array(60).fill(7);
    closes[11] = 1; // closes at the first midnight
    closes[35] = Math.E;
    closes[59] = Math.E;
    const clock = { start: 12 * HOUR, step: HOUR, length: 60 };
    expect([...dailyLogReturns(closes, clock)]).toEqual([1, 0]);
    expect(dailyReturnsKnown(clock, 34)).toBe(0);
    expect(dailyReturnsKnown(clock, 35)).toBe(1);
    expect(dailyReturnsKnown(clock, 58)).toBe(1);
    expect(dailyReturnsKnown(clock, 10)).toBe(0);
  });

  test('a bar without trade, or before listing, leaves the returns around it out', () => {
    expect([...dailyLogReturns(Float64Array.of(0, 1, 1, NaN, 1), daily(5))]).toEqual([NaN, 0, NaN, NaN]);
  });
});

describe('rolling estimates', () => {
  const wave = Float64Array.from({ length: 100 }, (_, d) => Math.sin(d));
  const twice = wave.map((value) => 2 * value + 0.5);

  test('an asset that moves twice as much has beta 2 and correlation 1', () => {
    expect(beta(twice, wave, 100, 90)).toBeCloseTo(2, 12);
    expect(correlation(twice, wave, 100, 90)).toBeCloseTo(1, 12);
  });

  test('below 60 observations there is no estimate', () => {
    expect(beta(twice, wave, 59, 90)).toBeNaN();
    expect(beta(twice, wave, 60, 90)).toBeCloseTo(2, 12);
    expect(beta(twice, wave, 100, 59)).toBeNaN();
    expect(correlation(twice, wave, 59, 90)).toBeNaN();
    expect(volatility(wave, 59, 90)).toBeNaN();
  });

  test('a reference that never moves gives no beta and no correlation', () => {
    const flat = new Float64Array(100);
    expect(beta(wave, flat, 100, 90)).toBeNaN();
    expect(correlation(wave, flat, 100, 90)).toBeNaN();
    expect(volatility(flat, 100, 90)).toBe(0);
  });

  test('days on which either did not trade are left out', () => {
    const holed = twice.map((value, d) => (d % 10 === 0 ? NaN : value));
    expect(beta(holed, wave, 100, 90)).toBeCloseTo(2, 12);
    expect(beta(holed, wave, 66, 66)).toBeNaN(); // 66 days, 59 of them with a return
  });

  test('agree with an independent calculation on any returns', () => {
    const returns = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 70, maxLength: 70 });
    fc.assert(
      fc.property(returns, returns, (a, b) => {
        fc.pre(sampleVariance(a) > 1e-6 && sampleVariance(b) > 1e-6);
        const [x, y] = [Float64Array.from(a), Float64Array.from(b)];
        expect(beta(x, y, 70, 70)).toBeCloseTo(sampleCovariance(a, b) / sampleVariance(b), 8);
        expect(correlation(x, y, 70, 70)).toBeCloseTo(sampleCorrelation(a, b), 8);
        expect(volatility(x, 70, 70)).toBeCloseTo(sampleStandardDeviation(a) * Math.sqrt(365.25), 8);
      }),
    );
  });
});
