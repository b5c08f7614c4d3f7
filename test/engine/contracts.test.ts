import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const symbols = ['BTC', 'BTC-PERP'];
const shortOne = script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', -1, because) });

/** Spot and perpetual at like prices, closes as given; opens are the previous close. */
function market(closes: number[], more: Parameters<typeof marketOf>[0] = {}) {
  return marketOf({ spot: { BTC: closes }, perps: { 'BTC-PERP': closes }, ...more });
}

describe('linear contracts', () => {
  test('a short earns what the price falls, and cash moves only when it closes', () => {
    const closeIt = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -1, because),
      2: ({ orders }) => orders.target('BTC-PERP', 0, because),
    });
    const run = plainRun(market([100, 100, 90, 90, 90]), closeIt);
    expect([...run.equity]).toEqual([1_000, 1_000, 1_010, 1_010, 1_010]);
    expect([...run.full.columns.cash]).toEqual([1_000, 1_000, 1_000, 1_010, 1_010]);
    expect(run.full.fills.realised[1]).toBe(10);
  });

  test('P&L splits into index and basis', () => {
    const split = marketOf({ spot: { BTC: [100, 100, 110] }, perps: { 'BTC-PERP': [102, 102, 111] } });
    const { totals } = plainRun(split, shortOne);
    // Sold at 102 with the index at 100; marked at 111 with the index at 110.
    expect(totals.attribution.futures['BTC-PERP']).toEqual({ index: -10, basis: 1 });
  });

  test('average entry is volume-weighted, partial closes realise pro rata', () => {
    const steps = script(symbols, {
      0: ({ orders }) => orders.market('BTC-PERP', -1, because),
      1: ({ orders }) => orders.market('BTC-PERP', -1, because),
      2: ({ orders }) => orders.market('BTC-PERP', 0.5, because),
    });
    const run = plainRun(market([100, 110, 120, 120]), steps);
    // Entries 100 and 110 average to 105; half a unit bought back at 120 loses 7.5.
    expect(run.full.fills.realised[2]).toBeCloseTo(-7.5, 12);
  });

  test('an order that crosses zero closes first and then opens', () => {
    const flip = script(symbols, {
      0: ({ orders }) => orders.market('BTC-PERP', -1, because),
      1: ({ orders }) => orders.market('BTC-PERP', 3, because),
    });
    const run = plainRun(market([100, 100, 100, 105]), flip);
    expect(fillRows(run)).toEqual([
      [1, 'BTC-PERP', -1],
      [2, 'BTC-PERP', 1],
      [2, 'BTC-PERP', 2],
    ]);
    expect(run.equity[3]).toBe(1_010);
  });

  test('reduce-only never opens or turns a position', () => {
    const reduce = script(symbols, {
      0: ({ orders }) => orders.market('BTC-PERP', 5, { ...because, reduceOnly: true }),
      1: ({ orders }) => orders.market('BTC-PERP', -1, because),
      2: ({ orders }) => orders.market('BTC-PERP', 5, { ...because, reduceOnly: true }),
    });
    const run = plainRun(market([100, 100, 100, 100, 100]), reduce);
    expect(fillRows(run)).toEqual([
      [2, 'BTC-PERP', -1],
      [3, 'BTC-PERP', 1],
    ]);
  });

  test('opening beyond free margin is cut, or refused, as the account says', () => {
    const tooMuch = script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', -20, because) });
    const cut = plainRun(market([100, 100, 100]), tooMuch);
    expect(fillRows(cut)).toEqual([[1, 'BTC-PERP', -10]]);
    const refused = plainRun(market([100, 100, 100]), tooMuch, { account: { onInsufficientMargin: 'refuse' } });
    expect(refused.totals.fills).toBe(0);
    expect(refused.full.events[0]!.message).toContain('free margin of 1,000 does not carry −');
    const levered = plainRun(market([100, 100, 100]), tooMuch, { account: { leverage: 2 } });
    expect(fillRows(levered)).toEqual([[1, 'BTC-PERP', -20]]);
  });

  test('a spot buy leaves the margin of open contracts untouched', () => {
    const both = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -4, because),
      1: ({ orders }) => orders.market('BTC', 100, because),
    });
    const run = plainRun(market([100, 100, 100, 100]), both);
    expect(fillRows(run)[1]).toEqual([2, 'BTC', 6]);
  });

  test('a contract closes before spot trades, and opens after', () => {
    const both = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -10, because),
      1: ({ orders }) => {
        orders.market('BTC', 5, because);
        orders.target('BTC-PERP', -5, because);
      },
    });
    expect(fillRows(plainRun(market([100, 100, 100]), both))).toEqual([
      [1, 'BTC-PERP', -10],
      [2, 'BTC-PERP', 5],
      [2, 'BTC', 5],
    ]);
  });
});

