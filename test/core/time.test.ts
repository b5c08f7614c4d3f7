import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anniversary,
  civilDate,
  DAY,
  dateTime,
  formatDate,
  formatInterval,
  formatMinute,
  formatTime,
  HOUR,
  MINUTE,
  nextBoundary,
  parseDate,
  parseInterval,
  startOfDay,
} from '../../src/core/time.ts';

const moment = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) });

describe('intervals', () => {
  test.each([
    ['1m', MINUTE],
    ['15m', 15 * MINUTE],
    ['1h', HOUR],
    ['8h', 8 * HOUR],
    ['1d', DAY],
  ])('%s is read and written', (text, step) => {
    expect(parseInterval(text)).toBe(step);
    expect(formatInterval(step)).toBe(text);
  });

  test('are written as short as possible', () => {
    expect(formatInterval(parseInterval('60m'))).toBe('1h');
    expect(formatInterval(parseInterval('24h'))).toBe('1d');
  });

  test.each(['', '1', 'h', '0h', '7h', '2d', '1w', '1.5h', '-1h', '25h'])(
    '"%s" does not divide a day into whole minutes',
    (text) => {
      expect(() => parseInterval(text)).toThrow(expect.objectContaining({ code: 'interval-unknown' }));
    },
  );
});

describe('moments in words', () => {
  test('show seconds and milliseconds only where there are any', () => {
    const time = Date.UTC(2024, 2, 10, 2);
    expect(formatTime(time)).toBe('2024-03-10T02:00Z');
    expect(formatTime(time + 5000)).toBe('2024-03-10T02:00:05Z');
    expect(formatTime(time + 7)).toBe('2024-03-10T02:00:00.007Z');
    expect(formatDate(time)).toBe('2024-03-10');
    expect(formatMinute(time + 5 * MINUTE + 59_999)).toBe('2024-03-10T02:05Z');
    expect([formatTime(NaN), formatDate(Infinity)]).toEqual(['NaN', 'Infinity']);
  });

  test.each(['2024-02-30', '2023-02-29', '2024-13-01', '2024-1-1', '2024-01-01T00:00', 'soon'])(
    '"%s" is no calendar date',
    (text) => {
      expect(parseDate(text)).toBeNaN();
    },
  );

  test('every date is read back as its midnight', () => {
    fc.assert(
      fc.property(moment, (time) => {
        expect(parseDate(formatDate(time))).toBe(startOfDay(time));
      }),
    );
  });
});

describe('the calendar', () => {
  test('clamps a day past the end of its month', () => {
    expect(dateTime(2023, 2, 29)).toBe(parseDate('2023-02-28'));
    expect(dateTime(2024, 2, 29)).toBe(parseDate('2024-02-29'));
  });

  test('an anniversary is the same date, and 28 February for a leap day in a common year', () => {
    expect(formatDate(anniversary(Date.UTC(2020, 1, 29, 13), 1))).toBe('2021-02-28');
    expect(formatDate(anniversary(Date.UTC(2020, 1, 29), 4))).toBe('2024-02-29');
    expect(formatTime(anniversary(Date.UTC(2021, 6, 15, 13), 2))).toBe('2023-07-15T00:00Z');
  });

  test('takes dates apart', () => {
    expect(civilDate(Date.UTC(2024, 11, 31, 23, 59))).toEqual({ year: 2024, month: 12, day: 31 });
  });

  // 2024-03-10 was a Sunday.
  test.each([
    ['day', '2024-03-11'],
    ['week', '2024-03-11'],
    ['month', '2024-04-01'],
    ['quarter', '2024-04-01'],
    ['year', '2025-01-01'],
  ] as const)('the next %s begins after the moment', (unit, next) => {
    expect(formatDate(nextBoundary(Date.UTC(2024, 2, 10, 5), unit))).toBe(next);
  });

  test('a boundary itself is followed by the next one', () => {
    expect(formatDate(nextBoundary(parseDate('2024-03-11'), 'week'))).toBe('2024-03-18');
    expect(formatDate(nextBoundary(parseDate('2024-12-31'), 'day'))).toBe('2025-01-01');
    expect(formatDate(nextBoundary(parseDate('2024-10-01'), 'quarter'))).toBe('2025-01-01');
  });

  test('weeks begin on Mondays, a week apart', () => {
    fc.assert(
      fc.property(moment, (time) => {
        const next = nextBoundary(time, 'week');
        expect(new Date(next).getUTCDay()).toBe(1);
        expect(next - time).toBeGreaterThan(0);
        expect(next - time).toBeLessThanOrEqual(7 * DAY);
      }),
    );
  });
});
