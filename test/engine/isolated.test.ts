import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { dailyClose, marketOf, type BarSpec } from '../support/market.ts';
import { fillRows, plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const symbols = ['BTC', 'BTC-PERP'];
const venue = { preset: 'none' as const, maintenance: 0.004 };
const ACQUIRED = Date.UTC(2020, 0, 1);
const coins = [{ asset: 'BTC', quantity: 3, cost: 1, acquired: ACQUIRED }];

function perpetual(bars: BarSpec, more: Parameters<typeof marketOf>[0] = {}) {
  return marketOf({ spot: { BTC: bars.close }, perps: { 'BTC-PERP': bars }, ...more });
}

function runShort(bars: ReturnType<typeof perpetual>, leverage = 1, more: PlainRun = {}) {
  const short = script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', -1, because) });
  return plainRun(bars, short, {
    venue,
    ...more,
    account: { margin: 'isolated', leverage, marginCall: { at: 0.5, to: 1, from: 'none' }, ...more.account },
  });
}

describe('an isolated linear short at 0.4 % maintenance', () => {
  const rising = { close: [100, 100, 100], high: [100, 100, 1_000] };

  test.each([
    [1, 200 / 1.004],
    [2, 150 / 1.004],
    [5, 120 / 1.004],
  ])('at %ix goes at %f, whatever else the account holds', (leverage, price) => {
    const run = runShort(perpetual(rising), leverage);
    expect(run.full.fills.price[1]).toBeCloseTo(price, 9);
    // The margin, less what maintenance left of it.
    expect(run.totals.finalEquity).toBeCloseTo(1_000 - 100 / leverage + 0.004 * price, 9);
  });

  test('loses its margin and no more to a gap, insured or not', () => {
    const gap = { close: [100, 100, 500], open: [100, 100, 500] };
    for (const insurance of [true, false]) {
      const run = runShort(perpetual(gap), 2, { account: { insurance } });
      expect(run.totals.finalEquity).toBeCloseTo(950, 9);
    }
  });

  test('a second position and cash are left alone', () => {
    const bars = marketOf({
      spot: { BTC: [100, 100, 100] },
      perps: { 'BTC-PERP': { ...rising }, 'ETH-PERP': { close: [100, 100, 90] } },
    });
    const pair = script(['BTC', 'BTC-PERP', 'ETH-PERP'], {
      0: ({ orders }) => {
        orders.target('BTC-PERP', -1, because);
        orders.target('ETH-PERP', -1, because);
      },
    });
    const run = plainRun(bars, pair, {
      venue: { preset: 'none', maintenance: 0 },
      account: { margin: 'isolated', leverage: 2, marginCall: { at: 0.5, to: 1, from: 'none' } },
    });
    expect(fillRows(run).map(([, symbol]) => symbol)).toEqual(['BTC-PERP', 'ETH-PERP', 'BTC-PERP']);
    expect(run.totals.finalEquity).toBeCloseTo(1_000 - 50 + 10, 9);
  });
});

describe('the margin set aside', () => {
  test('cannot be spent and comes back pro rata', () => {
    const steps = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -8, because),
      1: ({ orders }) => orders.market('BTC', 5, because),
      2: ({ orders }) => orders.target('BTC-PERP', -4, because),
      3: ({ orders }) => orders.market('BTC', 5, because),
    });
    const run = plainRun(perpetual({ close: [100, 100, 100, 100, 100] }), steps, { account: { margin: 'isolated' } });
    expect(fillRows(run)).toEqual([
      [1, 'BTC-PERP', -8],
      [2, 'BTC', 2],
      [3, 'BTC-PERP', 4],
      [4, 'BTC', 4],
    ]);
  });

  test('pays funding only where the wallet is empty, which brings liquidation nearer', () => {
    const prices: (number | null)[] = [];
    const look = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -1, because),
      1: ({ portfolio }) => prices.push(portfolio.liquidationPrice('BTC-PERP')),
      2: ({ portfolio }) => prices.push(portfolio.liquidationPrice('BTC-PERP')),
    });
    const bars = perpetual({ close: [100, 100, 100] }, { funding: [{ time: dailyClose(1) + DAY / 3, rate: -0.3, mark: 100 }] });
    plainRun(bars, look, { venue, account: { cash: 120, margin: 'isolated', marginCall: { at: 0.5, to: 1, from: 'none' } } });
    // 30 to pay, of which the wallet holds 20: the position's margin falls from 100 to 90.
    expect(prices).toEqual([expect.closeTo(200 / 1.004, 9), expect.closeTo(190 / 1.004, 9)]);
  });

  test.each([
    ['receives', 0.01],
    ['pays', -0.01],
  ])('does not pay for a withdrawal beyond the wallet when the position %s funding', (_, rate) => {
    const bars = perpetual({ close: [100, 100, 100, 100] }, { funding: [{ time: dailyClose(1) + DAY / 2, rate, mark: 100 }] });
    const run = runShort(bars, 1, {
      account: {
        ...{ cash: 120, flows: [{ time: dailyClose(1) + DAY / 4, amount: -110 }] },
        lots: [{ asset: 'BTC', quantity: 2, cost: 1, acquired: ACQUIRED }],
      },
    });
    // What the wallet lacks is met by a sale of spot at the next open.
    expect(run.totals).toMatchObject({ liquidations: 0, forcedSales: 1, minMarginRatio: (rate > 0 ? 100 : 99) / 0.4 });
    expect(run.full.columns.cash[3]).toBe(rate > 0 ? 100 : 99);
  });

  test('is topped up when it is called for, from the wallet and then from sales', () => {
    const close = [100, 100, 160, 160, 160];
    const bars = marketOf({ spot: { BTC: close, ETH: close.map(() => 10) }, perps: { 'BTC-PERP': { close } } });
    const short = script(['BTC', 'ETH', 'BTC-PERP'], { 0: ({ orders }) => orders.target('BTC-PERP', -1, because) });
    const run = plainRun(bars, short, {
      account: { margin: 'isolated', cash: 130, lots: [{ asset: 'ETH', quantity: 20, cost: 1, acquired: ACQUIRED }] },
    });
    // Balance 100 − 60 = 40 is under half of the initial margin of 160: 120 are lacking, 30 are loose.
    expect(fillRows(run)[1]).toEqual([3, 'ETH', expect.closeTo(-9, 9)]);
    expect(run.totals.forcedSales).toBe(1);
    expect(run.notices.map(({ code }) => code)).toContain('margin-topped-up');
    const cashOnly = plainRun(bars, short, {
      account: {
        ...{ margin: 'isolated', cash: 130, marginCall: { at: 0.5, to: 1, from: 'cash' } },
        lots: [{ asset: 'ETH', quantity: 20, cost: 1, acquired: ACQUIRED }],
      },
    });
    expect(cashOnly.totals.forcedSales).toBe(0);
  });

  test('of an inverse contract is in coin: a 1x short is never liquidated and the other coins stay free', () => {
    const close = [100, 100, 1_000, 20];
    const bars = marketOf({ spot: { BTC: close }, perps: { 'BTC-USD': { close, contract: 'inverse' } } });
    const short = script(['BTC', 'BTC-USD'], {
      0: ({ orders }) => orders.target('BTC-USD', -100, because),
      2: ({ orders }) => orders.target('BTC', 0, because),
    });
    const run = plainRun(bars, short, {
      venue,
      account: {
        ...{ margin: 'isolated', collateral: 'coin', cash: 0 },
        lots: coins,
      },
    });
    expect(run.totals.liquidations).toBe(0);
    expect(fillRows(run)[1]).toEqual([3, 'BTC', -2]);
  });

  test('of an inverse contract is topped up in coin, and told in account currency', () => {
    const close = [100, 100, 80, 80];
    const bars = marketOf({ spot: { BTC: close }, perps: { 'BTC-USD': { close, contract: 'inverse' } } });
    const long = script(['BTC', 'BTC-USD'], { 0: ({ orders }) => orders.target('BTC-USD', 100, { ...because, leverage: 2 }) });
    const { full, notices } = plainRun(bars, long, {
      venue,
      account: { ...{ margin: 'isolated', collateral: 'coin', cash: 0 }, lots: coins },
    });
    // Half a coin is left with 0.25, and 0.625 are asked for: 0.375 coins at 80.
    expect(full.events.map(({ kind, amount }) => [kind, amount])).toEqual([['margin-call', expect.closeTo(30, 9)]]);
    expect(notices.map(({ message }) => message)[0]).toMatch(/^0.375 BTC more set aside for BTC-USD, at/);
  });
});
