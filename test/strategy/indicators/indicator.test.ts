import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import {
  bollingerBands,
  exponentialAverage,
  movingAverageConvergence,
  rateOfChange,
  relativeStrength,
  simpleAverage,
  type Indicator,
} from '../../../src/strategy/indicators/indicator.ts';

const random = createRandom(7, 'prices');
const PRICES = Array.from({ length: 400 }, () => 100 + 10 * random.normal());
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function fed<Value>(indicator: Indicator<Value>, values = PRICES): Value {
  for (const value of values) indicator.add(value);
  return indicator.value!;
}

/** Begun with the first value; weight a on each new one. */
function smoothed(values: readonly number[], a: number): number[] {
  const averages = [values[0]!];
  for (const value of values.slice(1)) averages.push(a * value + (1 - a) * averages.at(-1)!);
  return averages;
}

describe('an indicator agrees with an independent calculation:', () => {
  test('simple average', () => expect(fed(simpleAverage(20))).toBeCloseTo(mean(PRICES.slice(-20)), 9));

  test('exponential average', () => expect(fed(exponentialAverage(20))).toBeCloseTo(smoothed(PRICES, 2 / 21).at(-1)!, 9));

  test('rate of change', () => expect(fed(rateOfChange(30))).toBeCloseTo(PRICES.at(-1)! / PRICES.at(-31)! - 1, 12));

  test('relative strength, by Wilder', () => {
    const changes = PRICES.slice(1).map((price, i) => price - PRICES[i]!);
    // Averages begin with the mean of the first 14 changes; after 385 more the beginning is forgotten.
    const average = (pick: (change: number) => number) => {
      let value = mean(changes.slice(0, 14).map(pick));
      for (const change of changes.slice(14)) value = (13 * value + pick(change)) / 14;
      return value;
    };
    const gains = average((change) => Math.max(change, 0));
    const losses = average((change) => Math.max(-change, 0));
    expect(fed(relativeStrength(14))).toBeCloseTo(100 - 100 / (1 + gains / losses), 6);
  });

  test('Bollinger bands, of population deviations', () => {
    const last = PRICES.slice(-20);
    const deviation = Math.sqrt(mean(last.map((price) => (price - mean(last)) ** 2)));
    const { lower, middle, upper } = fed(bollingerBands(20, 2));
    expect([lower, middle, upper]).toEqual([
      expect.closeTo(mean(last) - 2 * deviation, 9),
      expect.closeTo(mean(last), 9),
      expect.closeTo(mean(last) + 2 * deviation, 9),
    ]);
  });

  test('convergence of moving averages', () => {
    const [short, long] = [smoothed(PRICES, 2 / 13), smoothed(PRICES, 2 / 27)];
    const difference = short.map((value, i) => value - long[i]!);
    const { macd, histogram } = fed(movingAverageConvergence());
    expect(macd).toBeCloseTo(difference.at(-1)!, 9);
    expect(histogram).toBeCloseTo(difference.at(-1)! - smoothed(difference, 0.2).at(-1)!, 6);
  });
});

describe('an indicator', () => {
  test.each([
    ['simple average', () => simpleAverage(5)],
    ['exponential average', () => exponentialAverage(5)],
    ['rate of change', () => rateOfChange(5)],
    ['relative strength', () => relativeStrength(5)],
    ['bands', () => bollingerBands(5)],
    ['convergence', () => movingAverageConvergence(3, 6, 4)],
  ])('has a value after its warm-up: %s', (_, make) => {
    const indicator: Indicator<unknown> = make();
    expect(indicator.value).toBeNull();
    expect(fed(indicator, PRICES.slice(0, indicator.warmup))).not.toBeNull();
  });

  test('without a whole length is refused', () => {
    expect(() => simpleAverage(0)).toThrow(expect.objectContaining({ code: 'indicator-length-wrong' }));
    expect(() => relativeStrength(2.5)).toThrow(expect.objectContaining({ code: 'indicator-length-wrong' }));
  });
});
