import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runOnPrices } from '../../src/research/on-prices.ts';
import { defineStrategy } from '../../src/strategy/define.ts';
import type { Handlers } from '../../src/strategy/types.ts';

function strategyOf(handlers: Handlers, perpetuals: readonly string[] = []) {
  return defineStrategy({
    name: 'mine',
    summary: 'Of the test.',
    params: z.object({}),
    needs: () => ({ symbols: ['BTC'], perpetuals }),
    setup: () => handlers,
  });
}

describe('runOnPrices', () => {
  test('fills at the next open, which is the close before, without costs', () => {
    const buyer = strategyOf({
      onBar({ market, orders }) {
        if (market.bar === 0) orders.market('BTC', 10, { tag: 'all in' });
      },
    });
    const { full, equity } = runOnPrices(buyer, { prices: { BTC: [100, 110, 150] }, cash: 1000 });
    expect(full!.fills.price[0]).toBe(100);
    expect([...equity]).toEqual([1000, 1100, 1500]);
  });

  test('starts with what is held', () => {
    const { equity } = runOnPrices(strategyOf({}), { prices: { BTC: [100, 200] }, cash: 0, holdings: { BTC: 2 } });
    expect([...equity]).toEqual([200, 400]);
  });

  test('settles funding three times a day at the last close', () => {
    const short = strategyOf(
      {
        onBar({ market, orders }) {
          if (market.bar === 0) orders.target('BTC-PERP', -1, { tag: 'short' });
        },
      },
      ['BTC'],
    );
    const run = runOnPrices(short, { prices: { BTC: [100, 100, 100] }, perpetuals: ['BTC'], fundingRate: 0.001 });
    // Two bars with a position, three settlements each, 0.1 % of 100; the stamp of the opening is not among them.
    expect(run.totals.attribution.funding).toBeCloseTo(0.6, 12);
  });

  test('refuses prices of different lengths', () => {
    expect(() => runOnPrices(strategyOf({}), { prices: { BTC: [1, 2], ETH: [1] } })).toThrow(
      expect.objectContaining({ code: 'prices-uneven' }),
    );
    expect(() => runOnPrices(strategyOf({}), { prices: {} })).toThrow(expect.objectContaining({ code: 'prices-uneven' }));
  });
});
