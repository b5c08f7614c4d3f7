import { describe, expect, test } from 'vitest';
import { isCmeOpen } from '../../src/market/calendar/cme-hours.ts';
import { withTradingHours } from '../../src/market/trading-hours.ts';
import { marketOf } from '../support/market.ts';

// Thursday to Tuesday; the first perpetual pays funding on Saturday.
const market = marketOf({
  start: '2024-01-11',
  spot: { BTC: [10, 11, 12, 13, 14, 15] },
  perps: { 'BTC-PERP': [20, 21, 22, 23, 24, 25] },
  funding: [{ time: '2024-01-13T08:00Z', rate: 0.01 }],
});
const column = (of: typeof market, field: 'open' | 'close' | 'mark' | 'markLow', j: number): number[] => [
  ...of.columns[field].subarray(j * of.length, (j + 1) * of.length),
];

describe('a venue that closes at weekends', () => {
  const closing = withTradingHours(market, isCmeOpen);

  test('does not trade its contracts in bars that open then, and keeps their marks', () => {
    expect(column(closing, 'close', 1)).toEqual([20, 21, NaN, NaN, 24, 25]);
    expect(column(closing, 'open', 1).map((open) => Number.isNaN(open))).toEqual([false, false, true, true, false, false]);
    expect(column(closing, 'mark', 1)).toEqual([20, 21, 21, 21, 24, 25]);
    expect(column(closing, 'markLow', 1).slice(2, 4)).toEqual([21, 21]);
  });

  test('leaves spot, funding and the clock as they are', () => {
    expect(column(closing, 'close', 0)).toEqual([10, 11, 12, 13, 14, 15]);
    expect([...closing.funding.rate]).toEqual([0.01]);
    expect([closing.start, closing.length, closing.first]).toEqual([market.start, market.length, market.first]);
  });

  test('says so, and is another market than the one it was made from', () => {
    expect(closing.notices.at(-1)).toMatchObject({ code: 'venue-closed', count: 2, first: Date.UTC(2024, 0, 13) });
    expect(closing.hash).not.toBe(market.hash);
  });
});

test('a market that trades within the hours only is left as it is', () => {
  expect(withTradingHours(market, () => true)).toBe(market);
  const again = withTradingHours(market, isCmeOpen);
  expect(withTradingHours(again, isCmeOpen)).toBe(again);
});
