import { describe, expect, test } from 'vitest';
import cashHedge from '../../strategies/cash-hedge.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.4, ETH: 0.4 }, band: 0.05, bandKind: 'absolute' } as const;
const lots = [
  { asset: 'BTC', quantity: 4, cost: 100, acquired: Date.UTC(2020, 0, 1) },
  { asset: 'ETH', quantity: 40, cost: 100, acquired: Date.UTC(2020, 0, 1) },
];
const account = { cash: 200, lots };
const LOOKBACK = [100, 100, 100, 100, 100, 100, 100];
const marketAt = (btc: readonly number[], eth = btc.map(() => 10)) =>
  marketOf({
    spot: { BTC: [...LOOKBACK, ...btc], ETH: [...LOOKBACK.map(() => 10), ...eth] },
    perps: { 'BTC-PERP': [...LOOKBACK, ...btc] },
    first: LOOKBACK.length,
  });
const run = (btc: readonly number[], params: Record<string, unknown> = {}) =>
  plainRun(marketAt(btc), cashHedge, { target, account, params: { days: 3, ...params } });

describe('cash-hedge', () => {
  test('shorts a share of the account under the mean and closes over it', () => {
    const result = run([100, 90, 90, 95, 120, 120]);
    // Equity 960 at the decision: 192 at 90. The mean of 90, 90, 95 is under 95: closed.
    expect(fillRows(result)).toEqual([
      [2, 'BTC-PERP', expect.closeTo(-192 / 90, 9)],
      [4, 'BTC-PERP', expect.closeTo(192 / 90, 9)],
    ]);
    expect(result.full.fills.tag).toEqual(['bearish: price to mean -6.9% in 3 days', 'no longer bearish']);
  });

  test('by drawdown shorts so far under the high, and closes with half of it won back', () => {
    const rows = fillRows(run([100, 90, 79, 80, 95, 95], { signal: 'drawdown', days: 4 }));
    expect(rows.map(([bar]) => bar)).toEqual([3, 5]);
  });

  test.each([
    ['a gain', { takeProfit: 0.1 }, [100, 90, 90, 80, 80, 79, 79]],
    ['a loss', { stopLoss: 0.02, days: 6 }, [100, 90, 90, 93, 80, 79, 79]],
    ['a time', { maxDays: 2 }, [100, 90, 89, 88, 80, 79, 79]],
  ])('closes by %s, and waits for the next signal', (_, params, btc) => {
    expect(fillRows(run(btc, { days: 3, ...params }))).toHaveLength(2);
  });

  test('takes out its share of a fall only where the book moves one to one with Bitcoin', () => {
    // All falls: BTC 20 %, ETH 30 % (a beta of 1.5): the book of 40/40/20 loses 200 of 1,000, the short of 200 gains 40.
    const prices: readonly [number[], number[]] = [
      [99, 99, 79.2],
      [10, 10, 7],
    ];
    const once = plainRun(marketAt(...prices), cashHedge, { target, account, params: { days: 3 } });
    const gained = once.totals.attribution.futures['BTC-PERP']!.index;
    const lost = once.totals.attribution.spot['BTC']! + once.totals.attribution.spot['ETH']!;
    expect(gained / -lost).toBeCloseTo((0.2 * 996 * 0.2) / (4 * 19.8 + 120 + 4), 2);
  });

  test('sized by portfolio beta shorts a share of what the coins move with Bitcoin', () => {
    const btc = Array.from({ length: 100 }, (_, i) => 100 * (i % 2 ? 1.02 : 1));
    const eth = btc.map((price) => 10 * (price / 100) ** 1.5);
    const market = marketOf({
      spot: { BTC: [...btc, 90, 90], ETH: [...eth, 10, 10] },
      perps: { 'BTC-PERP': [...btc, 90, 90] },
      first: 99,
    });
    const { full, equity } = plainRun(market, cashHedge, { target, account, params: { days: 3, size: 'portfolioBeta' } });
    const beta = (-full.fills.quantity[0]! * 90) / 0.2 - 4 * 90;
    // β of ETH × its 400, by days whose last was not along the line.
    expect(beta / 400).toBeGreaterThan(0.9);
    expect(beta / 400).toBeLessThan(1.5);
    expect(equity).toHaveLength(3);
  });

  test('buys the target where there are no coins yet', () => {
    expect(fillRows(plainRun(marketAt([100, 100]), cashHedge, { target, params: { days: 3 } }))).toHaveLength(2);
  });
});
