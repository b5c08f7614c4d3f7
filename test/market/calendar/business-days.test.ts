import { expect, test } from 'vitest';
import { formatDate, parseDate } from '../../../src/core/time.ts';
import { commonBusinessDay, easterSunday, isUkBusinessDay, isUsBusinessDay } from '../../../src/market/calendar/business-days.ts';

test('Easter', () => {
  const dates = [2000, 2008, 2016, 2018, 2024, 2025, 2026, 2038].map((year) => formatDate(easterSunday(year)));
  expect(dates).toEqual([
    '2000-04-23',
    '2008-03-23',
    '2016-03-27',
    '2018-04-01',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2038-04-25',
  ]);
});

test.each([
  ['2024-03-29', 'Good Friday'],
  ['2024-04-01', 'Easter Monday'],
  ['2020-05-08', 'VE day, to which the May holiday was moved'],
  ['2022-06-02', 'the Spring holiday, moved'],
  ['2022-06-03', 'the Platinum Jubilee'],
  ['2022-09-19', 'the State Funeral'],
  ['2023-05-08', 'the Coronation'],
  ['2025-08-25', 'the Summer holiday'],
  ['2021-12-27', 'for Christmas on a Saturday'],
  ['2021-12-28', 'for Boxing Day on a Sunday'],
  ['2022-12-26', 'Boxing Day'],
  ['2022-12-27', 'for Christmas on a Sunday'],
  ['2020-12-28', 'for Boxing Day on a Saturday'],
  ['2022-01-03', 'for New Year on a Saturday'],
  ['2024-06-01', 'a Saturday'],
])('banks in England are closed on %s: %s', (date) => {
  expect(isUkBusinessDay(parseDate(date))).toBe(false);
});

test.each(['2020-05-04', '2022-05-30', '2024-07-04', '2021-12-24', '2026-12-24'])('banks in England are open on %s', (date) => {
  expect(isUkBusinessDay(parseDate(date))).toBe(true);
});

test.each([
  ['2024-01-15', 'Martin Luther King'],
  ['2024-02-19', 'Presidents'],
  ['2024-05-27', 'Memorial'],
  ['2022-06-20', 'Juneteenth on a Sunday'],
  ['2024-07-04', 'Independence'],
  ['2024-11-28', 'Thanksgiving'],
  ['2022-12-26', 'Christmas on a Sunday'],
  ['2023-11-12', 'a Sunday'],
])('banks in the United States are closed on %s: %s', (date) => {
  expect(isUsBusinessDay(parseDate(date))).toBe(false);
});

test.each([
  ['2021-12-31', 'New Year on a Saturday does not move'],
  ['2024-11-29', 'the day after Thanksgiving'],
  ['2020-06-19', 'before Juneteenth was a holiday'],
  ['2024-03-29', 'Good Friday'],
])('banks in the United States are open on %s: %s', (date) => {
  expect(isUsBusinessDay(parseDate(date))).toBe(true);
});

test('the last common business day at or before a day', () => {
  const before = (date: string) => formatDate(commonBusinessDay(parseDate(date)));
  expect(before('2024-06-28')).toBe('2024-06-28');
  expect(before('2024-03-29')).toBe('2024-03-28');
  // Boxing Day on a Friday: Christmas is one in neither country.
  expect(before('2025-12-26')).toBe('2025-12-24');
});
