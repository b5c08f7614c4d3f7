import { describe, expect, test } from 'vitest';
import { marketOf, dailyClose } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

// Opens are the previous close, so an order decided at bar 0 (close 100) fills at bar 1's open of 100 unless an open is given.
const rising = () => marketOf({ spot: { BTC: { close: [100, 110, 120, 130], open: [100, 104, 111, 121] } } });

describe('market orders', () => {
  test('decided at a close, they fill at the next open, at that moment', () => {
    const { full } = plainRun(rising(), script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 2, because) }));
    expect(full.fills.price[0]).toBe(104);
    expect(full.fills.time[0]).toBe(dailyClose(0));
    expect(full.fills.bar[0]).toBe(1);
  });

  test('nothing fills in bar 0, and equity there is the account before any order', () => {
    const { equity, totals } = plainRun(rising(), script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 2, because) }));
    expect(equity[0]).toBe(1_000);
    expect(totals.initialEquity).toBe(1_000);
    // 2 coins bought at 104 are marked at 110.
    expect(equity[1]).toBe(1_012);
  });

  test('under fill: close they fill at the close that was seen, in bar 0 too', () => {
    const run = plainRun(rising(), script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 2, because) }), { fill: 'close' });
    expect(run.full.fills.price[0]).toBe(100);
    expect(run.full.fills.time[0]).toBe(dailyClose(0));
    expect(run.full.fills.bar[0]).toBe(0);
    expect(run.equity[1]).toBe(1_020);
  });

  test('a buy is cut to the cash at hand, fee included', () => {
    const buyTooMuch = script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 100, because) });
    const run = plainRun(rising(), buyTooMuch, { venue: { preset: 'none', fees: { spot: { maker: 0, taker: 0.01 } } } });
    expect(run.full.fills.quantity[0]).toBeCloseTo(1_000 / (104 * 1.01), 12);
    expect(run.full.columns.cash[1]).toBeCloseTo(0, 9);
    expect(run.notices.map(({ code }) => code)).toContain('buy-cut-to-cash');
  });

  test('a sale of more than is held sells what is held; with nothing held it is refused with the reason', () => {
    const run = plainRun(
      rising(),
      script(['BTC'], {
        0: ({ orders }) => orders.market('BTC', -1, because),
        1: ({ orders }) => orders.market('BTC', 2, because),
        2: ({ orders }) => orders.market('BTC', -5, because),
      }),
    );
    expect(fillRows(run)).toEqual([
      [2, 'BTC', 2],
      [3, 'BTC', -2],
    ]);
    expect(run.totals.rejected).toBe(1);
    expect(run.full.events[0]).toMatchObject({ kind: 'rejected', symbol: 'BTC', message: 'nothing is held' });
  });

  test('an order for what does not trade waits until it trades again', () => {
    const market = marketOf({ spot: { BTC: [100, NaN, NaN, 130, 140] } });
    const run = plainRun(market, script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 1, because) }));
    expect(fillRows(run)).toEqual([[3, 'BTC', 1]]);
  });

  test('an order whose time in force ends while nothing trades is refused', () => {
    const market = marketOf({ spot: { BTC: [100, NaN, NaN, 130, 140] } });
    const run = plainRun(
      market,
      script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 1, { ...because, timeInForceBars: 1 }) }),
    );
    expect(run.totals.fills).toBe(0);
    expect(run.totals.rejected).toBe(1);
  });

  test('a coin that does not trade keeps its last mark', () => {
    const market = marketOf({ spot: { BTC: [100, 110, NaN, 130] } });
    const run = plainRun(market, script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 1, because) }));
    expect([...run.equity]).toEqual([1_000, 1_010, 1_010, 1_030]);
  });
});

