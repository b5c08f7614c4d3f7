import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marketOf, dailyClose } from '../support/market.ts';
import { plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const ACQUIRED = Date.UTC(2020, 0, 1);
const prices = fc.array(fc.double({ min: 20, max: 500, noNaN: true }), { minLength: 4, maxLength: 12 });
const COIN: PlainRun['account'] = {
  ...{ cash: 0, collateral: 'coin', marginCall: { at: 0.5, to: 1, from: 'none' } },
  lots: [{ asset: 'BTC', quantity: 100, cost: 1, acquired: ACQUIRED }],
};

function market(closes: readonly number[], inverse: boolean, rates: readonly number[] = []) {
  return marketOf({
    spot: { BTC: closes },
    perps: { 'BTC-X': { close: closes, contract: inverse ? 'inverse' : 'linear' } },
    funding: rates.map((rate, k) => ({ time: dailyClose(1 + k), rate, mark: closes[Math.min(1 + k, closes.length - 1)]! })),
  });
}

function hold(quantity: number) {
  return script(['BTC', 'BTC-X'], { 0: ({ orders }) => orders.target('BTC-X', quantity, because) });
}

describe.each([
  ['linear', false, { cash: 1e6 }],
  ['inverse', true, COIN],
] as const)('of a %s contract', (_, inverse, account) => {
  test('the funding of a long and of an equal short sums to zero', () => {
    fc.assert(
      fc.property(prices, fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { maxLength: 3 }), (closes, rates) => {
        const paid = (quantity: number): number => {
          const { funding } = plainRun(market(closes, inverse, rates), hold(quantity), { account }).totals.attribution;
          return funding;
        };
        const size = inverse ? 100 : 1;
        expect(paid(size) + paid(-size)).toBeCloseTo(0, 9);
      }),
      { numRuns: 25 },
    );
  });

  test('a position opened and closed at one price loses exactly its fees and slippage', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1_000, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), (price, size) => {
        fc.pre(Math.abs(size) > 0.01);
        const steps = script(['BTC', 'BTC-X'], {
          0: ({ orders }) => orders.target('BTC-X', size * (inverse ? price : 1), because),
          1: ({ orders }) => orders.target('BTC-X', 0, because),
        });
        const { totals } = plainRun(market([price, price, price, price], inverse), steps, {
          account,
          venue: {
            ...{ preset: 'none', slippage: { halfSpread: 0.002 } },
            fees: { perpetual: { maker: 0, taker: 0.001 } },
          },
        });
        const { fees, slippage } = totals.attribution;
        expect(slippage).toBeGreaterThan(0);
        expect(totals.initialEquity - totals.finalEquity).toBeCloseTo(fees + slippage, 9);
      }),
      { numRuns: 25 },
    );
  });

  test.each(['cross', 'isolated'] as const)(
    'under %s margin the liquidation price moves toward the mark with leverage',
    (margin) => {
      const priceAt = (leverage: number, side: 1 | -1): number => {
        const seen: (number | null)[] = [];
        const size = margin === 'cross' ? leverage : 1;
        const look = script(['BTC', 'BTC-X'], {
          0: ({ orders }) => orders.target('BTC-X', side * size * (inverse ? 100 : 1), { ...because, leverage }),
          1: ({ portfolio }) => seen.push(portfolio.liquidationPrice('BTC-X')),
        });
        plainRun(market([100, 100, 100], inverse), look, {
          venue: { preset: 'none', maintenance: 0.004 },
          account: {
            ...account,
            ...{ margin, leverage, cash: inverse ? 0 : 100.5 },
            lots: [{ asset: 'BTC', quantity: 1.01, cost: 1, acquired: ACQUIRED }],
          },
        });
        return seen[0] ?? (side > 0 ? 0 : Infinity);
      };
      for (const side of [1, -1] as const) {
        const distances = [1, 2, 3, 5, 10, 20].map((leverage) => Math.abs(priceAt(leverage, side) - 100));
        for (let k = 1; k < distances.length; k++) expect(distances[k]).toBeLessThan(distances[k - 1]!);
      }
    },
  );
});

test('at a flat rate, one account is never less safe than two that share its positions and its cash', () => {
  const shares = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(prices, shares, shares, fc.integer({ min: 1, max: 10 }), (closes, position, cash, leverage) => {
      const run = (size: number, money: number): number => {
        const short = script(['BTC', 'BTC-X'], { 0: ({ orders }) => orders.target('BTC-X', -size, { ...because, leverage }) });
        return plainRun(market(closes, false), short, {
          venue: { preset: 'none', maintenance: 0.01 },
          account: { cash: money, onInsufficientMargin: 'refuse', marginCall: { at: 0.5, to: 1, from: 'none' } },
        }).totals.liquidations;
      };
      const money = (1.1 * closes[0]!) / leverage;
      if (run(1, money) === 0) return;
      // Whatever liquidates the whole liquidates at least one of its parts, unless that part was refused for want of margin.
      const parts = [run(position, cash * money), run(1 - position, (1 - cash) * money)];
      const refused =
        cash * money < (position * closes[0]!) / leverage || (1 - cash) * money < ((1 - position) * closes[0]!) / leverage;
      expect(refused || parts[0]! + parts[1]! > 0).toBe(true);
    }),
    { numRuns: 60 },
  );
});
