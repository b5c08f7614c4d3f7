import { describe, expect, test } from 'vitest';
import spotCalendar from '../../strategies/spot-calendar.ts';
import { defineStrategy, firstOutside, z } from '../../src/index.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { plainRun } from '../support/run.ts';
import { readCase, type GoldenCase } from './read-case.ts';

const feeOf = (rate: number) => ({ preset: 'none', fees: { spot: { maker: rate, taker: rate } } });

function expectSame(actual: ArrayLike<number>, wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length);
  const worst = Math.max(...wanted.map((value, i) => Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value))));
  expect(worst).toBeLessThan(1e-9);
}

function expectReproduced({ equity, full }: RunResult, golden: GoldenCase): void {
  expectSame(equity, golden.equity);
  expectSame(full!.columns.cash, golden.cash);
  const { fills } = full!;
  const rank = (time: number, symbol: string): string => `${time} ${symbol}`;
  const order = fills.symbol
    .map((symbol, k) => ({ k, rank: rank(fills.time[k]!, symbol) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ k }) => k);
  expect(order.map((k) => rank(fills.time[k]!, fills.symbol[k]!))).toEqual(
    golden.orders.map(({ time, symbol }) => rank(time, symbol)),
  );
  expectSame(
    order.map((k) => fills.quantity[k]!),
    golden.orders.map(({ quantity }) => quantity),
  );
  expectSame(
    order.map((k) => fills.price[k]!),
    golden.orders.map(({ price }) => price),
  );
  expectSame(
    order.map((k) => fills.fee[k]!),
    golden.orders.map(({ fee }) => fee),
  );
}

describe('other engines are reproduced at every bar and order', () => {
  test('vectorbt: monthly to weights, fee from cash', () => {
    const golden = readCase('vbt-monthly-3a');
    const weights = { BTC: 0.5, ETH: 0.3, LTC: 0.18 };
    const run = plainRun(golden.market, spotCalendar, {
      target: { weights, band: 0.05, bandKind: 'absolute' },
      account: { cash: 100_000 },
      venue: feeOf(0.001),
      fill: 'close',
    });
    expect(run.equity.at(-1)).toBeCloseTo(144870.76903450594, 6);
    expect(run.totals.attribution.fees).toBeCloseTo(237.0522328440249, 8);
    expectReproduced(run, golden);
  });

  test('bt: relative bands, fee inside the traded amount', () => {
    const golden = readCase('bt-band-4a');
    const weights = { BTC: 0.4, ETH: 0.3, LTC: 0.2, SOL: 0.08 };
    const FEE = 0.002;
    const costsInside = defineStrategy({
      name: 'costs-inside-amount',
      summary: 'Bands, with orders sized so that their cash movement, fee included, is what is missing to the target.',
      params: z.object({}),
      needs: () => ({ symbols: Object.keys(weights) }),
      setup: ({ target }) => ({
        onBar(step) {
          const { market, portfolio, orders } = step;
          if (market.bar > 0 && firstOutside(step, target) === null) return;
          for (const [symbol, weight] of Object.entries(weights)) {
            const amount = weight * portfolio.equity - portfolio.value(symbol);
            const cost = amount > 0 ? 1 + FEE : 1 - FEE;
            orders.market(symbol, amount / (market.close(symbol) * cost), { tag: 'to target' });
          }
        },
      }),
    });
    const run = plainRun(golden.market, costsInside, {
      target: { weights, band: 0.1, bandKind: 'relative' },
      account: { cash: 100_000 },
      venue: feeOf(FEE),
      fill: 'close',
    });
    expect(run.equity.at(-1)).toBeCloseTo(39718.05986411063, 6);
    expect(run.totals.fills).toBe(152);
    expectReproduced(run, golden);
  });
});