describe('costs', () => {
  const buyOne = script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 1, because) });

  test('the half-spread moves the price against the order and is booked as slippage', () => {
    const market = marketOf({ spot: { BTC: [100, 100, 100] } });
    const { full, totals, equity } = plainRun(market, buyOne, { venue: { preset: 'none', slippage: { halfSpread: 0.01 } } });
    expect(full.fills.price[0]).toBe(101);
    expect(full.fills.referencePrice[0]).toBe(100);
    expect(full.fills.slippage[0]).toBeCloseTo(1, 12);
    expect(totals.attribution.slippage).toBeCloseTo(1, 12);
    expect(totals.attribution.spot['BTC']).toBeCloseTo(0, 12);
    expect(equity[2]).toBeCloseTo(999, 12);
  });

  test('a taker fee on the notional at the fill price leaves cash', () => {
    const market = marketOf({ spot: { BTC: [100, 100, 100] } });
    const { full, totals } = plainRun(market, buyOne, { venue: { preset: 'none', fees: { spot: { maker: 0, taker: 0.002 } } } });
    expect(full.columns.cash[1]).toBeCloseTo(1_000 - 100 - 0.2, 12);
    expect(totals.attribution.fees).toBeCloseTo(0.2, 12);
  });

  test('a fee kept from the coin bought makes the lot the net quantity at full cost', () => {
    const market = marketOf({ spot: { BTC: [100, 100, 100] } });
    const { full, totals } = plainRun(market, buyOne, {
      venue: { preset: 'none', feeIn: 'received', fees: { spot: { maker: 0, taker: 0.002 } } },
      tax: { regime: 'us' },
    });
    expect(full.lots[0]).toMatchObject({ asset: 'BTC', cost: 100 });
    expect(full.lots[0]!.quantity).toBeCloseTo(0.998, 12);
    expect(full.fills.fee[0]).toBeCloseTo(0.002, 12);
    expect(full.fills.feeCurrency[0]).toBe('BTC');
    expect(totals.attribution.fees).toBeCloseTo(0.2, 12);
    expect(totals.finalEquity).toBeCloseTo(999.8, 12);
  });
});

