import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributedChange } from '../../src/analysis/attribution.ts';
import { nearlyEqual } from '../../src/core/numeric.ts';
import { createMarket } from '../../src/market/create.ts';
import type { Market } from '../../src/market/market.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { defineStrategy } from '../../src/strategy/define.ts';
import { z } from 'zod';
import { COSTLY, RANDOM_ACCOUNT, randomMarket, randomTrader } from '../support/random-run.ts';
import { leanRun, plainRun } from '../support/run.ts';

const seeds = fc.integer({ min: 1, max: 1e9 });
const us = { regime: 'us', rates: { short: 0.4, long: 0.2 } };
const settings = { venue: COSTLY, account: RANDOM_ACCOUNT, tax: us };
const check = (property: (seed: number) => void, numRuns = 60): void => fc.assert(fc.property(seeds, property), { numRuns });

/** Positions and cash rebuilt from the record alone: opening account, fills, funding, flows, interest and tax. */
function rebuild(run: ReturnType<typeof plainRun>): { cash: Float64Array; quantity: Map<string, number> } {
  const { fills, columns, events } = run.full;
  const cash = new Float64Array(run.time.length);
  const quantity = new Map<string, number>(RANDOM_ACCOUNT.lots!.map(({ asset, quantity: owned }) => [asset, owned]));
  let money = RANDOM_ACCOUNT.cash!;
  let row = 0;
  let event = 0;
  for (let bar = 0; bar < cash.length; bar++) {
    for (; row < fills.bar.length && fills.bar[row] === bar; row++) {
      const symbol = fills.symbol[row]!;
      const spot = !symbol.endsWith('-PERP');
      quantity.set(symbol, (quantity.get(symbol) ?? 0) + fills.quantity[row]!);
      money -= fills.fee[row]! + (spot ? fills.quantity[row]! * fills.price[row]! : -fills.realised[row]!);
    }
    const before = bar === 0 ? 0 : columns.funding[bar - 1]!;
    money += columns.funding[bar]! - before;
    money += columns.interest[bar]! - (bar === 0 ? 0 : columns.interest[bar - 1]!);
    money -= columns.liquidation[bar]! - (bar === 0 ? 0 : columns.liquidation[bar - 1]!);
    for (; event < events.length && events[event]!.bar <= bar; event++) {
      if (events[event]!.kind === 'flow') money += events[event]!.amount;
      if (events[event]!.kind === 'tax') money -= events[event]!.amount;
    }
    cash[bar] = money;
  }
  return { cash, quantity };
}

function same(a: number, b: number, scale = 1_000): boolean {
  return nearlyEqual(a / scale, b / scale, 1e-9);
}

