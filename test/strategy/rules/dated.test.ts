import { expect, test } from 'vitest';
import { z } from 'zod';
import { DAY } from '../../../src/core/time.ts';
import { dateParam, futureFor } from '../../../src/strategy/rules/dated.ts';
import type { FutureView } from '../../../src/strategy/types.ts';

const future = (days: number, tradable = true): FutureView => ({
  symbol: `BTC-${days}`,
  contract: 'linear',
  expiry: days * DAY,
  days,
  mark: 100,
  annualisedBasis: 0,
  tradable,
});
const LISTED = [future(10), future(40), future(130)];
const symbol = (...args: Parameters<typeof futureFor>) => futureFor(...args)?.symbol;

test('the next future with enough days is taken', () => {
  expect(symbol(LISTED, 5, -Infinity)).toBe('BTC-10');
  expect(symbol(LISTED, 30, -Infinity)).toBe('BTC-40');
});

test('the last is taken where none has enough', () => {
  expect(symbol(LISTED, 200, -Infinity)).toBe('BTC-130');
  expect(futureFor([], 30, -Infinity)).toBeNull();
});

test('a day is outlived, however few days are asked for', () => {
  expect(symbol(LISTED, 0, 41 * DAY)).toBe('BTC-130');
  expect(symbol(LISTED, 100, 8 * DAY)).toBe('BTC-10');
});

test('what does not trade is passed over', () => {
  expect(symbol([future(10, false), future(40)], 5, -Infinity)).toBe('BTC-40');
});

test('a date is a day of the calendar', () => {
  expect(dateParam.safeParse('2024-02-29').success).toBe(true);
  const { error } = z.object({ until: dateParam }).safeParse({ until: '2024-02-30' });
  expect(error!.issues[0]!.message).toContain('expected a date such as 2024-06-28, found "2024-02-30"');
});