describe('target weights', () => {
  const two = () => marketOf({ spot: { BTC: [100, 100, 200, 200], ETH: [10, 10, 10, 10] } });

  test('become units at the fill, from NAV at its reference prices', () => {
    const run = plainRun(
      two(),
      script(['BTC', 'ETH'], { 0: ({ orders }) => orders.targetWeights({ BTC: 0.5, ETH: 0.4 }, because) }),
    );
    expect(fillRows(run)).toEqual([
      [1, 'ETH', 40],
      [1, 'BTC', 5],
    ]);
    expect(run.full.columns.cash[1]).toBe(100);
  });

  test('sell first, so that buys can be paid', () => {
    const run = plainRun(
      two(),
      script(['BTC', 'ETH'], {
        0: ({ orders }) => orders.targetWeights({ BTC: 0.5, ETH: 0.5 }, because),
        2: ({ orders }) => orders.targetWeights({ ETH: 0.5, BTC: 0.5 }, because),
      }),
    );
    // At 200 BTC is 1,000 of 1,500: 1.25 coins are sold, 25 ETH bought.
    expect(fillRows(run).slice(2)).toEqual([
      [3, 'BTC', -1.25],
      [3, 'ETH', 25],
    ]);
  });

  test('leave what they do not name alone', () => {
    const run = plainRun(
      two(),
      script(['BTC', 'ETH'], {
        0: ({ orders }) => orders.targetWeights({ BTC: 0.5 }, because),
        1: ({ orders }) => orders.targetWeights({ ETH: 0.2 }, because),
      }),
    );
    expect(fillRows(run)).toEqual([
      [1, 'BTC', 5],
      [2, 'ETH', 20],
    ]);
  });

  test('a second decision before the fill replaces the first for what both name', () => {
    const run = plainRun(
      two(),
      script(['BTC', 'ETH'], {
        0: ({ orders }) => {
          orders.targetWeights({ BTC: 0.5, ETH: 0.2 }, because);
          orders.targetWeights({ BTC: 0.1 }, because);
        },
      }),
    );
    expect(fillRows(run).sort()).toEqual([
      [1, 'BTC', 1],
      [1, 'ETH', 20],
    ]);
  });

  test('an asset that does not trade keeps its part of the decision waiting', () => {
    const market = marketOf({ spot: { BTC: [100, 100, 100, 100], ETH: [10, NaN, 20, 20] } });
    const run = plainRun(
      market,
      script(['BTC', 'ETH'], { 0: ({ orders }) => orders.targetWeights({ BTC: 0.5, ETH: 0.4 }, because) }),
    );
    // ETH last closed at 10 and opens at 10 when it trades again.
    expect(fillRows(run)).toEqual([
      [1, 'BTC', 5],
      [2, 'ETH', 40],
    ]);
  });

  test('round toward zero to the step and refuse what is below the minimum, with the reason', () => {
    const venue = { preset: 'binance' as const };
    const market = marketOf({ spot: { BTC: [30_000, 30_000, 30_000] } });
    const run = plainRun(market, script(['BTC'], { 0: ({ orders }) => orders.targetWeights({ BTC: 0.5 }, because) }), { venue });
    // 500 / 30,000 = 0.016666…, and Binance's BTC step is 0.00001.
    expect(fillRows(run)).toEqual([[1, 'BTC', 0.01666]]);
    const small = plainRun(market, script(['BTC'], { 0: ({ orders }) => orders.targetWeights({ BTC: 0.004 }, because) }), {
      venue,
    });
    expect(small.totals.fills).toBe(0);
    expect(small.full.events[0]!.message).toContain('minimum');
  });

  test.each(['market', 'limit'] as const)('round and refuse a %s sale that is cut to what is held as well', (kind) => {
    const sellAll = script(['BTC'], {
      0: ({ orders }) => (kind === 'market' ? orders.market('BTC', -1, because) : orders.limit('BTC', -1, 90, because)),
    });
    const sold = (minNotional: number) =>
      plainRun(marketOf({ spot: { BTC: [100, 100] } }), sellAll, {
        venue: { preset: 'none', lots: { BTC: { step: 0.01, minNotional } } },
        account: { lots: [{ asset: 'BTC', quantity: 0.155, cost: 10, acquired: 0 }] },
      });
    expect(fillRows(sold(15))).toEqual([[1, 'BTC', -0.15]]);
    expect(fillRows(sold(15.1))).toEqual([]);
    expect(sold(15.1).full.events[0]).toMatchObject({ kind: 'rejected', message: 'too little of it can be sold' });
  });
});

describe('limit orders', () => {
  const falling = () =>
    marketOf({ spot: { BTC: { close: [100, 96, 90, 90], open: [100, 99, 94, 90], low: [100, 95, 89, 90] } } });
  const buyAt = (price: number, options = {}) =>
    script(['BTC'], { 0: ({ orders }) => orders.limit('BTC', 1, price, { ...because, ...options }) });
  const fees = { preset: 'none' as const, fees: { spot: { maker: 0.001, taker: 0.002 } } };

  test('fill at the limit when the range trades strictly through it, at the maker fee and without slippage', () => {
    const run = plainRun(falling(), buyAt(96), { venue: { ...fees, slippage: { halfSpread: 0.01 } } });
    expect(run.full.fills.price[0]).toBe(96);
    expect(run.full.fills.bar[0]).toBe(1);
    expect(run.full.fills.fee[0]).toBeCloseTo(0.096, 12);
    expect(run.full.fills.slippage[0]).toBe(0);
  });

  test('do not fill when the range only touches the limit', () => {
    const run = plainRun(falling(), buyAt(95));
    expect(run.full.fills.bar[0]).toBe(2);
    // By then the open of 94 is already through: a better price, and the resting order still makes liquidity.
    expect(run.full.fills.price[0]).toBe(94);
  });

  test('one that is through when it arrives takes liquidity at the open', () => {
    const run = plainRun(falling(), buyAt(120), { venue: fees });
    expect(run.full.fills.price[0]).toBe(99);
    expect(run.full.fills.fee[0]).toBeCloseTo(0.198, 12);
  });

  test('never fill worse than the limit, spread or not', () => {
    const run = plainRun(falling(), buyAt(99.05), { venue: { preset: 'none', slippage: { halfSpread: 0.001 } } });
    expect(run.full.fills.price[0]).toBe(99.05);
    expect(run.full.fills.slippage[0]).toBeCloseTo(0.05, 12);
  });

  test('end with their time in force', () => {
    const run = plainRun(falling(), buyAt(80, { timeInForceBars: 2 }));
    expect(run.totals.fills).toBe(0);
    expect(run.full.events[0]).toMatchObject({ kind: 'rejected', bar: 2 });
  });

  test('can be cancelled', () => {
    let order = 0;
    const run = plainRun(
      falling(),
      script(['BTC'], {
        0: ({ orders }) => {
          const placed = orders.limit('BTC', 1, 80, because);
          if (placed.ok) order = placed.order;
        },
        1: ({ orders }) => {
          expect(orders.cancel(order)).toBe(true);
          expect(orders.cancel(order)).toBe(false);
        },
      }),
    );
    expect(run.totals.fills).toBe(0);
    expect(run.totals.rejected).toBe(0);
  });
});

