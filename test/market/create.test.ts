import { describe, expect, test } from 'vitest';
import { createMarket } from '../../src/market/create.ts';
import { openMarket } from '../../src/market/buffer.ts';
import { marketOf } from '../support/market.ts';

describe('createMarket', () => {
  const market = marketOf({
    spot: { BTC: [100, 110, NaN, 120], ETH: [10, 11, 12, 13] },
    perps: { 'BTC-PERP': [101, 111, 112, 121], 'SOL-PERP': [1, 2, 3, 4] },
    funding: [
      { time: '2024-01-02', rate: 0.0002, symbol: 'SOL-PERP' },
      { time: '2024-01-02', rate: 0.0001 },
      { time: '2024-01-01T08:00Z', rate: 0.0003, symbol: 'SOL-PERP', mark: 1.5 },
    ],
    openInterest: { BTC: [1, 2, 3, 4] },
  });

  test('columns lie instrument by instrument', () => {
    expect([...market.columns.close]).toEqual([100, 110, NaN, 120, 10, 11, 12, 13, 101, 111, 112, 121, 1, 2, 3, 4]);
    expect([...market.columns.open.subarray(0, 4)]).toEqual([100, 100, NaN, 110]);
    expect([...market.columns.mark.subarray(0, 4)]).toEqual([100, 110, 110, 120]);
    expect(market.spotCount).toBe(2);
    expect([...market.openInterest.BTC!]).toEqual([1, 2, 3, 4]);
  });

  test('a derivative finds the spot of its base, or none', () => {
    expect([...market.indexOf]).toEqual([0, 1, 0, -1]);
  });

  test('funding is merged in time order, ties in instrument order', () => {
    expect([...market.funding.instrument]).toEqual([3, 2, 3]);
    expect([...market.funding.rate]).toEqual([0.0003, 0.0001, 0.0002]);
    expect([...market.funding.mark]).toEqual([1.5, 101, 1]);
  });

  test('a buffer opens again as the same market, without a copy', () => {
    const again = openMarket(market.buffer);
    expect(again).toEqual(market);
    expect(again.columns.close.buffer).toBe(market.buffer);
  });

  test('the hash tells one changed number', () => {
    expect(marketOf({ spot: { BTC: [1, 2] } }).hash).toBe(marketOf({ spot: { BTC: [1, 2] } }).hash);
    expect(marketOf({ spot: { BTC: [1, 2] } }).hash).not.toBe(marketOf({ spot: { BTC: [1, 3] } }).hash);
    expect(marketOf({ spot: { BTC: [1, 2] } }).hash).not.toBe(marketOf({ spot: { BTC: [1, 2] }, first: 1 }).hash);
  });

  test('a buffer of something else is refused', () => {
    expect(() => openMarket(new SharedArrayBuffer(64))).toThrow(expect.objectContaining({ code: 'market-buffer-invalid' }));
    expect(() => openMarket(new SharedArrayBuffer(4))).toThrow(expect.objectContaining({ code: 'market-buffer-invalid' }));
  });

  test.each([
    ['a short column', { spot: { BTC: [1, 2], ETH: [1] } }, /ETH: 1 values of open for 2 bars/],
    ['a period that starts past the end', { spot: { BTC: [1, 2] }, first: 2 }, /bar 2 is not one of 2 bars/],
    ['a symbol twice', { spot: { BTC: [1] }, perps: { BTC: [1] } }, /BTC is in the market twice/],
    ['short open interest', { spot: { BTC: [1, 2] }, openInterest: { BTC: [1] } }, /1 values of open interest of BTC/],
  ])('%s is refused', (_, spec, message) => {
    expect(() => marketOf(spec)).toThrow(message);
  });

  test('spot after a derivative is refused, and so is funding out of order', () => {
    const parts = marketOf({ spot: { BTC: [1] }, perps: { 'BTC-PERP': [1] } });
    const columns = {
      open: [1],
      high: [1],
      low: [1],
      close: [1],
      volume: [1],
      mark: [1],
      markOpen: [1],
      markHigh: [1],
      markLow: [1],
    };
    const [spot, perpetual] = parts.instruments.map((instrument) => ({ instrument, columns }));
    const clock = { interval: '1d', start: 0, length: 1 };
    expect(() => createMarket({ ...clock, instruments: [perpetual!, spot!] })).toThrow(/spot BTC comes after a derivative/);
    const funding = { time: [2, 2], rate: [0, 0], mark: [1, 1], source: [0, 0] };
    expect(() => createMarket({ ...clock, instruments: [{ ...perpetual!, funding }] })).toThrow(/settlement 1 is not after/);
  });
});
