import { describe, expect, test } from 'vitest';
import anchorBand from '../../strategies/anchor-band.ts';
import syntheticBuy from '../../strategies/synthetic-buy.ts';
import syntheticSell from '../../strategies/synthetic-sell.ts';
import { createRandom } from '../../src/core/random.ts';
import { MarketCursor } from '../../src/market/view.ts';
import type { Market } from '../../src/market/market.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import { marketOf } from '../support/market.ts';
import { plainRun } from '../support/run.ts';

// Seeded random books and histories: 100 days of look-back, then three bars at one price, so that what a hedge is sized for still holds
// when it has filled.
const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);
const LOOKBACK = 100;
const BAND = 0.04;

interface Book {
  readonly market: Market;
  readonly weights: { readonly BTC: number; readonly ETH: number };
  readonly lots: { asset: string; quantity: number; cost: number; acquired: number }[];
  readonly cash: number;
  /** Shares of equity at the start. */
  readonly held: { readonly BTC: number; readonly ETH: number };
  /** Of ETH, at the decision. */
  readonly beta: number;
}

function randomBook(seed: number, { drift, lookback = LOOKBACK }: { drift: number; lookback?: number }): Book {
  const random = createRandom(seed, 'book');
  const [btc, eth] = [[100], [10]];
  // Far enough from 1 for a hedge that is worth its trade.
  const trueBeta = (random.uniform() < 0.5 ? 0.2 : 1.5) + 0.3 * random.uniform();
  for (let i = 1; i < lookback + 3; i++) {
    const flat = i > lookback ? 0 : 1;
    const shock = 0.03 * random.normal() * flat;
    btc.push(btc[i - 1]! * Math.exp(shock));
    eth.push(eth[i - 1]! * Math.exp(trueBeta * shock + 0.02 * random.normal() * flat));
  }
  const market = marketOf({ spot: { BTC: btc, ETH: eth }, perps: { 'BTC-PERP': btc, 'ETH-PERP': eth }, first: lookback });
  const want = 0.2 + 0.15 * random.uniform();
  const weights = { BTC: want, ETH: 0.6 - want };
  const held = { BTC: weights.BTC + drift, ETH: weights.ETH - drift };
  const lots = (['BTC', 'ETH'] as const).map((asset) => {
    const price = asset === 'BTC' ? btc[lookback]! : eth[lookback]!;
    return { asset, quantity: (1_000 * held[asset]) / price, cost: 1, acquired: Date.UTC(2020, 0, 1) };
  });
  const cursor = new MarketCursor(market);
  return { market, weights, lots, cash: 400, held, beta: cursor.beta(1, 0, 90) };
}

/** The same prices, the perpetuals inverse. */
function inverseOf({ columns, length, first, spotCount }: Market): Market {
  const closes = (j: number) => Array.from(columns.close.subarray(j * length, (j + 1) * length));
  return marketOf({
    spot: { BTC: closes(0), ETH: closes(1) },
    perps: { 'BTC-PERP': { close: closes(spotCount), contract: 'inverse' } },
    first,
  });
}

/** Exposures, as shares of equity, once the hedge has filled. */
function hedged(strategy: Strategy, { market, weights, lots, cash }: Book, params: Record<string, unknown>) {
  const target = { weights, band: BAND, bandKind: 'absolute' } as const;
  const { exposure } = plainRun(market, strategy, { target, account: { cash, lots, leverage: 10 }, params }).full.columns;
  return { BTC: exposure['BTC']!.at(-1)!, ETH: exposure['ETH']!.at(-1)! };
}

