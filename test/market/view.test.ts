import { describe, expect, test } from 'vitest';
import { MarketCursor } from '../../src/market/view.ts';
import { marketOf } from '../support/market.ts';

describe('MarketCursor', () => {
  const market = marketOf({
    spot: { BTC: [100, 110, NaN, 130], ETH: [10, 11, 12, 13] },
    perps: { 'BTC-PERP': [101, 111, 121, 131] },
    funding: [
      { time: '2024-01-02T08:00Z', rate: 0.0001 },
      { time: '2024-01-04T00:00Z', rate: 0.0002 },
    ],
    openInterest: { BTC: [1, 2, 3, 4] },
  });

  test('windows end at the bar and are shorter when history is', () => {
    const cursor = new MarketCursor(market);
    cursor.moveTo(1);
    expect([...cursor.window('close', 1, 5)]).toEqual([10, 11]);
    cursor.moveTo(2);
    expect([...cursor.window('close', 1, 2)]).toEqual([11, 12]);
    expect([...cursor.window('close', 1, 0)]).toEqual([]);
  });

  test('what is done to a window touches neither the market nor another window of the bar', () => {
    const long = Array.from({ length: 300 }, (_, i) => 300 - i);
    const cursor = new MarketCursor(marketOf({ spot: { BTC: long, ETH: [...long].reverse() }, openInterest: { BTC: long } }));
    cursor.moveTo(299);
    const windows = () => [cursor.window('close', 0, 200), cursor.window('mark', 1, 300), cursor.openInterests('BTC', 300)];
    const before = windows().map((window) => [...window]);
    const [btc, eth] = windows();
    btc!.sort();
    expect([...eth!]).toEqual(before[1]);
    for (const window of windows()) window.fill(0);
    expect(windows().map((window) => [...window])).toEqual(before);
  });

  test('values are those of the bar: NaN without trade, the mark carried', () => {
    const cursor = new MarketCursor(market);
    cursor.moveTo(2);
    expect(cursor.value('close', 0)).toBeNaN();
    expect(cursor.value('mark', 0)).toBe(110);
    expect(cursor.openInterest('BTC')).toBe(3);
    expect(cursor.openInterest('ETH')).toBeNaN();
  });

  test('the funding rate is the last one settled at or before the close', () => {
    const cursor = new MarketCursor(market);
    const rates = [0, 1, 2, 3].map((bar) => {
      cursor.moveTo(bar);
      return cursor.fundingRate(2);
    });
    expect(rates).toEqual([NaN, 0.0001, 0.0002, 0.0002]);
    cursor.moveTo(0);
    expect(cursor.fundingRate(2)).toBeNaN();
    expect(cursor.fundingRate(0)).toBeNaN();
  });

  test('a cursor starts at the first bar of the period, with the look-back behind it', () => {
    const cursor = new MarketCursor(marketOf({ spot: { BTC: [1, 2, 3, 4] }, first: 2 }));
    expect(cursor.bar).toBe(2);
    expect([...cursor.window('close', 0, 9)]).toEqual([1, 2, 3]);
  });

  test('what comes after the bar does not change its estimates', () => {
    const wave = (factor: number) => Array.from({ length: 80 }, (_, i) => 100 * Math.exp(factor * Math.sin(i)));
    const whole = marketOf({ spot: { BTC: wave(0.1), ETH: wave(0.15) } });
    const cut = marketOf({ spot: { BTC: wave(0.1).slice(0, 70), ETH: wave(0.15).slice(0, 70) } });
    const [a, b] = [whole, cut].map((each) => {
      const cursor = new MarketCursor(each);
      cursor.moveTo(69);
      return [cursor.beta(1, 0, 90), cursor.correlation(1, 0, 90), cursor.volatility(1, 90)];
    });
    expect(a).toEqual(b);
    expect(a![0]).toBeCloseTo(1.5, 12);
  });
});