test.each([false, true])('a decision by weights is cancelled for all its coins (another order waits: %s)', (waits) => {
  const market = marketOf({ spot: { BTC: [10, 10, 10], ETH: [1, 1, 1] } });
  const decide = script(['BTC', 'ETH'], {
    0: ({ orders }) => {
      if (waits) orders.limit('BTC', 1, 1, because);
      const placed = orders.targetWeights({ BTC: 0.1, ETH: 0.1 }, because);
      expect(orders.cancel(placed.ok ? placed.order : NaN)).toBe(true);
      expect(orders.cancel(placed.ok ? placed.order : NaN)).toBe(false);
    },
  });
  expect(plainRun(market, decide).totals.fills).toBe(0);
});

describe('a participation cap', () => {
  const thin = () => marketOf({ spot: { BTC: { close: [10, 10, 10, 10, 10], volume: 20 } } });
  const venue = { preset: 'none' as const, participation: 0.1 };

  test('fills a share of each bar’s volume until the order is done', () => {
    const run = plainRun(thin(), script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 5, because) }), { venue });
    expect(fillRows(run)).toEqual([
      [1, 'BTC', 2],
      [2, 'BTC', 2],
      [3, 'BTC', 1],
    ]);
  });

  test('drops the rest when the time in force ends', () => {
    const order = { ...because, timeInForceBars: 1 };
    const run = plainRun(thin(), script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 5, order) }), { venue });
    expect(fillRows(run)).toEqual([[1, 'BTC', 2]]);
  });

  test('holds for weights and limits too', () => {
    const weights = plainRun(thin(), script(['BTC'], { 0: ({ orders }) => orders.targetWeights({ BTC: 0.03 }, because) }), {
      venue,
    });
    expect(fillRows(weights)).toEqual([
      [1, 'BTC', 2],
      [2, 'BTC', 1],
    ]);
    const limit = plainRun(thin(), script(['BTC'], { 0: ({ orders }) => orders.limit('BTC', 3, 11, because) }), { venue });
    expect(fillRows(limit)).toEqual([
      [1, 'BTC', 2],
      [2, 'BTC', 1],
    ]);
  });
});

test('square-root impact moves the price by Y·σ·√(quantity / ADV) of the last 30 days before the decision', () => {
  const close = Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? 100 : 101));
  const market = marketOf({ spot: { BTC: { close, volume: 100 } } });
  const run = plainRun(market, script(['BTC'], { 35: ({ orders }) => orders.market('BTC', 1, because) }), {
    venue: { preset: 'none', slippage: { halfSpread: 0, impact: 1 } },
  });
  const returns = close.slice(5, 36).flatMap((price, k, days) => (k === 0 ? [] : [price / days[k - 1]! - 1]));
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const sigma = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1));
  const reference = run.full.fills.referencePrice[0]!;
  expect(run.full.fills.price[0]! / reference - 1).toBeCloseTo(sigma * Math.sqrt(1 / 100), 12);
});

