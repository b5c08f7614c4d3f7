import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRandom } from '../../src/core/random.ts';
import type { Market } from '../../src/market/market.ts';
import { defineStrategy, type Strategy } from '../../src/strategy/define.ts';
import type { VenueSetting } from '../../src/venue/setting.ts';
import { marketOf } from '../support/market.ts';
import { leanRun, plainRun } from '../support/run.ts';

const FEES: VenueSetting = { preset: 'none', fees: { spot: { maker: 0.001, taker: 0.001 } }, slippage: { halfSpread: 0.0005 } };
const TAX = { regime: 'us', rates: { short: 0.4, long: 0.2 } };
const BARS = 900;
const WEIGHTS = z.record(z.string(), z.number());

/** Three coins on daily bars: random walks with calm and wild weeks. */
function walks(seed: number): Market {
  const random = createRandom(seed, 'walks');
  const walk = (): number[] => {
    let price = 100;
    return Array.from({ length: BARS }, (_, bar) => {
      const width = Math.floor(bar / 40) % 2 === 0 ? 0.002 : 0.06;
      price *= 1 + width * (2 * random.uniform() - 1);
      return price;
    });
  };
  return marketOf({ spot: { BTC: walk(), ETH: walk(), LTC: walk() }, start: '2020-01-01' });
}

/** One rule, declared to the kernel or tested in onBar; under `copies` the weights are a new object every time. */
function rule(way: 'declared' | 'onBar' | 'copies', bandKind: 'relative' | 'absolute'): Strategy {
  return defineStrategy({
    name: 'band',
    summary: 'Back to target when a weight leaves its band.',
    params: z.object({ weights: WEIGHTS, band: z.number() }),
    needs: ({ weights }) => ({ symbols: Object.keys(weights) }),
    setup({ params: { weights, band } }) {
      const targets = Object.entries(weights);
      let started = false;
      return {
        ...(way === 'declared' && { wake: { kind: 'outside' as const, weights, band, bandKind } }),
        onBar({ portfolio, orders }) {
          const { equity } = portfolio;
          const out = targets.some(([symbol, weight]) => {
            const wanted = weight * equity;
            return Math.abs(portfolio.value(symbol) - wanted) > band * (bandKind === 'relative' ? wanted : equity);
          });
          if (started && !out) return;
          started = true;
          orders.targetWeights(way === 'copies' ? { ...weights } : weights, { tag: 'back to target' });
        },
      };
    },
  });
}

const runs = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  band: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
  bandKind: fc.constantFrom('relative' as const, 'absolute' as const),
  fill: fc.constantFrom('close' as const, 'next-open' as const),
  // 1: no cash is left for costs, so that buys are cut.
  invested: fc.constantFrom(0.9, 1),
  // The market's order, or another.
  turned: fc.boolean(),
  lots: fc.constantFrom('fifo' as const, 'hifo' as const, 'lifo' as const, 'average-moving' as const),
});

describe('a band', () => {
  test('declared trades as the same band in onBar, to the last digit of every bar', () => {
    fc.assert(
      fc.property(runs, ({ seed, band, bandKind, fill, invested, turned, lots }) => {
        const market = walks(seed);
        const shares = { BTC: 0.5 * invested, ETH: 0.3 * invested, LTC: 0.2 * invested };
        const weights = turned ? { LTC: shares.LTC, BTC: shares.BTC, ETH: shares.ETH } : shares;
        const options = { params: { weights, band }, venue: FEES, fill, tax: { ...TAX, lots }, account: { cash: 10_000 } };
        const lean = leanRun(market, rule('onBar', bandKind), options);
        const full = plainRun(market, rule('onBar', bandKind), options);
        expect(lean.equity).toEqual(full.equity);
        expect(lean.taxAccrued).toEqual(full.taxAccrued);
        for (const [other, same] of [
          [leanRun(market, rule('declared', bandKind), options), lean],
          [leanRun(market, rule('copies', bandKind), options), lean],
          [plainRun(market, rule('declared', bandKind), options), full],
        ] as const) {
          expect(other.equity).toEqual(same.equity);
          expect(other.taxAccrued).toEqual(same.taxAccrued);
          expect(other.totals).toEqual(same.totals);
          expect(other.monthEnds).toEqual(same.monthEnds);
        }
      }),
      { numRuns: 25 },
    );
  });
});

test('weights that a strategy changes in place are read anew', () => {
  const market = marketOf({ spot: { BTC: [100, 100, 100, 100], ETH: [10, 10, 10, 10] } });
  const fickle = defineStrategy({
    name: 'fickle',
    summary: 'Changes its mind.',
    params: z.object({}),
    needs: () => ({ symbols: ['BTC', 'ETH'] }),
    setup() {
      const weights = { BTC: 0.8, ETH: 0.2 };
      return {
        onBar({ orders }) {
          orders.targetWeights(weights, { tag: 'as it stands' });
          [weights.BTC, weights.ETH] = [weights.ETH, weights.BTC];
        },
      };
    },
  });
  const { full } = plainRun(market, fickle, { fill: 'close' });
  expect(full.columns.weights['BTC']![1]).toBeCloseTo(0.2, 12);
  expect(full.columns.weights['BTC']![2]).toBeCloseTo(0.8, 12);
});

test('a strategy that writes to its parameters is stopped', () => {
  const market = marketOf({ spot: { BTC: [100, 100] } });
  const writer = defineStrategy({
    name: 'writer',
    summary: 'Writes to a map among its parameters.',
    params: z.object({ weights: WEIGHTS }),
    needs: ({ weights }) => ({ symbols: Object.keys(weights) }),
    setup: ({ params: { weights } }) => ({ onBar: () => void (weights['BTC'] = 0.1) }),
  });
  const given = { weights: { BTC: 0.5 } };
  expect(() => leanRun(market, writer, { params: given })).toThrow(/read only property 'BTC'/);
  // What the caller gave is the caller's.
  given.weights.BTC = 0.6;
});
