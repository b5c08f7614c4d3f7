import { describe, expect, test } from 'vitest';
import { sliceMarket } from '../../src/market/slice.ts';
import { barTime } from '../../src/market/market.ts';
import { marketOf } from '../support/market.ts';

describe('sliceMarket', () => {
  const whole = marketOf({
    spot: { BTC: [1, 2, 3, 4, 5] },
    perps: { 'BTC-PERP': [1, 2, 3, 4, 5] },
    futures: { 'BTC-F': { close: [1, 2, 3, 4, 5], expiry: '2024-01-04T08:00Z', settlement: 3.5 } },
    funding: [
      { time: '2024-01-02T00:00Z', rate: 0.1 },
      { time: '2024-01-03T00:00Z', rate: 0.2 },
      { time: '2024-01-05T00:00Z', rate: 0.3 },
    ],
    openInterest: { BTC: [10, 20, 30, 40, 50] },
    first: 1,
  });

  test('keeps the bars, their times, and what was known of them', () => {
    const part = sliceMarket(whole, { from: 1, first: 2, to: 4 });
    expect([...part.columns.close.subarray(0, 3)]).toEqual([2, 3, 4]);
    expect([...part.openInterest['BTC']!]).toEqual([20, 30, 40]);
    expect(part.first).toBe(1);
    expect(barTime(part, 1)).toBe(barTime(whole, 2));
    expect([...part.indexOf]).toEqual([0, 0, 0]);
  });

  test('keeps the settlements of funding in (start, end] and an expiry that has passed', () => {
    const part = sliceMarket(whole, { from: 1, first: 1, to: 4 });
    expect([...part.funding.rate]).toEqual([0.2, 0.3]);
    expect(part.settlement[2]).toBe(3.5);
    expect(sliceMarket(whole, { from: 0, first: 1, to: 3 }).settlement[2]).toBeNaN();
  });
});
