import { describe, expect, test } from 'vitest';
import { dailyReturns, dayEnds } from '../../src/analysis/daily.ts';
import { DAY, HOUR } from '../../src/core/time.ts';

const MIDNIGHT = Date.UTC(2024, 0, 1);

describe('ends of UTC days', () => {
  test('of daily bars are all of them', () => {
    const time = Float64Array.of(MIDNIGHT, MIDNIGHT + DAY, MIDNIGHT + 2 * DAY);
    expect([...dayEnds(time)]).toEqual([0, 1, 2]);
  });

  test('of hourly bars are those that close at midnight, besides the first and last', () => {
    // Bar 0 closes at 22:00, bar 2 at 00:00, bar 26 at the next 00:00, bar 29 at 03:00.
    const time = Float64Array.from({ length: 30 }, (_, i) => MIDNIGHT - 2 * HOUR + i * HOUR);
    expect([...dayEnds(time)]).toEqual([0, 2, 26, 29]);
  });

  test('of one bar are that bar', () => {
    expect([...dayEnds(Float64Array.of(MIDNIGHT))]).toEqual([0]);
  });
});

test('daily returns multiply to the whole period’s', () => {
  expect(dailyReturns(Float64Array.of(1, 5, 2, 3, 4), Int32Array.of(0, 2, 4))).toEqual([1, 1]);
});

test('a day that starts with nothing has no return', () => {
  expect(dailyReturns(Float64Array.of(0, 5, 10), Int32Array.of(0, 1, 2))).toEqual([0, 1]);
});
