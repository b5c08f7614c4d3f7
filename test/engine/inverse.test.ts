import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { dailyClose, marketOf, type BarSpec } from '../support/market.ts';
import { fillRows, plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';
import { usSetup } from '../support/tax.ts';

const symbols = ['BTC', 'BTC-USD'];
const ACQUIRED = Date.UTC(2020, 0, 1);

/** Spot and an inverse perpetual at like prices unless the contract's own are given. */
function market(spot: number[] | BarSpec, contract: number[] | BarSpec = spot, more: Parameters<typeof marketOf>[0] = {}) {
  const bars = 'close' in contract ? contract : { close: contract };
  return marketOf({ spot: { BTC: spot }, perps: { 'BTC-USD': { ...bars, contract: 'inverse' } }, ...more });
}

/** One coin, no cash, margined with the coin; flat maintenance of 0.4 % and no fee. */
function coinRun(
  bars: ReturnType<typeof market>,
  notional: number,
  { leverage = 1, ...more }: PlainRun & { leverage?: number } = {},
) {
  const open = script(symbols, { 0: ({ orders }) => orders.target('BTC-USD', notional, because) });
  return plainRun(bars, open, {
    venue: { preset: 'none', maintenance: 0.004 },
    ...more,
    account: {
      ...{ cash: 0, collateral: 'coin', leverage, lots: [{ asset: 'BTC', quantity: 1, cost: 50, acquired: ACQUIRED }] },
      marginCall: { at: 0.5, to: 1, from: 'none' },
      ...more.account,
    },
  });
}

const path = [100, 100, 50, 400, 1_000, 20];

describe('a 1x inverse short on coins that cover it', () => {
  test('keeps its value in dollars and its exposure at 0, and is never liquidated', () => {
    const run = coinRun(market(path), -100);
    for (const equity of run.equity) expect(equity).toBeCloseTo(100, 9);
    expect([...run.full.columns.exposure['BTC']!].slice(1)).toEqual(path.slice(1).map(() => expect.closeTo(0, 12)));
    expect(run.totals.liquidations).toBe(0);
    expect(run.totals.minMarginRatio).toBeGreaterThan(1);
  });

  test('splits into what the coin did and what the index did, bar by bar', () => {
    const { attribution } = coinRun(market([100, 100, 125, 80]), -100).totals;
    // Results in coin: 1 at 100, 0.8 − 1 at 125, 1.25 − 1 at 80.
    const spot = 1 * 25 + (1 - 0.2) * (80 - 125);
    const index = -0.2 * 125 + (0.25 + 0.2) * 80;
    expect(attribution.spot['BTC']).toBeCloseTo(spot, 12);
    expect(attribution.futures['BTC-USD']!.index).toBeCloseTo(index, 12);
    expect(attribution.futures['BTC-USD']!.basis).toBeCloseTo(0, 12);
  });

  test('what the contract moves against spot is basis', () => {
    const { attribution, finalEquity } = coinRun(market([100, 100, 100], [100, 100, 125]), -100).totals;
    // 100·(1/100 − 1/125) of a coin lost at 100.
    expect(attribution.futures['BTC-USD']).toEqual({ index: 0, basis: expect.closeTo(-20, 12) });
    expect(finalEquity).toBeCloseTo(80, 12);
  });
});

describe('liquidation at 0.4 % maintenance and no fee', () => {
  const rising = { close: [100, 100, 100], high: [100, 100, 1_000] };

  test('a 2x inverse short goes at +99.2 %', () => {
    const run = coinRun(market(rising), -200, { leverage: 2 });
    // 1 + 200·(1/P − 1/100) = 0.004 · 200 / P.
    expect(run.full.fills.price[1]).toBeCloseTo(100 * 2 * 0.996, 9);
    expect(run.totals.liquidations).toBe(1);
    // What is left is the maintenance margin there, in coin; the rest was a disposal.
    expect(run.full.lots[0]!.quantity).toBeCloseTo(0.8 / 199.2, 12);
  });

  test('a 5x inverse short goes at +24.5 %', () => {
    expect(coinRun(market(rising), -500, { leverage: 5 }).full.fills.price[1]).toBeCloseTo(124.5, 9);
  });

  test('a 1x inverse long on coins goes at −49.8 %, since coin and contract fall together', () => {
    const falling = { close: [100, 100, 100], low: [100, 100, 10] };
    expect(coinRun(market(falling), 100).full.fills.price[1]).toBeCloseTo(50.2, 9);
  });

  test('is of that coin alone: other coins and cash are left', () => {
    const both = script(['BTC', 'ETH', 'BTC-USD'], { 0: ({ orders }) => orders.target('BTC-USD', -500, because) });
    const bars = marketOf({ spot: { BTC: rising, ETH: [10, 10, 10] }, perps: { 'BTC-USD': { ...rising, contract: 'inverse' } } });
    const run = plainRun(bars, both, {
      venue: { preset: 'none', maintenance: 0, liquidationFee: 0.1 },
      account: {
        ...{ cash: 7, collateral: 'coin', leverage: 5, marginCall: { at: 0.5, to: 1, from: 'none' } },
        lots: ['BTC', 'ETH'].map((asset) => ({ asset, quantity: 1, cost: 1, acquired: ACQUIRED })),
      },
    });
    expect(run.totals.liquidations).toBe(1);
    expect(run.totals.finalEquity).toBeCloseTo(17, 9);
    expect(run.full.lots.map(({ asset }) => asset)).toEqual(['ETH']);
  });

  test('a gap past bankruptcy takes the coins and no more; without insurance what is owed is bought with cash', () => {
    const gap = { close: [100, 100, 200], open: [100, 100, 200] };
    expect(coinRun(market(gap), -500, { leverage: 5 }).totals.finalEquity).toBeCloseTo(0, 9);
    const owing = coinRun(market(gap), -500, { leverage: 5, account: { insurance: false, cash: 500 } });
    // 1 − 500·(1/100 − 1/200) = −1.5 coins at 200.
    expect(owing.totals.finalEquity).toBeCloseTo(200, 9);
  });

  test('of several contracts pays what one has lost with what another has won, and buys no coins for it', () => {
    const prices = { close: [100, 100, 220], open: [100, 100, 100] };
    const pair = script(['BTC', 'BTC-USD', 'BTC-F'], {
      0: ({ orders }) => {
        orders.target('BTC-USD', -300, because);
        orders.target('BTC-F', 100, because);
      },
    });
    const bars = marketOf({
      spot: { BTC: prices },
      perps: { 'BTC-USD': { ...prices, contract: 'inverse' } },
      futures: { 'BTC-F': { ...prices, contract: 'inverse', expiry: '2024-06-28' } },
    });
    const run = plainRun(bars, pair, {
      venue: { preset: 'none', maintenance: 0.004, liquidationFee: 0.001 },
      account: {
        ...{ cash: 500, collateral: 'coin', leverage: 5, intrabar: 'correlated' },
        marginCall: { at: 0.5, to: 1, from: 'none' },
        lots: [{ asset: 'BTC', quantity: 1, cost: 100, acquired: ACQUIRED }],
      },
    });
    // At 198.4 the short has lost 1.49 coins and the long won 0.5: of the one coin maintenance is left, less the fee.
    expect(run.full.fills.cause.slice(2)).toEqual(['liquidation', 'liquidation']);
    expect(run.full.columns.cash[2]).toBe(500);
    expect(run.full.lots.reduce((sum, { quantity }) => sum + quantity, 0)).toBeCloseTo((400 * 0.003) / 198.4, 9);
  });
});

describe('coins', () => {
  test('that a short gains are acquired and taxed at their value then; what a long loses is disposed of', () => {
    const close = script(symbols, {
      0: ({ orders }) => orders.target('BTC-USD', -100, because),
      1: ({ orders }) => orders.target('BTC-USD', 0, because),
    });
    const gain = coinRun(market([100, 100, 50, 50], [100, 100, 50, 50]), 0, {});
    expect(gain.totals.fills).toBe(0);
    const bars = market({ close: [100, 100, 50, 50], open: [100, 100, 50, 50] });
    const run = plainRun(bars, close, {
      tax: { regime: 'us' },
      account: { cash: 0, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 1, cost: 50, acquired: ACQUIRED }] },
    });
    // 100·(1/50 − 1/100) = 1 coin at 50.
    expect(run.full.lots.map(({ quantity, cost }) => [quantity, cost])).toEqual([
      [1, 50],
      [1, 50],
    ]);
    expect([...run.full.gains.gain]).toEqual([50]);
    expect(run.full.gains.kind).toEqual(['derivative']);
    const long = script(symbols, {
      0: ({ orders }) => orders.target('BTC-USD', 25, because),
      1: ({ orders }) => orders.target('BTC-USD', 0, because),
    });
    const lost = plainRun(bars, long, {
      tax: { regime: 'us' },
      account: { cash: 0, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 1, cost: 20, acquired: ACQUIRED }] },
    });
    // 25·(1/100 − 1/50) = −0.25 coins at 50: a loss of 12.5 on the contract, a gain of 12.5 − 5 on the coins given up.
    expect(lost.full.lots[0]!.quantity).toBeCloseTo(0.75, 12);
    expect(Object.fromEntries(lost.full.gains.kind.map((kind, k) => [kind, lost.full.gains.gain[k]]))).toEqual({
      derivative: -12.5,
      spot: 7.5,
    });
    expect(lost.totals.taxableDisposals).toBe(1);
  });

  test('that margin a position are pledged: a sale is cut to what is free', () => {
    const sell = script(symbols, {
      0: ({ orders }) => orders.target('BTC-USD', -60, because),
      1: ({ orders }) => orders.target('BTC', 0, because),
    });
    const run = plainRun(market([100, 100, 100, 100]), sell, {
      account: { cash: 0, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 1, cost: 50, acquired: ACQUIRED }] },
    });
    expect(fillRows(run)[1]).toEqual([2, 'BTC', expect.closeTo(-0.4, 12)]);
    expect(run.notices.map(({ code }) => code)).toContain('sell-cut-to-margin');
  });

  test('pay funding and fees: a short receives N · rate / mark of a coin when the rate is positive', () => {
    const funding = [{ time: dailyClose(1), rate: 0.01, mark: 100 }];
    const run = coinRun(
      market([100, 100, 100], [100, 100, 100], { funding: [{ ...funding[0]!, time: dailyClose(1) + DAY / 3 }] }),
      -100,
    );
    expect(run.full.lots.at(-1)).toMatchObject({ quantity: 0.01, cost: 1 });
    expect(run.totals.attribution.funding).toBeCloseTo(1, 12);
    const paid = coinRun(market([100, 100, 100]), -50, {
      venue: { preset: 'none', maintenance: 0.004, fees: { perpetual: { maker: 0, taker: 0.001 } } },
    });
    expect(paid.totals.attribution.fees).toBeCloseTo(0.05, 12);
    expect(paid.full.lots[0]!.quantity).toBeCloseTo(0.9995, 12);
  });

  test('that a contract pays as it closes are there when spot is brought to its weight at the same open', () => {
    const steps = script(symbols, {
      0: ({ orders }) => orders.target('BTC-USD', -1_000, because),
      1: ({ orders }) => {
        orders.targetWeights({ BTC: 0.5 }, because);
        orders.target('BTC-USD', 0, because);
      },
    });
    const run = plainRun(market([100, 100, 125, 125]), steps, {
      account: { cash: 0, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 10, cost: 50, acquired: ACQUIRED }] },
    });
    expect(fillRows(run).slice(1)).toEqual([
      [2, 'BTC-USD', 1_000],
      [2, 'BTC', -5],
    ]);
    const risen = plainRun(market({ close: [100, 100, 125, 125], open: [100, 100, 125, 125] }), steps, {
      account: { cash: 0, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 10, cost: 50, acquired: ACQUIRED }] },
    });
    // Worth 1,000 throughout: the contract takes 2 of 10 coins at 125, and of 8 half are sold.
    expect(fillRows(risen).slice(1)).toEqual([
      [2, 'BTC-USD', 1_000],
      [2, 'BTC', expect.closeTo(-4, 9)],
    ]);
    expect(risen.full.columns.weights['BTC']![2]).toBeCloseTo(0.5, 12);
  });

  test('that a closing contract pays cover its fee where none are left', () => {
    const steps = script(symbols, {
      0: ({ orders }) => orders.target('BTC-USD', -100, because),
      2: ({ orders }) => orders.market('BTC', -1, because),
      3: ({ orders }) => orders.target('BTC-USD', 0, because),
    });
    const run = plainRun(market([100, 100, 50, 50, 50]), steps, {
      venue: {
        preset: 'none',
        fees: { spot: { maker: 0, taker: 0 }, perpetual: { maker: 0, taker: 0.01 }, future: { maker: 0, taker: 0 } },
      },
      account: {
        ...{ cash: 0, collateral: 'coin', leverage: 10 },
        lots: [{ asset: 'BTC', quantity: 1.01, cost: 50, acquired: ACQUIRED }],
      },
    });
    // 100·(1/50 − 1/100) = 1 coin won, 100/50 · 1 % = 0.02 paid.
    expect(run.full.fills.cause.every((cause) => cause === 'strategy')).toBe(true);
    expect(run.full.lots.at(-1)!.quantity).toBeCloseTo(0.98, 9);
  });

  test('that a short loses were hedged to the last, and no others are in their place', () => {
    const run = plainRun(
      market([100, 100, 125, 125]),
      script(symbols, {
        0: ({ orders }) => orders.target('BTC-USD', -100, because),
        2: ({ orders }) => orders.target('BTC-USD', 0, because),
      }),
      {
        venue: { preset: 'none', maintenance: 0.004 },
        account: {
          ...{ cash: 0, collateral: 'coin' },
          lots: [
            { asset: 'BTC', quantity: 1, cost: 50, acquired: ACQUIRED },
            { asset: 'BTC', quantity: 1, cost: 90, acquired: Date.UTC(2023, 11, 1) },
          ],
        },
        tax: usSetup({ straddles: true, payFrom: 'outside' }),
      },
    );
    // 100·(1/100 − 1/125) coins are paid out of the lot that was hedged; the loss of 25 goes with it, a fifth of it at once.
    expect(run.full.lots.map(({ quantity }) => quantity)).toEqual([expect.closeTo(0.8, 12), 1]);
    const { rule, gain, class: terms } = run.full.gains;
    const straddle = rule.flatMap((name, k) => (name === 'straddle' ? [[gain[k], terms[k]]] : []));
    expect(straddle).toEqual([[expect.closeTo(-5, 9), 'long']]);
  });

  test('that closing would pay are sold at a cost, which lowers the tax of an exit', () => {
    const run = coinRun(market([100, 100, 50]), -100, {
      venue: {
        preset: 'none',
        fees: { spot: { maker: 0, taker: 0.01 }, perpetual: { maker: 0, taker: 0 }, future: { maker: 0, taker: 0 } },
      },
      tax: usSetup({ payFrom: 'outside' }),
    });
    // Two coins bring 99: 0.5 is lost on the one that cost 50, as much on the one that the contract paid with its 50 of gain.
    expect(run.full.columns.afterLiquidation[2]).toBeCloseTo(99 - 0.4 * (50 - 0.5 - 0.5), 9);
  });

  test('that are called for are bought: with cash, then from other coins, by force', () => {
    const rising = [100, 100, 180, 180, 180];
    const short = script(['BTC', 'ETH', 'BTC-USD'], { 0: ({ orders }) => orders.target('BTC-USD', -200, because) });
    const bars = marketOf({
      spot: { BTC: rising, ETH: rising.map(() => 100) },
      perps: { 'BTC-USD': { close: rising, contract: 'inverse' } },
    });
    const run = plainRun(bars, short, {
      account: {
        ...{ cash: 10, collateral: 'coin', leverage: 2 },
        lots: ['BTC', 'ETH'].map((asset) => ({ asset, quantity: 1, cost: 1, acquired: ACQUIRED })),
      },
    });
    // Balance 1 + 200·(1/180 − 1/100) = 0.1111 coins; initial margin 100/180 = 0.5556: 0.4444 coins, 80, are lacking.
    expect(fillRows(run).slice(1)).toEqual([
      [3, 'ETH', expect.closeTo(-0.7, 9)],
      [3, 'BTC', expect.closeTo(0.4444444, 6)],
    ]);
    expect(run.full.fills.cause.slice(1)).toEqual(['forced', 'forced']);
    expect(run.totals.forcedSales).toBe(1);
    expect(run.totals.finalEquity).toBeCloseTo(run.equity[2]!, 9);
  });
});

