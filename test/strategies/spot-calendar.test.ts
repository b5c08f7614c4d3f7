import { describe, expect, test } from 'vitest';
import spotCalendar from '../../strategies/spot-calendar.ts';
import { parseDate } from '../../src/core/time.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

// Bar 0 closes on 31 January, bar 1 on 1 February at 00:00.
const market = marketOf({ spot: { BTC: [100, 100, 200, 200, 200] }, start: '2024-01-30' });
const target = { weights: { BTC: 0.5 }, band: 0.05, bandKind: 'absolute' } as const;

describe('spot-calendar', () => {
  test('buys at the start and trades back to target at the first close of the month', () => {
    // 5 BTC at 100; decided again on 1 February, filled at that day's open, where 5 BTC are still 500 of 1,000.
    expect(fillRows(plainRun(market, spotCalendar, { target }))).toEqual([[1, 'BTC', 5]]);
    // A day later the price has doubled: 1,000 of 1,500, half of which is 3.75 BTC.
    expect(fillRows(plainRun(market, spotCalendar, { target, params: { every: 'day' } }))).toEqual([
      [1, 'BTC', 5],
      [3, 'BTC', -1.25],
    ]);
  });

  test('names the boundary in every fill', () => {
    const { full } = plainRun(market, spotCalendar, { target, params: { every: 'day' } });
    expect(full.fills.tag).toEqual(['start of the day', 'start of the day']);
  });

  test('rebalances coins owned at the start at once', () => {
    const lots = [{ asset: 'BTC', quantity: 10, cost: 100, acquired: parseDate('2020-01-01') }];
    const result = plainRun(market, spotCalendar, { target, account: { cash: 0, lots } });
    expect(fillRows(result)).toEqual([[1, 'BTC', -5]]);
  });

  test('refuses a unit that is none', () => {
    expect(() => plainRun(market, spotCalendar, { params: { every: 'fortnight' } })).toThrow(
      expect.objectContaining({ code: 'params-wrong' }),
    );
  });
});
