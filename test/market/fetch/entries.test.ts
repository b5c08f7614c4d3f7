import { expect, test } from 'vitest';
import { formatTime, parseDate } from '../../../src/core/time.ts';
import { quarterlyExpiries } from '../../../src/market/fetch/entries.ts';
import { daysOf, monthAt, monthsOf } from '../../../src/market/fetch/month.ts';

test('quarterly contracts expire on the last Friday of their quarter, at eight', () => {
  const ends = ['2023-10-01', '2024-01-01', '2024-04-01', '2024-07-01', '2022-01-01'].map(parseDate);
  expect(quarterlyExpiries(0, Infinity, ends).map(formatTime)).toEqual([
    '2023-09-29T08:00Z',
    '2023-12-29T08:00Z',
    '2024-03-29T08:00Z',
    '2024-06-28T08:00Z',
    '2021-12-31T08:00Z',
  ]);
});

test('a period touches whole months, and days that are over', () => {
  const months = monthsOf(parseDate('2023-11-30'), parseDate('2024-02-02'));
  expect(months.map(({ name }) => name)).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
  expect(months[1]!.to).toBe(parseDate('2024-01-01'));
  expect(daysOf(months[3]!, parseDate('2024-02-03')).map(({ name }) => name)).toEqual(['2024-02-01', '2024-02-02']);
  expect(daysOf(monthAt(parseDate('2024-02-10')), Infinity)).toHaveLength(29);
});