describe('funding', () => {
  const flat = [100, 100, 100, 100];

  test('a short receives when the rate is positive, a long pays', () => {
    const funding = [{ time: dailyClose(0) + 8 * HOUR, rate: 0.001 }];
    const short = plainRun(market(flat, { funding }), shortOne);
    expect(short.totals.attribution.funding).toBeCloseTo(0.1, 12);
    const long = plainRun(
      market(flat, { funding }),
      script(symbols, { 0: ({ orders }) => orders.target('BTC-PERP', 1, because) }),
    );
    expect(long.totals.attribution.funding).toBeCloseTo(-0.1, 12);
  });

  test('three settlements in a daily bar are three payments, on their own marks', () => {
    const funding = [8, 16, 24].map((hours, k) => ({ time: dailyClose(0) + hours * HOUR, rate: 0.001 * (k + 1), mark: 100 + k }));
    const { totals } = plainRun(market(flat, { funding }), shortOne);
    expect(totals.attribution.funding).toBeCloseTo(0.001 * 100 + 0.002 * 101 + 0.003 * 102, 12);
  });

  test('a settlement exactly at the open belongs to the step before: the order filled there neither pays nor earns it', () => {
    const funding = [{ time: dailyClose(0), rate: 0.001 }];
    expect(plainRun(market(flat, { funding }), shortOne).totals.attribution.funding).toBe(0);
    const later = [{ time: dailyClose(1), rate: 0.001 }];
    expect(plainRun(market(flat, { funding: later }), shortOne).totals.attribution.funding).toBeCloseTo(0.1, 12);
  });

  test('handlers hear fills and funding before onBar', () => {
    const heard: string[] = [];
    const listening = script(
      symbols,
      { 0: ({ orders }) => orders.target('BTC-PERP', -1, because), 1: () => heard.push('bar') },
      {
        onFill: ({ symbol, quantity, tag, cause }) => heard.push(`${symbol} ${quantity} ${tag} ${cause}`),
        onFunding: ({ amount }) => heard.push(`funding ${amount}`),
      },
    );
    plainRun(market(flat, { funding: [{ time: dailyClose(0) + 8 * HOUR, rate: 0.001 }] }), listening);
    expect(heard).toEqual(['BTC-PERP -1 test strategy', 'funding 0.1', 'bar']);
  });
});

describe('expiry', () => {
  test('a dated contract settles in cash at its settlement price and trades no more', () => {
    const dated = marketOf({
      spot: { BTC: [100, 100, 100, 100] },
      futures: { 'BTC-F': { close: [105, 105, NaN, NaN], expiry: dailyClose(1) + 8 * HOUR, settlement: 97 } },
    });
    const refusals: unknown[] = [];
    const run = plainRun(
      dated,
      script(['BTC', 'BTC-F'], {
        0: ({ orders }) => orders.target('BTC-F', -1, because),
        2: ({ orders }) => refusals.push(orders.target('BTC-F', -1, because)),
      }),
    );
    expect(run.full.fills.cause[1]).toBe('expiry');
    expect(run.full.fills.realised[1]).toBe(8);
    expect(run.totals.finalEquity).toBe(1_008);
    expect(run.totals.attribution.futures['BTC-F']).toEqual({ index: 3, basis: 5 });
    expect(refusals).toEqual([{ ok: false, reason: 'it has expired' }]);
  });
});