test('an inverse contract needs coins as collateral', () => {
  const open = script(symbols, { 0: ({ orders }) => orders.target('BTC-USD', -100, because) });
  expect(() => plainRun(market([100, 100]), open)).toThrow(/BTC-USD is an inverse contract, margined with BTC/);
});

test('slippage of an inverse fill is its cost in coin at the coin’s price', () => {
  const run = coinRun(market([100, 100, 100]), -100, { venue: { preset: 'none', slippage: { halfSpread: 0.01 } }, leverage: 2 });
  expect(run.totals.attribution.slippage).toBeCloseTo(100 * (1 / 99 - 1 / 100) * 100, 12);
  expect(run.totals.finalEquity).toBeCloseTo(100 - 100 / 99, 12);
});

test('entries average harmonically and a part realises its share', () => {
  const steps = script(symbols, {
    0: ({ orders }) => orders.market('BTC-USD', -100, because),
    1: ({ orders }) => orders.market('BTC-USD', -100, because),
    2: ({ orders }) => orders.market('BTC-USD', 100, because),
  });
  const bars = market({ close: [100, 100, 50, 50], open: [100, 100, 50, 50] });
  const run = plainRun(bars, steps, {
    account: { cash: 0, collateral: 'coin', leverage: 5, lots: [{ asset: 'BTC', quantity: 2, cost: 50, acquired: ACQUIRED }] },
  });
  // Entry 200 / (1 + 2) = 66.67; half of it closed at 50 gains 100·(1/50 − 1/66.67) = 0.5 coins, 25 in money.
  expect(run.full.fills.realised[2]).toBeCloseTo(25, 12);
});
