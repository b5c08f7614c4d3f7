import { expect, test } from 'vitest';
import { isCmeOpen } from '../../../src/market/calendar/cme-hours.ts';
import { chicagoBehind, isBritishSummer } from '../../../src/market/calendar/zones.ts';
import { HOUR } from '../../../src/core/time.ts';

test.each([
  // Winter: Chicago is six hours behind.
  ['2024-01-12T21:59Z', true, 'Friday, a minute before the close'],
  ['2024-01-12T22:00Z', false, 'Friday, the close'],
  ['2024-01-13T12:00Z', false, 'Saturday'],
  ['2024-01-14T22:59Z', false, 'Sunday, before the opening'],
  ['2024-01-14T23:00Z', true, 'Sunday, the opening'],
  ['2024-01-15T22:30Z', false, 'the break of Monday'],
  ['2024-01-15T23:00Z', true, 'after the break of Monday'],
  // Summer: five hours.
  ['2024-07-12T20:59Z', true, 'Friday in summer'],
  ['2024-07-12T21:00Z', false, 'the close in summer'],
  ['2024-07-14T22:00Z', true, 'Sunday in summer'],
  ['2026-05-23T12:00Z', false, 'the last Saturday but one of the old hours'],
  ['2026-05-30T12:00Z', true, 'the first Saturday of the new hours'],
])('%s: open is %s, %s', (time, open) => {
  expect(isCmeOpen(Date.parse(time.replace('Z', ':00Z')))).toBe(open);
});

test('clocks change in March and in autumn', () => {
  expect(isBritishSummer(Date.UTC(2024, 2, 31, 0, 59))).toBe(false);
  expect(isBritishSummer(Date.UTC(2024, 2, 31, 1))).toBe(true);
  expect(isBritishSummer(Date.UTC(2024, 9, 27, 1))).toBe(false);
  expect(chicagoBehind(Date.UTC(2024, 2, 10, 7, 59))).toBe(6 * HOUR);
  expect(chicagoBehind(Date.UTC(2024, 2, 10, 8))).toBe(5 * HOUR);
  expect(chicagoBehind(Date.UTC(2024, 10, 3, 7))).toBe(6 * HOUR);
});
