import { expect, test } from 'vitest';
import { marksByBar } from '../../src/engine/marks-by-bar.ts';
import { marketOf } from '../support/market.ts';

test('holds the marks of all coins bar after bar, once for a market', () => {
  const market = marketOf({ spot: { BTC: [100, 110, 120], ETH: [10, 11, 12] } });
  expect([...marksByBar(market)]).toEqual([100, 10, 110, 11, 120, 12]);
  expect(marksByBar(market)).toBe(marksByBar(market));
});