describe('a hedge keeps its promise on any book', () => {
  test('btcWeight brings Bitcoin to its weight and leaves the rest', () => {
    for (const seed of SEEDS) {
      const book = randomBook(seed, { drift: 0.1 });
      const after = hedged(anchorBand, book, { objective: 'btcWeight' });
      expect(after.BTC).toBeCloseTo(book.weights.BTC, 9);
      expect(after.ETH).toBeCloseTo(book.held.ETH, 9);
    }
  });

  test.each(['coin', 'multi-asset'] as const)('btcWeight does so with %s as collateral, too', (collateral) => {
    for (const seed of SEEDS.slice(0, 10)) {
      const book = randomBook(seed, { drift: 0.1 });
      const { market, weights, lots } = book;
      const target = { weights, band: BAND, bandKind: 'absolute' } as const;
      const account = { cash: 400, lots, leverage: 2 };
      const params = { collateral };
      const venue = { preset: 'none', maintenance: 0.01, collateral: { BTC: 0.9, ETH: 0.8 } };
      const { full } = plainRun(collateral === 'coin' ? inverseOf(market) : market, anchorBand, {
        target,
        account,
        params,
        venue,
      });
      expect(full.fills.quantity[0]! < 0 && full.fills.symbol[0]).toBe('BTC-PERP');
      expect(full.columns.exposure['BTC']!.at(-1)).toBeCloseTo(weights.BTC, 6);
      expect(full.columns.exposure['ETH']!.at(-1)).toBeCloseTo(book.held.ETH, 9);
    }
  });

  test.each([
    ['over its target', anchorBand, 0.1, {}],
    ['over its target, by scenario 2', syntheticBuy, 0.1, { calm: 0 }],
    ['under its target', syntheticSell, -0.1, {}],
  ] as const)('twoLeg restores both weights, Bitcoin %s', (_, strategy, drift, params) => {
    for (const seed of SEEDS) {
      const book = randomBook(seed, { drift });
      const after = hedged(strategy, book, { ...params, objective: 'twoLeg' });
      expect(after.BTC).toBeCloseTo(book.weights.BTC, 9);
      expect(after.ETH).toBeCloseTo(book.weights.ETH, 9);
    }
  });

  test.each([
    ['over its target', anchorBand, 0.1, {}],
    ['over its target, by scenario 2', syntheticBuy, 0.1, { calm: 0 }],
    ['under its target', syntheticSell, -0.1, {}],
  ] as const)("matchBeta brings the BTC beta to the target's, Bitcoin %s", (_, strategy, drift, params) => {
    for (const seed of SEEDS) {
      const book = randomBook(seed, { drift });
      const after = hedged(strategy, book, { ...params, objective: 'matchBeta' });
      expect(after.BTC + book.beta * after.ETH).toBeCloseTo(book.weights.BTC + book.beta * book.weights.ETH, 9);
      // For two coins fully invested the notional is drift × (β − 1).
      expect(after.BTC - book.held.BTC).toBeCloseTo(drift * (book.beta - 1), 9);
    }
  });

  test('minVariance leaves the BTC beta that is asked for', () => {
    for (const seed of SEEDS) {
      const book = randomBook(seed, { drift: 0.1 });
      const after = hedged(anchorBand, book, { objective: 'minVariance', targetBeta: 0.2 });
      expect(after.BTC + book.beta * after.ETH).toBeCloseTo(0.2, 9);
    }
  });

  test('literal does what the article says, also where it is wrong', () => {
    for (const seed of SEEDS) {
      const over = randomBook(seed, { drift: 0.1 });
      const under = randomBook(seed, { drift: -0.1 });
      const params = { objective: 'literal' };
      expect(hedged(anchorBand, over, params).BTC).toBeCloseTo(over.held.BTC - 0.1, 9);
      expect(hedged(syntheticBuy, over, { ...params, calm: 0 }).BTC).toBeCloseTo(over.held.BTC + 0.1, 9);
      expect(hedged(syntheticSell, under, params).BTC).toBeCloseTo(under.held.BTC - 0.1, 9);
    }
  });

  test('nothing is hedged without 60 observations, inside the band, or on the other side', () => {
    const book = randomBook(1, { drift: 0.1 });
    const young = randomBook(1, { drift: 0.1, lookback: 40 });
    expect(hedged(anchorBand, young, { objective: 'matchBeta' }).BTC).toBeCloseTo(young.held.BTC, 9);
    const inside = randomBook(2, { drift: 0.03 });
    expect(hedged(anchorBand, inside, { objective: 'twoLeg' }).BTC).toBeCloseTo(inside.held.BTC, 9);
    expect(hedged(syntheticSell, book, { objective: 'literal' }).BTC).toBeCloseTo(book.held.BTC, 9);
  });
});

describe('where the margin allows it, exposures stay in their bands', () => {
  /** Prices jump at every other bar and stand still in between, so that what was decided at a jump has filled at its price. */
  function jumps(seed: number, bars = 40) {
    const random = createRandom(seed, 'jumps');
    const [btc, eth] = [[100], [10]];
    for (let i = 1; i < bars; i++) {
      const moves = i % 2 === 1 ? 0.08 : 0;
      btc.push(btc[i - 1]! * Math.exp(moves * random.normal()));
      eth.push(eth[i - 1]! * Math.exp(1.5 * moves * random.normal()));
    }
    return marketOf({ spot: { BTC: btc, ETH: eth }, perps: { 'BTC-PERP': btc, 'ETH-PERP': eth } });
  }

  test.each([
    ['btcWeight', ['BTC']],
    ['twoLeg', ['BTC', 'ETH']],
  ] as const)('with %s', (objective, coins) => {
    const target = { weights: { BTC: 0.2, ETH: 0.2 }, band: BAND, bandKind: 'absolute' } as const;
    for (const seed of SEEDS) {
      const params = { objective, twoSided: true };
      const account = { cash: 1_000, leverage: 100, marginCall: { at: 0, to: 0, from: 'none' as const } };
      const { full, totals, notices } = plainRun(jumps(seed), anchorBand, { target, account, params });
      // The margin did allow it.
      expect([totals.liquidations, notices.length]).toEqual([0, 0]);
      for (const coin of coins) {
        const exposure = full.columns.exposure[coin]!;
        for (let bar = 2; bar < exposure.length; bar += 2) {
          expect(Math.abs(exposure[bar]! - 0.2)).toBeLessThanOrEqual(BAND + 1e-9);
        }
      }
    }
  });
});
