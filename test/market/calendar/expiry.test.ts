import { describe, expect, test } from 'vitest';
import { formatTime } from '../../../src/core/time.ts';
import { cmeExpiry, deliveryMonth, monthlyExpiry, quarterlyExpiry, symbolExpiry } from '../../../src/market/calendar/expiry.ts';

const shown = (time: number | null) => time && formatTime(time);

describe('crypto venues', () => {
  test('deliver on the last Friday at 08:00 UTC, holiday or not', () => {
    expect(shown(quarterlyExpiry(2020, 3))).toBe('2020-09-25T08:00Z');
    expect(shown(quarterlyExpiry(2026, 4))).toBe('2026-12-25T08:00Z');
    expect(shown(quarterlyExpiry(2024, 1))).toBe('2024-03-29T08:00Z');
    expect(shown(monthlyExpiry(2024, 2))).toBe('2024-02-23T08:00Z');
    expect(shown(monthlyExpiry(2024, 5))).toBe('2024-05-31T08:00Z');
  });

  test.each([
    ['BTCUSD_261225', '2026-12-25T08:00Z'],
    ['BTC-USD_UM-250328', '2025-03-28T08:00Z'],
    ['BTC-240628', '2024-06-28T08:00Z'],
    ['BTC-25DEC26', '2026-12-25T08:00Z'],
    ['BTC-3JAN25', '2025-01-03T08:00Z'],
    ['BTCUSDZ26', '2026-12-25T08:00Z'],
    ['BTCUSDH24', '2024-03-29T08:00Z'],
    ['BTCUSDT', null],
    ['BTC-PERPETUAL', null],
    ['BTC-32DEC26', null],
    ['BTCUSD_261332', null],
  ])('%s expires %s', (symbol, expiry) => {
    expect(shown(symbolExpiry(symbol))).toBe(expiry);
  });

  test('a letter is a delivery month', () => {
    expect(deliveryMonth('MBTF25')).toEqual({ year: 2025, month: 1 });
    expect(deliveryMonth('BTCUSDT')).toBeNull();
  });
});

describe('CME', () => {
  test.each([
    [2026, 12, '2026-12-24T16:00Z', 'Christmas is a Friday'],
    [2025, 12, '2025-12-24T16:00Z', 'Boxing Day is a Friday'],
    [2024, 3, '2024-03-28T16:00Z', 'Good Friday, before the clocks change'],
    [2018, 3, '2018-03-29T15:00Z', 'Good Friday, after the clocks have changed'],
    [2021, 12, '2021-12-31T16:00Z', 'New Year is a Saturday'],
    [2024, 6, '2024-06-28T15:00Z', 'British summer'],
    [2023, 3, '2023-03-31T15:00Z', 'after the clocks have changed'],
    [2024, 10, '2024-10-25T15:00Z', 'before the clocks change back'],
    [2025, 10, '2025-10-31T16:00Z', 'after the clocks have changed back'],
    [2024, 11, '2024-11-29T16:00Z', 'the day after Thanksgiving'],
  ])('%i-%i ends %s: %s', (year, month, expiry) => {
    expect(shown(cmeExpiry(year, month))).toBe(expiry);
  });
});
