import { describe, expect, test } from 'vitest';
import syntheticBuy from '../../strategies/synthetic-buy.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.4, ETH: 0.4 }, band: 0.05, bandKind: 'absolute' } as const;
const lots = [
  { asset: 'BTC', quantity: 4, cost: 100, acquired: Date.UTC(2020, 0, 1) },
  { asset: 'ETH', quantity: 40, cost: 100, acquired: Date.UTC(2020, 0, 1) },
];
const account = { cash: 200, lots };
const marketAt = (btc: readonly number[], more: Partial<Parameters<typeof marketOf>[0]> = {}) =>
  marketOf({ spot: { BTC: btc, ETH: btc.map(() => 10) }, perps: { 'BTC-PERP': btc }, ...more });
const restless = { calm: 0 };

describe('synthetic-buy', () => {
  test('goes long by what Bitcoin weighs beyond its target', () => {
    // 600 of 1,200 where 480 are wanted.
    const rows = fillRows(plainRun(marketAt([100, 150, 150, 150]), syntheticBuy, { target, account, params: restless }));
    expect(rows).toEqual([[2, 'BTC-PERP', expect.closeTo(120 / 150, 9)]]);
  });

  test('ends when funding spikes, and its profit buys what is short', () => {
    const funding = [{ time: dailyClose(3), rate: 0.01 }];
    const result = plainRun(marketAt([100, 150, 150, 180, 180, 180], { funding }), syntheticBuy, {
      target,
      account,
      params: restless,
    });
    expect(fillRows(result).slice(1)).toEqual([
      [4, 'BTC-PERP', expect.closeTo(-120 / 150, 9)],
      [4, 'ETH', expect.closeTo((120 / 150) * 3, 6)],
    ]);
    expect(result.full.fills.tag.slice(1)).toEqual(['funding spikes', 'the profit of the hedge buys what is short']);
  });

  test('is not opened while funding is high', () => {
    const funding = [1, 2, 3].map((bar) => ({ time: dailyClose(bar), rate: 0.01 }));
    expect(
      fillRows(plainRun(marketAt([100, 150, 150, 150], { funding }), syntheticBuy, { target, account, params: restless })),
    ).toEqual([]);
  });

  test('ends when the market has calmed: 60 days half as volatile as the year', () => {
    const wild = Array.from({ length: 380 }, (_, i) => 100 * (i % 2 ? 1.05 : 1));
    const calm = Array.from({ length: 75 }, (_, i) => 150 * (i % 2 ? 1.01 : 1));
    const market = marketAt([...wild, ...calm], { first: 380 });
    const result = plainRun(market, syntheticBuy, { target, account });
    expect(result.full.fills.tag).toContain('the market has calmed');
    expect(fillRows(result).filter(([, symbol]) => symbol === 'BTC-PERP')).toHaveLength(2);
  });
});
