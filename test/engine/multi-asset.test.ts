import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { dailyClose, marketOf, type BarSpec } from '../support/market.ts';
import { fillRows, plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const symbols = ['BTC', 'BTC-PERP'];
const ACQUIRED = Date.UTC(2020, 0, 1);
const lots = [{ asset: 'BTC', quantity: 1, cost: 50, acquired: ACQUIRED }];

function market(bars: BarSpec, more: Parameters<typeof marketOf>[0] = {}) {
  return marketOf({ spot: { BTC: bars }, perps: { 'BTC-PERP': bars }, ...more });
}

function runPooled(bars: ReturnType<typeof market>, quantity: number, { account, ...more }: PlainRun = {}) {
  const open = script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', quantity, because) });
  return plainRun(bars, open, {
    venue: { preset: 'none', maintenance: 0.004, collateral: { BTC: 0.9 } },
    ...more,
    account: { cash: 0, lots, collateral: 'multi-asset', marginCall: { at: 0.5, to: 1, from: 'none' }, ...account },
  });
}

describe('coins that count as margin', () => {
  test('carry a linear contract without cash, by what of them counts', () => {
    const run = runPooled(market({ close: [100, 100, 100] }), -1);
    expect(fillRows(run)).toEqual([[1, 'BTC-PERP', -0.9]]);
    expect(runPooled(market({ close: [100, 100] }), -1, { account: { collateral: 'cash' } }).totals.fills).toBe(0);
  });

  test('rise with a short’s loss: with as many coins it lasts to where maintenance eats what counts', () => {
    const bars = market({ close: [100, 100, 100], high: [100, 100, 5_000] });
    const run = runPooled(bars, -1, { account: { leverage: 2 } });
    // 0.9·P − (P − 100) = 0.004·P
    expect(run.full.fills.price[1]).toBeCloseTo(100 / 0.104, 9);
  });

  test('are what the liquidation price of a strategy counts with', () => {
    const prices: (number | null)[] = [];
    const look = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -1, because),
      1: ({ portfolio }) => prices.push(portfolio.liquidationPrice('BTC-PERP'), portfolio.freeMargin, portfolio.marginRatio),
    });
    plainRun(market({ close: [100, 100, 100] }), look, {
      venue: { preset: 'none', maintenance: 0.004, collateral: { BTC: 0.9 } },
      account: { cash: 0, lots, collateral: 'multi-asset', leverage: 2 },
    });
    expect(prices).toEqual([expect.closeTo(100 / 0.104, 9), expect.closeTo(40, 9), expect.closeTo(90 / 0.4, 9)]);
  });

  test('are sold for what a liquidation left owing, at its marks: a taxable disposal', () => {
    const bars = market({ close: [100, 100, 100], high: [100, 100, 5_000] });
    const run = runPooled(bars, -1, { account: { leverage: 2 }, tax: { regime: 'us', payFrom: 'outside' } });
    const price = 100 / 0.104;
    expect(fillRows(run)[2]).toEqual([2, 'BTC', expect.closeTo(-(price - 100) / price, 9)]);
    expect(run.full.fills.cause).toEqual(['strategy', 'liquidation', 'liquidation']);
    expect(run.totals.taxableDisposals).toBe(1);
    expect(run.full.columns.cash.at(-1)).toBeCloseTo(0, 9);
  });

  test('are all that a gap takes', () => {
    const gap = market({ close: [100, 100, 5_000], open: [100, 100, 5_000] });
    expect(runPooled(gap, -1.5, { account: { leverage: 2 } }).totals.finalEquity).toBeCloseTo(0, 9);
  });
});

