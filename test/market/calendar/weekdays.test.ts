import { expect, test } from 'vitest';
import { formatDate, parseDate } from '../../../src/core/time.ts';
import { lastWeekday, nthWeekday, WEEKDAY, weekdayOf } from '../../../src/market/calendar/weekdays.ts';

test('days of the week, before 1970 too', () => {
  expect(weekdayOf(0)).toBe(WEEKDAY.thursday);
  expect(weekdayOf(parseDate('1969-12-31'))).toBe(WEEKDAY.wednesday);
  expect(weekdayOf(parseDate('2024-02-29'))).toBe(WEEKDAY.thursday);
});

test('the nth and the last of a weekday in a month', () => {
  expect(formatDate(lastWeekday(2024, 2, WEEKDAY.thursday))).toBe('2024-02-29');
  expect(formatDate(lastWeekday(2024, 2, WEEKDAY.friday))).toBe('2024-02-23');
  expect(formatDate(nthWeekday(2024, 11, WEEKDAY.thursday, 4))).toBe('2024-11-28');
  expect(formatDate(nthWeekday(2024, 9, WEEKDAY.sunday, 1))).toBe('2024-09-01');
});
