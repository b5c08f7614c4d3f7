import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { FIELDS } from '../../src/market/market.ts';
import { Veil } from '../../src/market/veil.ts';
import { marketOf } from '../support/market.ts';

describe('Veil', () => {
  const market = marketOf({
    spot: { BTC: [1, 2, NaN, 4] },
    perps: { 'BTC-PERP': [1, 2, 3, 4] },
    futures: { 'BTC-F': { close: [1, 2, 3, 4], expiry: '2024-01-04T08:00Z', settlement: 3.5 } },
    funding: [
      { time: '2024-01-02T00:00Z', rate: 0.1 },
      { time: '2024-01-04T00:00Z', rate: 0.2 },
    ],
    openInterest: { BTC: [10, 20, 30, 40] },
  });

  test('hides every value later than the bar, gaps included, and nothing before', () => {
    const veil = new Veil(market, createRandom(1, 'test'));
    veil.hideAfter(1);
    const copy = veil.market;
    for (const field of FIELDS) {
      for (let j = 0; j < 3; j++) {
        for (let i = 0; i < 4; i++) {
          const same = Object.is(copy.columns[field][j * 4 + i], market.columns[field][j * 4 + i]);
          expect(same).toBe(i <= 1);
        }
      }
    }
    expect(copy.funding.rate[0]).toBe(0.1);
    expect(copy.funding.rate[1]).not.toBe(0.2);
    expect(copy.settlement[2]).not.toBe(3.5);
    expect([...copy.openInterest['BTC']!].slice(0, 2)).toEqual([10, 20]);
    expect(copy.openInterest['BTC']![2]).not.toBe(30);
  });

  test('gives the bars back one by one until the market is whole again', () => {
    const veil = new Veil(market, createRandom(1, 'test'));
    veil.hideAfter(0);
    veil.showNext();
    expect(veil.market.columns.close[1]).toBe(2);
    expect(veil.market.columns.close[3]).not.toBe(4);
    for (let k = 0; k < 5; k++) veil.showNext();
    expect(new Uint8Array(veil.market.buffer)).toEqual(new Uint8Array(market.buffer));
  });
});