describe('for random prices and orders', () => {
  test('cash moves only by fills, fees, funding, flows, interest, settlement and tax', () =>
    check((seed) => {
      const market = randomMarket(seed, { gaps: 0.1 });
      const run = plainRun(market, randomTrader(seed), settings);
      const { cash } = rebuild(run);
      run.full.columns.cash.forEach((value, bar) => expect(same(value, cash[bar]!)).toBe(true));
    }));

  test('lots are never negative and sum to what is held', () =>
    check((seed) => {
      const market = randomMarket(seed, { gaps: 0.1 });
      const run = plainRun(market, randomTrader(seed), settings);
      const { quantity } = rebuild(run);
      for (const coin of ['BTC', 'ETH']) {
        const lots = run.full.lots.filter(({ asset }) => asset === coin);
        expect(lots.every((lot) => lot.quantity > 0 && lot.cost >= 0)).toBe(true);
        const total = lots.reduce((sum, lot) => sum + lot.quantity, 0);
        expect(Math.abs(total - (quantity.get(coin) ?? 0))).toBeLessThan(1e-8);
      }
    }));

  test('what happened explains the change in equity, in total', () =>
    check((seed) => {
      const { totals } = plainRun(randomMarket(seed, { sigma: 0.2, gaps: 0.2 }), randomTrader(seed), settings);
      expect(same(totals.initialEquity + attributedChange(totals.attribution), totals.finalEquity)).toBe(true);
    }));

  test('equity is finite at every bar whatever prices do', () =>
    check((seed) => {
      const market = randomMarket(seed, { sigma: 0.9, gaps: 0.3 });
      for (const insurance of [true, false]) {
        const run = plainRun(market, randomTrader(seed), { ...settings, account: { ...RANDOM_ACCOUNT, insurance } });
        expect(run.equity.every(Number.isFinite)).toBe(true);
      }
    }));

  test('lean and full records agree', () =>
    check((seed) => {
      const market = randomMarket(seed, { gaps: 0.1 });
      const full = plainRun(market, randomTrader(seed), settings);
      const { full: none, ...lean } = leanRun(market, randomTrader(seed), settings);
      expect(none).toBeNull();
      expect(lean.totals).toEqual(full.totals);
      expect(lean.equity).toEqual(full.equity);
      expect(lean.taxAccrued).toEqual(full.taxAccrued);
      expect(lean.monthEnds).toEqual(full.monthEnds);
    }));

  test('two runs give the same bytes', () =>
    check((seed) => {
      const market = randomMarket(seed);
      expect(plainRun(market, randomTrader(seed), settings)).toEqual(plainRun(market, randomTrader(seed), settings));
    }, 10));

  test('a run that trades no contract equals the run on a market without contracts', () =>
    check((seed) => {
      const market = randomMarket(seed);
      const spotOnly = withoutContracts(market);
      const trader = randomTrader(seed, { contracts: false });
      const spotTrader = defineStrategy({ ...trader, needs: () => ({ symbols: ['BTC', 'ETH'] }), setup: trader.setup });
      const a = plainRun(market, trader, settings);
      const b = plainRun(spotOnly, spotTrader, settings);
      expect(a.equity).toEqual(b.equity);
      expect(a.full.columns.afterLiquidation).toEqual(b.full.columns.afterLiquidation);
    }));

  test('relabelling the coins changes nothing', () =>
    check((seed) => {
      const account = { ...RANDOM_ACCOUNT, lots: [] };
      const a = plainRun(randomMarket(seed), randomTrader(seed), { ...settings, account });
      const renamed: [string, string] = ['BTC', 'AVAX'];
      const b = plainRun(randomMarket(seed, { coins: renamed }), randomTrader(seed, { coins: renamed }), {
        ...settings,
        account,
      });
      expect(b.equity).toEqual(a.equity);
      expect(b.full.columns.taxDeferred).toEqual(a.full.columns.taxDeferred);
    }));

  test('ten times the money gives ten times everything', () =>
    check((seed) => {
      const market = randomMarket(seed, { gaps: 0.1 });
      const { cash = 0, lots = [], flows = [] } = RANDOM_ACCOUNT;
      const account = {
        ...RANDOM_ACCOUNT,
        cash: 10 * cash,
        lots: lots.map((lot) => ({ ...lot, quantity: 10 * lot.quantity, cost: 10 * lot.cost })),
        flows: flows.map((flow) => ({ ...flow, amount: 10 * flow.amount })),
      };
      const small = plainRun(market, randomTrader(seed), settings);
      const large = plainRun(market, randomTrader(seed, { unit: 10 }), { ...settings, account });
      large.equity.forEach((value, bar) => expect(same(value, 10 * small.equity[bar]!, 10_000)).toBe(true));
      expect(same(large.totals.finalAfterLiquidation, 10 * small.totals.finalAfterLiquidation, 10_000)).toBe(true);
    }));

  test('cutting off the future leaves the past unchanged', () =>
    check((seed) => {
      const market = randomMarket(seed, { gaps: 0.1 });
      const cut = firstBars(market, 25);
      const whole = plainRun(market, randomTrader(seed), settings);
      const part = plainRun(cut, randomTrader(seed), settings);
      expect(part.equity).toEqual(whole.equity.slice(0, 25));
      expect(part.full.columns.afterLiquidation).toEqual(whole.full.columns.afterLiquidation.slice(0, 25));
      expect(part.full.fills.price).toEqual(whole.full.fills.price.slice(0, part.full.fills.price.length));
    }));

  test('a taker never beats the reference price', () =>
    check((seed) => {
      const { fills } = plainRun(randomMarket(seed), randomTrader(seed), settings).full;
      fills.quantity.forEach((quantity, row) =>
        expect(quantity * (fills.price[row]! - fills.referencePrice[row]!)).toBeGreaterThanOrEqual(0),
      );
    }));
});

test('funding between a long and an equal short sums to zero', () =>
  check((seed) => {
    const market = randomMarket(seed);
    const hold = (quantity: number) =>
      defineStrategy({
        name: 'holder',
        summary: 'Holds one contract.',
        params: z.object({}),
        needs: () => ({ symbols: ['BTC-PERP'] }),
        setup: () => ({
          onBar: ({ market: view, orders }) => void (view.bar === 0 && orders.target('BTC-PERP', quantity, { tag: 'hold' })),
        }),
      });
    const funded = (quantity: number): RunResult['totals'] => plainRun(market, hold(quantity), { account: { cash: 1e6 } }).totals;
    expect(funded(1).attribution.funding + funded(-1).attribution.funding).toBe(0);
  }, 20));

/** The same market with its contracts left out. */
function withoutContracts(market: Market): Market {
  return rebuilt(market, market.length, market.spotCount);
}

/** The same market as it was known at an earlier bar. */
function firstBars(market: Market, length: number): Market {
  return rebuilt(market, length, market.instruments.length);
}

function rebuilt(market: Market, length: number, count: number): Market {
  const end = market.start + length * market.step;
  return createMarket({
    interval: market.interval,
    start: market.start,
    length,
    first: market.first,
    openInterest: {},
    synthetic: market.synthetic,
    instruments: market.instruments.slice(0, count).map((instrument, j) => {
      const columns = Object.fromEntries(
        Object.entries(market.columns).map(([field, column]) => [
          field,
          column.subarray(j * market.length, j * market.length + length),
        ]),
      );
      const own = Array.from(market.funding.time.keys()).filter(
        (k) => market.funding.instrument[k] === j && market.funding.time[k]! <= end,
      );
      const pick = (column: Float64Array | Uint8Array) => own.map((k) => column[k]!);
      const { time, rate, mark, source } = market.funding;
      return {
        instrument,
        columns: columns as never,
        settlement: NaN,
        ...(own.length > 0 && { funding: { time: pick(time), rate: pick(rate), mark: pick(mark), source: pick(source) } }),
      };
    }),
  });
}
