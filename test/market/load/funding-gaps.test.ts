import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/core/time.ts';
import { fundingGaps } from '../../../src/market/load/funding-gaps.ts';

const hours = (...values: number[]) => Float64Array.from(values, (value) => value * HOUR);
const every = (interval: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / interval) + 1 }, (_, i) => from + i * interval);
const gapsIn = (times: Float64Array, from: number, to: number) =>
  fundingGaps(times, from * HOUR, to * HOUR).map((gap) => [gap.from / HOUR, gap.to / HOUR, ...gap.due.map((due) => due / HOUR)]);

describe('fundingGaps', () => {
  test('settlements every eight hours leave no gap, with the last one at the very end or an interval before it', () => {
    expect(gapsIn(hours(...every(8, 0, 72)), 0, 72)).toEqual([]);
    expect(gapsIn(hours(...every(8, 0, 64)), 0, 72)).toEqual([]);
  });

  test('one settlement missing is a gap that says when it was due', () => {
    expect(gapsIn(hours(0, 8, 16, 32, 40, 48), 0, 48)).toEqual([[16, 32, 24]]);
  });

  test('a change of interval is no gap, in either direction', () => {
    expect(gapsIn(hours(...every(8, 0, 80), ...every(1, 81, 100)), 0, 100)).toEqual([]);
    expect(gapsIn(hours(...every(1, 0, 40), ...every(8, 48, 100)), 0, 100)).toEqual([]);
    expect(gapsIn(hours(...every(8, 0, 40), ...every(4, 44, 60), ...every(8, 68, 100)), 0, 100)).toEqual([]);
  });

  test('eight hours without settlement are a gap where it settles hourly', () => {
    expect(gapsIn(hours(...every(1, 0, 10), ...every(1, 13, 30)), 0, 30)).toEqual([[10, 13, 11, 12]]);
  });

  test('what lies before the first and after the last settlement is missing', () => {
    expect(gapsIn(hours(24, 32, 40), 0, 64)).toEqual([
      [0, 24, 8, 16],
      [40, 64, 48, 56, 64],
    ]);
  });

  test('a settlement at the very start is not due', () => {
    expect(gapsIn(hours(16, 24, 32), 0, 32)).toEqual([[0, 16, 8]]);
    expect(gapsIn(hours(8, 16, 24, 32), 0, 32)).toEqual([]);
  });

  test('settlements that end before, or begin after the range, leave all of it missing', () => {
    expect(gapsIn(hours(0, 8, 16), 48, 72)).toEqual([[48, 72, 56, 64, 72]]);
    expect(gapsIn(hours(96, 104, 112), 48, 72)).toEqual([[48, 72, 56, 64, 72]]);
  });

  test('without any settlement, eight hours are taken', () => {
    expect(gapsIn(hours(), 4, 24)).toEqual([[4, 24, 8, 16, 24]]);
    expect(gapsIn(hours(8), 0, 12)).toEqual([]);
  });

  test('a minute late is still in time', () => {
    const late = hours(0, 8, 16, 28, 36, 44, 52, 60).map((time, i) => (i === 3 ? time + 59_000 : time));
    expect(fundingGaps(late, 0, 60 * HOUR)).toEqual([]);
  });

  test('any settlement taken out of a regular series is found, and only that', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 4, 8), fc.integer({ min: 1, max: 38 }), (interval, missing) => {
        const all = every(interval, 0, interval * 40);
        const times = hours(...all.filter((_, i) => i !== missing));
        expect(gapsIn(times, 0, interval * 40).flatMap((gap) => gap.slice(2))).toEqual([missing * interval]);
      }),
    );
  });
});