describe('targets are met at the fill', () => {
  test('closing in steps leaves nothing behind', () => {
    const steps = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -0.3, because),
      1: ({ orders }) => orders.target('BTC-PERP', -0.2, because),
      2: ({ orders }) => orders.target('BTC-PERP', 0, because),
    });
    const run = plainRun(market([10_000, 10_000, 10_000, 10_000, 10_000]), steps, {
      venue: { preset: 'binance', maintenance: 0.01 },
      account: { cash: 1e5 },
    });
    expect(fillRows(run)).toEqual([
      [1, 'BTC-PERP', -0.3],
      [2, 'BTC-PERP', 0.1],
      [3, 'BTC-PERP', 0.2],
    ]);
    expect(run.full.columns.exposure['BTC']![4]).toBe(0);
    expect(run.full.columns.marginRatio[4]).toBeNaN();
  });

  test('a forced sale at that open counts toward a spot target', () => {
    const sell = script(['BTC'], {
      0: ({ orders }) => orders.market('BTC', 10, because),
      1: ({ orders }) => orders.target('BTC', 4, because),
    });
    const run = plainRun(marketOf({ spot: { BTC: [100, 100, 100, 100] } }), sell, {
      account: { flows: [{ time: dailyClose(0) + 1, amount: -500 }] },
    });
    expect(fillRows(run)).toEqual([
      [1, 'BTC', 10],
      [2, 'BTC', -5],
      [2, 'BTC', -1],
    ]);
  });

  test('a position liquidated at that open is not turned by the order to close it', () => {
    const bars = { close: [100, 100, 200, 220, 220], open: [100, 100, 100, 249, 220] };
    const gap = marketOf({ spot: { BTC: bars.close }, perps: { 'BTC-PERP': bars } });
    const closeIt = script(symbols, {
      0: ({ orders }) => orders.target('BTC-PERP', -10, because),
      2: ({ orders }) => orders.target('BTC-PERP', 0, because),
    });
    const run = plainRun(gap, closeIt, { venue: { preset: 'none', maintenance: 0.2 }, account: { cash: 1_500, leverage: 5 } });
    expect(run.full.fills.cause).toEqual(['strategy', 'liquidation']);
  });

  test('an order through zero closes before spot trades and opens after it', () => {
    const turn = script(symbols, {
      0: ({ orders }) => {
        orders.market('BTC', 6, because);
        orders.target('BTC-PERP', -2, because);
      },
      1: ({ orders }) => {
        orders.market('BTC', -6, because);
        orders.target('BTC-PERP', 8, because);
      },
    });
    expect(fillRows(plainRun(market([100, 100, 100, 100]), turn)).slice(2)).toEqual([
      [2, 'BTC-PERP', 2],
      [2, 'BTC', -6],
      [2, 'BTC-PERP', 8],
    ]);
  });

  test('an order against one that is still to open waits for it, and takes no margin from spot', () => {
    const against = script(symbols, {
      0: ({ orders }) => {
        orders.market('BTC', 8, because);
        orders.market('BTC-PERP', 2, because);
        orders.target('BTC-PERP', -1, because);
      },
    });
    expect(fillRows(plainRun(market([100, 100, 100]), against))).toEqual([
      [1, 'BTC', 8],
      [1, 'BTC-PERP', 2],
      [1, 'BTC-PERP', -2],
      [1, 'BTC-PERP', -1],
    ]);
  });
});

test('an order gets no more leverage than the venue allows a position of its size', () => {
  const bands = [
    { from: 0, rate: 0.01, maxLeverage: 10 },
    { from: 500, rate: 0.02, maxLeverage: 4 },
  ];
  const grow = script(symbols, {
    0: ({ orders }) => orders.target('BTC-PERP', -4, { ...because, leverage: 10 }),
    1: ({ orders }) => orders.target('BTC-PERP', -50, { ...because, leverage: 10 }),
  });
  const run = plainRun(market([100, 100, 100, 100]), grow, { venue: { preset: 'none', maintenance: { BTC: bands } } });
  expect(fillRows(run)).toEqual([
    [1, 'BTC-PERP', -4],
    [2, 'BTC-PERP', -36],
  ]);
  expect(run.notices.map(({ code }) => code)).toEqual(['leverage-lowered', 'order-cut-to-margin']);
});

test('free margin that is used up carries no order of what rounding left of it', () => {
  const fees = { perpetual: { maker: 0, taker: 0.0007 } };
  const grow = script(symbols, {
    0: ({ orders }) => orders.market('BTC-PERP', 100, because),
    1: ({ orders }) => orders.market('BTC-PERP', 100, because),
    2: ({ orders }) => orders.market('BTC-PERP', 100, because),
  });
  for (let cash = 100; cash < 200; cash++) {
    const run = plainRun(market([7, 7, 7, 7, 7]), grow, { venue: { preset: 'none', fees }, account: { cash, leverage: 3 } });
    expect(run.totals.fills).toBe(1);
  }
});

test.each(['none', 'binance'])('a target that is met but for rounding is no order (venue %s)', (venue) => {
  const met = script(symbols, {
    0: ({ orders }) => orders.market('BTC-PERP', -0.1, because),
    1: ({ orders }) => orders.market('BTC-PERP', -0.2, because),
    2: ({ orders }) => orders.target('BTC-PERP', -0.3, because),
  });
  const run = plainRun(market([9_000, 9_000, 9_000, 9_000, 9_000]), met, { venue, account: { cash: 10_000 } });
  expect(fillRows(run)).toEqual([
    [1, 'BTC-PERP', -0.1],
    [2, 'BTC-PERP', -0.2],
  ]);
  expect(run.totals.rejected).toBe(0);
});
