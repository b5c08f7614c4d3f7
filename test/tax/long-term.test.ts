import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, anniversary, startOfDay } from '../../src/core/time.ts';
import { LongTermClock, longTermFrom } from '../../src/tax/long-term.ts';
import { at } from '../support/tax.ts';

const isLong = (acquired: number, sold: number, years = 1): boolean => acquired < new LongTermClock(years).cutoff(sold);

describe('long-term', () => {
  test.each([
    ['2023-01-15', '2024-01-15', false],
    ['2023-01-15', '2024-01-16', true],
    ['2024-02-28', '2025-02-28', false],
    ['2024-02-28', '2025-03-01', true],
    ['2024-02-29', '2025-02-28', false],
    ['2024-02-29', '2025-03-01', true],
    ['2023-02-28', '2024-02-28', false],
    ['2023-02-28', '2024-02-29', true],
    ['2023-03-01', '2024-02-29', false],
    ['2023-03-01', '2024-03-01', false],
    ['2023-03-01', '2024-03-02', true],
    ['2023-12-31', '2024-12-31', false],
    ['2023-12-31', '2025-01-01', true],
  ])('bought on %s, sold on %s: %s', (bought, sold, expected) => {
    expect(isLong(at(bought), at(sold))).toBe(expected);
  });

  test('counts dates, not hours', () => {
    expect(isLong(at('2023-01-15', 0), at('2024-01-15', 23.9))).toBe(false);
    expect(isLong(at('2023-01-15', 23.9), at('2024-01-16', 0))).toBe(true);
  });

  test('means nothing where time does not matter', () => {
    expect(new LongTermClock(null).cutoff(at('2024-01-01'))).toBe(-Infinity);
  });

  test('agrees with the calendar for any two moments, asked in any order', () => {
    const clock = new LongTermClock(1);
    const moment = fc.integer({ min: at('2015-01-01'), max: at('2035-01-01') });
    const aroundYear = fc.integer({ min: 363 * DAY, max: 368 * DAY });
    fc.assert(
      fc.property(moment, aroundYear, (acquired, later) => {
        const sold = acquired + later;
        expect(acquired < clock.cutoff(sold)).toBe(startOfDay(sold) > anniversary(acquired, 1));
      }),
      { numRuns: 5_000 },
    );
  });

  test('agrees with the calendar on every day around three leap days', () => {
    for (const leapDay of ['2016-02-29', '2020-02-29', '2024-02-29']) {
      for (let day = -400; day <= 400; day++) {
        const acquired = at(leapDay) + day * DAY;
        for (const years of [1, 2, 4]) {
          const last = anniversary(acquired, years);
          expect(isLong(acquired, last, years)).toBe(false);
          expect(isLong(acquired, last + DAY, years)).toBe(true);
        }
      }
    }
  });
});

describe('the first long-term moment of a lot', () => {
  test('is the day after its anniversary, and what the clock says', () => {
    expect(longTermFrom(at('2023-01-15', 10), 1)).toBe(at('2024-01-16'));
    fc.assert(
      fc.property(fc.integer({ min: at('2015-01-01'), max: at('2035-01-01') }), (acquired) => {
        const from = longTermFrom(acquired, 1)!;
        expect([from - 1, from].map((sold) => isLong(acquired, sold))).toEqual([false, true]);
      }),
    );
  });

  test('never comes where time does not matter', () => {
    expect(longTermFrom(at('2023-01-15'), null)).toBeNull();
  });
});