test('fills of more than a day’s mean volume are noticed where impact is on, and bring something at any size', () => {
  const close = Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? 100 : 120));
  const market = marketOf({ spot: { BTC: { close, volume: 1 } } });
  const trades = script(['BTC'], {
    32: ({ orders }) => orders.market('BTC', 1, because),
    33: ({ orders }) => orders.market('BTC', 50, because),
    34: ({ orders }) => orders.market('BTC', -51, because),
  });
  const run = plainRun(market, trades, {
    account: { cash: 1e5 },
    venue: { preset: 'none', slippage: { halfSpread: 0, impact: 1 } },
  });
  const message = 'BTC: 50 at 2024-02-04T00:00Z is 50 times the mean volume of a day';
  expect(run.notices).toContainEqual({ code: 'order-beyond-volume', count: 2, first: dailyClose(33), message });
  expect(run.full.fills.price[2]).toBe(run.full.fills.referencePrice[2]! * 0.01);
});

test('an order of less than one step is refused with the reason', () => {
  const market = marketOf({ spot: { BTC: [30_000, 30_000, 30_000] } });
  const run = plainRun(market, script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 0.000005, because) }), {
    venue: 'binance',
  });
  expect(run.full.events[0]).toMatchObject({ kind: 'rejected', message: '0.000005 is less than one step of 0.00001' });
});

test('under fill: close a decision by weights is sized after the forced sales of its moment, at the prices that trade', () => {
  const market = marketOf({ spot: { BTC: [100, 100, 100] } });
  const rebalance = script(['BTC'], {
    0: ({ orders }) => orders.market('BTC', 10, because),
    1: ({ orders }) => orders.targetWeights({ BTC: 0.5 }, because),
  });
  const venue = { preset: 'none' as const, fees: { spot: { maker: 0.05, taker: 0.05 } } };
  const account = { cash: 1_050, flows: [{ time: dailyClose(0) + 1, amount: -500 }] };
  const run = plainRun(market, rebalance, { venue, account, fill: 'close' });
  // 500 / 95 coins are sold by force; of what is then left half is kept.
  const left = 10 - 500 / 95;
  expect(run.full.fills.quantity[1]).toBeCloseTo(-500 / 95, 9);
  expect(run.full.fills.quantity[2]).toBeCloseTo(-left / 2, 9);
});

test('under fill: close a coin that was sold by force and is in no decision is valued at what is left of it', () => {
  const market = marketOf({ spot: { BTC: [100, 100, 100, 100], ETH: [10, 10, 10, 10] } });
  const trim = script(['BTC', 'ETH'], { 1: ({ orders }) => orders.targetWeights({ ETH: 0.1 }, because) });
  const run = plainRun(market, trim, {
    fill: 'close',
    account: {
      cash: 0,
      shortfall: 'largest',
      lots: [
        { asset: 'BTC', quantity: 3, cost: 300, acquired: 0 },
        { asset: 'ETH', quantity: 10, cost: 100, acquired: 0 },
      ],
      flows: [{ time: dailyClose(1), amount: -100 }],
    },
  });
  expect(fillRows(run)).toEqual([
    [1, 'BTC', -1],
    [1, 'ETH', -7],
  ]);
  expect([...run.equity]).toEqual([400, 300, 300, 300]);
});

test('a limit goes onto the venue’s ticks, a buy down and a sale up', () => {
  const limits = script(['BTC'], {
    0: ({ orders }) => {
      orders.limit('BTC', 1, 99.98, because);
      orders.limit('BTC', 1, 0.02, because);
    },
    2: ({ orders }) => orders.limit('BTC', -1, 100.02, because),
  });
  const bars = { close: [100, 100, 100, 100], low: [100, 99, 100, 100], high: [100, 100, 100, 101] };
  const venue = { preset: 'none' as const, lots: { BTC: { tick: 0.05 } } };
  const run = plainRun(marketOf({ spot: { BTC: bars } }), limits, { venue });
  expect([...run.full.fills.price]).toEqual([expect.closeTo(99.95, 9), expect.closeTo(100.05, 9)]);
  expect(run.full.events[0]!.message).toBe('a limit of 0.02 is less than one tick of 0.05');
});
