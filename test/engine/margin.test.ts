import { describe, expect, test } from 'vitest';
import type { AccountConfig } from '../../src/engine/config.ts';
import { dailyClose, marketOf, type BarSpec } from '../support/market.ts';
import { plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const symbols = ['BTC', 'BTC-PERP'];
const venue = { preset: 'none' as const, maintenance: 0.004 };
const shortOne = script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', -1, because) });

function perpetual(bars: BarSpec, spot: number[] = [...bars.close]) {
  return marketOf({ spot: { BTC: spot }, perps: { 'BTC-PERP': bars } });
}

function runShort(bars: BarSpec, more: PlainRun = {}) {
  return plainRun(perpetual(bars), shortOne, {
    venue,
    ...more,
    account: { cash: 100, marginCall: { at: 0.5, to: 1, from: 'none' }, ...more.account },
  });
}

describe('liquidation', () => {
  test('a 1x linear short with 0.4 % maintenance goes at 2/1.004 of its entry: +99.2 %', () => {
    const run = runShort({ close: [100, 100, 150, 150], high: [100, 100, 250, 150] });
    expect(run.totals.liquidations).toBe(1);
    expect(run.full.fills.cause[1]).toBe('liquidation');
    expect(run.full.fills.price[1]).toBeCloseTo(200 / 1.004, 9);
    // What is left is the maintenance margin at that mark.
    expect(run.totals.finalEquity).toBeCloseTo(0.004 * (200 / 1.004), 9);
  });

  test('a high just below that price leaves it alone, with the margin ratio seen on the way', () => {
    const run = runShort({ close: [100, 100, 150, 150], high: [100, 100, 199, 150] });
    expect(run.totals.liquidations).toBe(0);
    expect(run.totals.minMarginRatio).toBeCloseTo(1 / (0.004 * 199), 9);
    expect(run.full.columns.marginRatio[2]).toBeCloseTo(1 / (0.004 * 199), 9);
    expect(run.full.columns.marginRatio[0]).toBeNaN();
  });

  test('an open that is already through closes there before anything fills', () => {
    const run = runShort({ close: [100, 100, 199.9, 199.9], open: [100, 100, 199.8, 199.9] });
    expect(run.full.fills.price[1]).toBeCloseTo(199.8, 9);
    expect(run.full.fills.time[1]).toBe(dailyClose(1));
  });

  test('a gap past bankruptcy costs the margin account and no more when the venue is insured', () => {
    const run = runShort({ close: [100, 100, 300, 300], open: [100, 100, 300, 300] });
    expect(run.full.fills.price[1]).toBeCloseTo(200, 9);
    expect(run.totals.finalEquity).toBeCloseTo(0, 9);
  });

  test('without insurance the negative balance stands', () => {
    const run = runShort({ close: [100, 100, 300, 300], open: [100, 100, 300, 300] }, { account: { insurance: false } });
    expect(run.full.fills.price[1]).toBe(300);
    expect(run.totals.finalEquity).toBe(-100);
  });

  test('the fee is on the closed notional and capped at what is left', () => {
    const capped = runShort(
      { close: [100, 100, 150, 150], high: [100, 100, 250, 150] },
      { venue: { ...venue, liquidationFee: 0.0125 } },
    );
    expect(capped.totals.attribution.liquidation).toBeCloseTo(0.004 * (200 / 1.004), 9);
    expect(capped.totals.finalEquity).toBeCloseTo(0, 9);
    const open = runShort(
      { close: [100, 100, 150, 150], high: [100, 100, 250, 150] },
      { venue: { ...venue, liquidationFee: 0.0125 }, account: { insurance: false } },
    );
    expect(open.totals.attribution.liquidation).toBeCloseTo(0.0125 * (200 / 1.004), 9);
  });

  test('its moment, which bars do not tell, is kept whole and told to the minute', () => {
    const run = runShort({ close: [100, 100, 150, 150], high: [100, 100, 251, 150] }, { venue });
    expect(run.full.fills.time[1]! % 60_000).not.toBe(0);
    const { message } = run.notices.find(({ code }) => code === 'liquidation')!;
    expect(message).toMatch(/ at \d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
  });

  test('the strategy is told and the account lives on', () => {
    const heard: unknown[] = [];
    const retry = script(
      symbols,
      {
        0: ({ orders }) => orders.target('BTC-PERP', -1, because),
        2: ({ orders }) => orders.target('BTC-PERP', -0.001, because),
      },
      { onLiquidation: ({ symbols: closed, loss }) => heard.push([closed, loss]) },
    );
    const run = plainRun(perpetual({ close: [100, 100, 150, 150], high: [100, 100, 250, 150] }), retry, {
      venue,
      account: { cash: 100, marginCall: { at: 0.5, to: 1, from: 'none' } },
    });
    expect(heard).toEqual([[['BTC-PERP'], expect.closeTo(100 - 200 / 1.004, 9)]]);
    expect(run.totals.fills).toBe(3);
  });

  test('two contracts of one account go together where the ratio first reaches 1, each at its mark there', () => {
    const market = marketOf({
      perps: {
        'BTC-PERP': { close: [100, 100, 100], high: [100, 100, 200], low: [100, 100, 100] },
        'ETH-PERP': { close: [100, 100, 100], high: [100, 100, 100], low: [100, 100, 50] },
      },
      spot: { BTC: [100, 100, 100] },
    });
    const pair = script(['BTC', 'BTC-PERP', 'ETH-PERP'], {
      0: ({ orders }) => {
        orders.target('BTC-PERP', -1, because);
        orders.target('ETH-PERP', 1, because);
      },
    });
    const account = { cash: 100, leverage: 2, marginCall: { at: 0.5, to: 1, from: 'none' as const } };
    const run = plainRun(market, pair, { venue: { preset: 'none', maintenance: 0 }, account });
    // Along the adverse corner the short loses 100λ and the long 50λ: 150λ = 100.
    expect(run.full.fills.price[2]).toBeCloseTo(100 + 100 * (2 / 3), 9);
    expect(run.full.fills.price[3]).toBeCloseTo(100 - 50 * (2 / 3), 9);
    const correlated = plainRun(market, pair, {
      venue: { preset: 'none', maintenance: 0 },
      account: { ...account, intrabar: 'correlated' },
    });
    // All at their highs costs exactly the balance; nothing is left to maintain there.
    expect(correlated.full.fills.price[2]).toBeCloseTo(200, 9);
  });
});

test('under fill: close too, a gap past bankruptcy costs the margin account and no spot', () => {
  const bars = { close: [100, 300, 300], open: [100, 300, 300] };
  const both = script(symbols, {
    0: ({ orders }) => {
      orders.market('BTC', 5, because);
      orders.target('BTC-PERP', -10, because);
    },
  });
  const run = plainRun(perpetual(bars), both, { venue, fill: 'close', account: { cash: 1_500, leverage: 5 } });
  expect(run.totals.forcedSales).toBe(0);
  expect(run.totals.finalEquity).toBeCloseTo(1_500, 9);
});

test('the rounding of a liquidation that leaves nothing sells no spot', () => {
  for (let price = 90; price < 130; price++) {
    const bars = { close: [price, price, 3.3 * price, 3.3 * price], open: [price, price, 3.3 * price, 3.3 * price] };
    const hedge = script(symbols, {
      0: ({ orders }) => {
        orders.market('BTC', 0.7, because);
        orders.target('BTC-PERP', -1.1, because);
      },
    });
    const run = plainRun(perpetual(bars), hedge, { venue, account: { cash: 230.1 } });
    expect(run.totals.liquidations).toBe(1);
    expect(run.totals.forcedSales).toBe(0);
  }
});

test('what rounding leaves owing, once everything is lost, is no shortfall', () => {
  const close = [100, 100, 110, 300, 300, 300];
  const bars = marketOf({ spot: { BTC: close }, perps: { 'BTC-PERP': close, 'ETH-PERP': [10, 10, 11, 13, 13, 13] } });
  const shorts = script(['BTC', 'BTC-PERP', 'ETH-PERP'], {
    1: ({ orders }) => {
      orders.target('BTC-PERP', -5, because);
      orders.target('ETH-PERP', -3.3, because);
    },
  });
  const fees = { perpetual: { maker: 0, taker: 0.0005 } };
  const { totals, full, notices } = plainRun(bars, shorts, {
    venue: { preset: 'none', maintenance: 0.01, liquidationFee: 0.03, fees },
    account: { leverage: 10, marginCall: { at: 0, to: 1, from: 'none' } },
  });
  expect(totals.finalEquity).toBeCloseTo(0, 9);
  expect(totals.finalEquity).toBeLessThan(0);
  expect(full.events.map(({ kind }) => kind)).toEqual(['liquidation']);
  expect(notices.map(({ code }) => code)).toEqual(['liquidation']);
});

test('what the open liquidated needs no margin call any more, and the margin ratio is of the bar it was seen in', () => {
  const bars = { close: [100, 100, 160, 230, 230, 230], open: [100, 100, 100, 230, 230, 230] };
  const hedge = script(symbols, {
    0: ({ orders }) => {
      orders.market('BTC', 5, because);
      orders.target('BTC-PERP', -5, because);
    },
  });
  const run = plainRun(perpetual(bars), hedge, { venue, account: { cash: 1_000 } });
  expect(run.totals.liquidations).toBe(1);
  expect(run.totals.forcedSales).toBe(0);
  expect(run.full.columns.marginRatio[4]).toBeNaN();
  expect(run.totals.minMarginRatio).toBeLessThan(0);
});

describe('margin calls and shortfalls', () => {
  const hedged = script(symbols, {
    0: ({ orders }) => orders.market('BTC', 4, because),
    1: ({ orders }) => orders.target('BTC-PERP', -4, because),
  });
  const account = { cash: 800 };

  test('under half the initial margin, spot is sold at the next open for what is missing', () => {
    const market = perpetual({ close: [100, 100, 100, 170, 170, 170] });
    const run = plainRun(market, hedged, { venue, account });
    // Balance 400 − 280 = 120 under half of 680: 560 is raised, 3.294… coins at 170.
    const forced = run.full.fills.cause.indexOf('forced');
    expect(run.full.fills.bar[forced]).toBe(4);
    expect(run.full.fills.quantity[forced]).toBeCloseTo(-560 / 170, 9);
    expect(run.totals.forcedSales).toBe(1);
    expect(run.full.events.map(({ kind }) => kind)).toContain('margin-call');
    expect(run.totals.finalEquity).toBeCloseTo(800, 9);
  });

  test('without a margin call nothing is sold', () => {
    const market = perpetual({ close: [100, 100, 100, 170, 170, 170] });
    const run = plainRun(market, hedged, { venue, account: { ...account, marginCall: { at: 0.5, to: 1, from: 'none' } } });
    expect(run.totals.forcedSales).toBe(0);
  });

  test('negative cash stands for the one bar in which it arises, then spot covers it', () => {
    const withdrawn = plainRun(
      perpetual({ close: [100, 100, 100, 100, 100] }),
      script(symbols, { 0: ({ orders }) => orders.market('BTC', 8, because) }),
      {
        venue,
        account: { ...account, flows: [{ time: dailyClose(2), amount: -50 }] },
      },
    );
    expect([...withdrawn.full.columns.cash]).toEqual([800, 0, -50, 0, 0]);
    expect(withdrawn.totals.forcedSales).toBe(1);
    expect(withdrawn.full.fills.bar[1]).toBe(3);
    expect(withdrawn.totals.attribution.netFlows).toBe(-50);
  });

  test('a liquidation inside the bar comes before the margin call could help', () => {
    const run = plainRun(perpetual({ close: [100, 100, 100, 210, 210] }), hedged, { venue, account });
    expect(run.totals.liquidations).toBe(1);
    expect(run.totals.forcedSales).toBe(0);
  });

  test.each([
    ['pro-rata', [-5, -5]],
    ['largest', [-10]],
  ] as const)('the %s policy chooses what is sold', (shortfall, sold) => {
    const market = marketOf({ spot: { BTC: [10, 10, 10, 10], ETH: [10, 10, 10, 10] } });
    const buy = script(['BTC', 'ETH'], {
      0: ({ orders }) => {
        orders.market('BTC', 50, because);
        orders.market('ETH', 50, because);
      },
    });
    const run = plainRun(market, buy, { account: { cash: 1_000, shortfall, flows: [{ time: dailyClose(1), amount: -100 }] } });
    expect([...run.full.fills.quantity].filter((_, k) => run.full.fills.cause[k] === 'forced')).toEqual(sold);
  });

  /** What is sold for so much of cash, first to last, of BTC at 10 and ETH at a price. */
  function soldAtLeastTax(price: number, rate: number, lots: AccountConfig['lots'], amount: number) {
    const market = marketOf({ spot: { BTC: [10, 10, 10], ETH: [price, price, price] } });
    return plainRun(market, script(['BTC', 'ETH'], {}), {
      tax: { regime: 'us', rates: { short: rate, long: rate } },
      account: { cash: 0, shortfall: 'least-tax', lots, flows: [{ time: dailyClose(0) + 1, amount: -amount }] },
    }).full.fills;
  }

  test('least-tax sells the lot with the least tax per unit of cash, then the next', () => {
    const lots = [
      { asset: 'BTC', quantity: 10, cost: 10, acquired: Date.UTC(2023, 0, 1) },
      { asset: 'ETH', quantity: 5, cost: 60, acquired: Date.UTC(2023, 0, 1) },
      { asset: 'ETH', quantity: 5, cost: 5, acquired: Date.UTC(2023, 6, 1) },
    ];
    const { symbol, quantity } = soldAtLeastTax(10, 0.5, lots, 70);
    // First the ETH lot at a loss, then BTC and ETH lots at 9 of gain each: the lower index wins the tie.
    expect(symbol).toEqual(['ETH', 'BTC']);
    expect(quantity[0]).toBeCloseTo(-5, 12);
    expect(quantity[1]).toBeCloseTo(-2, 9);
  });

  test.each([0.7, 18.07, 36.14])('least-tax takes shares of tax that differ by rounding for the same, at %d', (price) => {
    const lots = [
      { asset: 'BTC', quantity: 10, cost: 10, acquired: Date.UTC(2023, 0, 1) },
      { asset: 'ETH', quantity: 300, cost: 30 * price, acquired: Date.UTC(2023, 0, 1) },
    ];
    // The lower index wins.
    expect(soldAtLeastTax(price, 0.37, lots, 20).symbol[0]).toBe('BTC');
  });

  test('a crumb of a hedge, covering one part of a lot after the other, does not have it sold by crumbs', () => {
    const market = perpetual({ close: [100, 100, 100, 100] });
    const hedge = script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', -0.0002, because) });
    const { totals, full } = plainRun(market, hedge, {
      venue,
      account: {
        ...{ cash: 10, margin: 'isolated', shortfall: 'least-tax' },
        lots: [{ asset: 'BTC', quantity: 3, cost: 150, acquired: Date.UTC(2023, 6, 1) }],
        flows: [{ time: dailyClose(1) + 1, amount: -110 }],
      },
      tax: { regime: 'us', straddles: true, payFrom: 'outside' },
    });
    // 100 are needed, and what margins the hedge: 5,001 times what it covers.
    expect(totals.forcedSales).toBeLessThan(1_001);
    expect(full.columns.cash[3]).toBeCloseTo(0.02, 6);
    expect(full.lots.reduce((sum, { quantity }) => sum + quantity, 0)).toBeCloseTo(3 - 1.0002, 6);
  });

  test('what rounding leaves missing sells nothing of the next coin', () => {
    for (const amount of [10, 50]) {
      const market = marketOf({ spot: { BTC: [100, 100, 100, 100], ETH: [10, 10, 10, 10] } });
      const buys = script(['BTC', 'ETH'], { 0: ({ orders }) => orders.targetWeights({ BTC: 0.6, ETH: 0.4 }, because) });
      const run = plainRun(market, buys, {
        account: { shortfall: 'largest', flows: [{ time: dailyClose(1) + 1, amount: -amount }] },
        venue: { preset: 'none', fees: { spot: { maker: 0.01, taker: 0.01 } } },
      });
      expect(run.totals.forcedSales, String(amount)).toBe(1);
      expect(run.full.fills.symbol.at(-1)).toBe('BTC');
      // Of a unit at 100, 99 are left after the fee.
      expect(run.full.fills.quantity.at(-1)).toBeCloseTo(-amount / 99, 9);
    }
  });
});
