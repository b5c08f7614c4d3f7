import { describe, expect, test } from 'vitest';
import hold from '../../strategies/hold.ts';
import { parseDate } from '../../src/core/time.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const market = marketOf({ spot: { BTC: [100, 100, 200, 50, 100], ETH: [10, 10, 10, 10, 10] } });
const target = { weights: { BTC: 0.5, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' } as const;

describe('hold', () => {
  test('buys the target at the second open and never trades again', () => {
    const result = plainRun(market, hold, { target });
    // 1,000: 500 of BTC at 100, 300 of ETH at 10, 200 stay in cash.
    expect(fillRows(result)).toEqual([
      [1, 'ETH', 30],
      [1, 'BTC', 5],
    ]);
    expect([...result.equity]).toEqual([1_000, 1_000, 1_500, 750, 1_000]);
  });

  test('never trades with coins owned at the start', () => {
    const lots = [{ asset: 'BTC', quantity: 3, cost: 30, acquired: parseDate('2020-01-01') }];
    const result = plainRun(market, hold, { target, account: { cash: 0, lots } });
    expect(fillRows(result)).toEqual([]);
    expect([...result.equity]).toEqual([300, 300, 600, 150, 300]);
  });

  test('takes weights of its own', () => {
    expect(fillRows(plainRun(market, hold, { target, params: { weights: { ETH: 1 } } }))).toEqual([[1, 'ETH', 100]]);
  });

  test('refuses weights that add up to more than 1', () => {
    expect(() => plainRun(market, hold, { params: { weights: { BTC: 0.7, ETH: 0.4 } } })).toThrow(
      expect.objectContaining({ code: 'params-wrong', message: expect.stringContaining('more than 1') as string }),
    );
  });

  test('buys a coin that lists later when it lists', () => {
    const late = marketOf({ spot: { BTC: [100, 100, 100, 100], ETH: [NaN, NaN, 20, 20] } });
    expect(fillRows(plainRun(late, hold, { target }))).toEqual([
      [1, 'BTC', 5],
      [2, 'ETH', 15],
    ]);
  });
});
