import { describe, expect, test } from 'vitest';
import { comingReturn, comingSum, marketDays, moments, trailingReturn } from '../../../src/analysis/claims/market-days.ts';
import { marketOf } from '../../support/market.ts';

describe('marketDays', () => {
  const market = marketOf({
    spot: { BTC: [100, 110, 99], ETH: [10, 10, 20], LTC: [10, 20, 20] },
    perps: { 'BTC-PERP': [100, 110, 99] },
    funding: [
      { time: '2024-01-02T00:00Z', rate: 0.5 },
      { time: '2024-01-02T08:00Z', rate: 0.001 },
      { time: '2024-01-03T00:00Z', rate: 0.002 },
      { time: '2024-01-03T04:00Z', rate: 0.004 },
    ],
  });

  test('returns per coin, the mean of the others, funding by the day it settles in', () => {
    const days = marketDays(market)!;
    expect([...days.returns.get('BTC')!].map((r) => Number(r.toFixed(12)))).toEqual([0.1, -0.1]);
    expect([...days.others!]).toEqual([0.5, 0.5]);
    // What settled at the first close belongs to no day of the run.
    expect([...days.funding!].map((rate) => Number(rate.toFixed(12)))).toEqual([0.003, 0.004]);
    expect([...days.fundingHours]).toEqual([8, 16, 4]);
  });

  test('is nothing without Bitcoin', () => {
    expect(marketDays(marketOf({ spot: { ETH: [1, 2] } }))).toBeNull();
  });
});

describe('windows', () => {
  const returns = Float64Array.of(0.1, 0.2, -0.5);

  test('look back to the day and ahead from it, and are undefined at the ends', () => {
    expect([...trailingReturn(returns, 2)].map((r) => Number(r.toFixed(12)))).toEqual([NaN, 0.32, -0.4]);
    expect([...comingReturn(returns, 2)].map((r) => Number(r.toFixed(12)))).toEqual([-0.4, NaN, NaN]);
    expect([...comingSum(returns, 1)]).toEqual([0.2, -0.5, NaN]);
  });
});

test('moments of a line: slope and correlation', () => {
  const x = Float64Array.of(1, 2, 3, 9);
  const y = Float64Array.of(2, 4, 6, 0);
  expect(moments(x, y, [0, 1, 2])).toMatchObject({ beta: 2, correlation: 1 });
});
