import { describe, expect, test } from 'vitest';
import syntheticSell from '../../strategies/synthetic-sell.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.4, ETH: 0.4 }, band: 0.05, bandKind: 'absolute' } as const;
const lots = [
  { asset: 'BTC', quantity: 4, cost: 100, acquired: Date.UTC(2020, 0, 1) },
  { asset: 'ETH', quantity: 40, cost: 100, acquired: Date.UTC(2020, 0, 1) },
];
const account = { cash: 190, lots };
const marketAt = (btc: readonly number[]) => marketOf({ spot: { BTC: btc, ETH: btc.map(() => 10) }, perps: { 'BTC-PERP': btc } });

describe('synthetic-sell', () => {
  test('shorts what Bitcoin lacks once it is under its band, and no more as it falls further', () => {
    // 280 of 870 where 348 are wanted: 68 short.
    const rows = fillRows(plainRun(marketAt([100, 70, 70, 65, 65]), syntheticSell, { target, account }));
    expect(rows).toEqual([[2, 'BTC-PERP', expect.closeTo(-68 / 70, 9)]]);
  });

  test('closes when Bitcoin is back within half its band', () => {
    const rows = fillRows(plainRun(marketAt([100, 70, 70, 95, 95]), syntheticSell, { target, account }));
    expect(rows.map(([bar]) => bar)).toEqual([2, 4]);
    expect(rows[1]![2]).toBeCloseTo(68 / 70, 9);
  });

  test('does nothing about an overweight', () => {
    expect(fillRows(plainRun(marketAt([100, 200, 200]), syntheticSell, { target, account }))).toEqual([]);
  });

  test('loses twice when Bitcoin rises and the others fall', () => {
    const btc = [100, 70, 70, 77, 77];
    const market = marketOf({ spot: { BTC: btc, ETH: [10, 10, 10, 8, 8] }, perps: { 'BTC-PERP': btc } });
    const { attribution } = plainRun(market, syntheticSell, { target, account }).totals;
    expect(attribution.futures['BTC-PERP']!.index).toBeCloseTo(-6.8, 9);
    expect(attribution.spot['ETH']).toBeCloseTo(-80, 9);
  });
});