describe('cash', () => {
  test('may go down to the borrow limit, at interest, and is restored to it by force', () => {
    const funding = [{ time: dailyClose(1) + DAY / 3, rate: -0.6, mark: 100 }];
    const bars = market({ close: [100, 100, 100, 100, 100] }, { funding });
    const run = runPooled(bars, -0.5, { account: { borrowLimit: 10, interest: { cash: 0, borrow: 0.365 } } });
    expect(run.assumptions.borrowLimit).toBe(10);
    // 30 of funding: 20 beyond the limit are raised at the next open, and a hundredth of the limit for the interest to come.
    expect(fillRows(run)).toEqual([
      [1, 'BTC-PERP', -0.5],
      [3, 'BTC', expect.closeTo(-0.201, 9)],
    ]);
    expect(run.full.columns.cash[2]).toBeCloseTo(-30, 9);
    expect(run.full.columns.cash[3]).toBeCloseTo(-9.9 * 1.001, 9);
    expect(run.totals.attribution.interest).toBeCloseTo(-9.9 * (1.001 ** 2 - 1), 9);
  });

  test('buys down to the borrow limit while free margin allows it', () => {
    const buy = script(symbols, { 0: ({ orders }) => orders.market('BTC', 5, because) });
    const run = plainRun(market({ close: [100, 100, 100] }), buy, {
      venue: { preset: 'none', collateral: { BTC: 0.9 } },
      account: { cash: 50, lots, collateral: 'multi-asset', borrowLimit: 30 },
    });
    expect(fillRows(run)).toEqual([[1, 'BTC', 0.8]]);
  });
});

test('a margin call sells coins for what is lacking, again while it is', () => {
  const close = [100, 100, 400, 400, 400, 400];
  const run = runPooled(market({ close }), -1.1, {
    account: { leverage: 1.2, cash: 40, marginCall: { at: 0.5, to: 1, from: 'spot' } },
  });
  expect(run.totals.forcedSales).toBeGreaterThan(0);
  expect(run.totals.liquidations).toBe(0);
});

test('a coin of which nothing is known counts nothing, and is named; positions cannot be isolated', () => {
  const bars = marketOf({ spot: { BTC: [100, 100], XYZ: [1, 1] }, perps: { 'BTC-PERP': [100, 100] } });
  const idle = script(['BTC', 'XYZ'], {});
  const account = { collateral: 'multi-asset' as const };
  const run = plainRun(bars, idle, { venue: { preset: 'binance', maintenance: 0.01 }, account });
  expect(run.notices.filter(({ code }) => code === 'coin-not-collateral').map(({ message }) => message)).toEqual([
    expect.stringContaining('XYZ counts nothing as margin'),
  ]);
  expect(() => plainRun(bars, idle, { account: { ...account, margin: 'isolated' } })).toThrow(/cannot be isolated/);
});

test('the lowest margin ratio looks at the open too, after its fills', () => {
  const perps = {
    'BTC-PERP': { close: [100, 100], high: [100, 200] },
    'ETH-PERP': { close: [100, 100], low: [100, 50] },
  };
  const both = script(['BTC-PERP', 'ETH-PERP'], {
    0: ({ orders }) => {
      orders.target('BTC-PERP', 1, because);
      orders.target('ETH-PERP', -1, because);
    },
  });
  const run = plainRun(marketOf({ spot: { BTC: [100, 100] }, perps }), both, {
    venue: { preset: 'none', maintenance: 0.1 },
    account: { cash: 100, leverage: 2, collateral: 'multi-asset', intrabar: 'correlated' },
  });
  // 100 / 20 at the open; with the first at its high 200 / 30, with the second at its low 150 / 15.
  expect(run.totals.minMarginRatio).toBeCloseTo(5, 12);
});

test('a coin with contracts on it that go apart falls, whichever is the long one', () => {
  const bars = { close: [100, 100, 100], high: [100, 100, 120], low: [100, 100, 80] };
  const both = ['BTC-PERP', 'BTC-USDC-PERP'] as const;
  const perps = Object.fromEntries(both.map((symbol) => [symbol, bars]));
  const ratios = [1, -1].map((side) => {
    const steps = script(['BTC', ...both], {
      0: ({ orders }) => both.forEach((symbol, place) => orders.target(symbol, place === 0 ? side : -side, because)),
    });
    const run = plainRun(marketOf({ spot: { BTC: bars }, perps }), steps, {
      venue: { preset: 'none', maintenance: 0.01, collateral: { BTC: 0.5 } },
      account: { cash: 100, lots, collateral: 'multi-asset', leverage: 10 },
    });
    return run.totals.minMarginRatio;
  });
  // Cash, half of a coin at 80, a loss of 20 on either side: 100 over 1 % of 80 and of 120.
  expect(ratios).toEqual([expect.closeTo(50, 9), expect.closeTo(50, 9)]);
});
