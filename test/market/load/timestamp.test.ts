import { expect, test } from 'vitest';
import { epochStamp, parseEnd, parseStamp } from '../../../src/market/load/timestamp.ts';

const MOMENT = Date.UTC(2024, 2, 10, 2);

test.each([
  ['2024-03-10T02:00:00.000Z', 'UTC'],
  ['2024-03-10T02:00Z', 'UTC'],
  ['2024-03-10 02:00:00+00:00', 'UTC'],
  ['2024-03-10T04:00:00+02:00', 'offset +02:00'],
  ['2024-03-09T21:00:00-0500', 'offset -0500'],
  ['2024-03-10 02:00:00', 'no zone'],
  ['1710036000', 'epoch seconds'],
  ['1710036000.0', 'epoch seconds'],
  ['1710036000000', 'epoch milliseconds'],
  ['1710036000000000', 'epoch microseconds'],
])('%s is read, and known to be in the form "%s"', (text, form) => {
  expect(parseStamp(text)).toEqual({ time: MOMENT, form });
});

test('a fraction of a second is kept to the millisecond', () => {
  expect(parseStamp('2024-03-10T01:59:59.999Z')!.time).toBe(MOMENT - 1);
  expect(parseStamp('2024-03-10T01:59:59.999999Z')!.time).toBe(MOMENT - 1);
  expect(parseStamp('2024-03-10T02:00:00.29Z')!.time).toBe(MOMENT + 290);
});

test('a plain date is its midnight', () => {
  expect(parseStamp('2024-03-10')).toEqual({ time: Date.UTC(2024, 2, 10), form: 'no zone' });
});

test.each([
  '',
  'abc',
  '2024-02-30',
  '2023-02-29T00:00Z',
  '2024-13-01',
  '2024-03-10T24:00Z',
  '10/03/2024',
  '12',
  'NaN',
  '2024-3-1',
])('"%s" is no moment', (text) => {
  expect(parseStamp(text)).toBeUndefined();
});

test('a number of no known magnitude is no moment', () => {
  expect(epochStamp(20240310)).toBeUndefined();
  expect(epochStamp(NaN)).toBeUndefined();
});

test('as an end, a date means the end of its day', () => {
  expect(parseEnd('2024-03-10')).toBe(Date.UTC(2024, 2, 11));
  expect(parseEnd('2024-03-10T02:00Z')).toBe(MOMENT);
  expect(parseEnd('soon')).toBeNaN();
});
