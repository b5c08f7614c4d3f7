import { describe, expect, test } from 'vitest';
import type { AccountConfig } from '../../src/engine/config.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import { dailyClose, marketOf, type MarketSpec } from '../support/market.ts';
import { plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const RATE = 0.314;

/** Two days at 100, then at 200. */
const doubling: MarketSpec = { spot: { BTC: [100, 100, 200, 200, 200, 200, 200, 200] } };

/** Buys 5 BTC at 100 with half of 1,000, and sells as many as told at 200, on the fourth day. */
const halfSold = (units: number): Strategy =>
  script(['BTC'], {
    0: ({ orders }) => orders.market('BTC', 5, because),
    3: ({ orders }) => orders.market('BTC', -units, because),
  });

/** An account of 1,000 EUR under the law of France. */
function french(
  strategy: Strategy,
  { cashIs = 'stablecoin', market = doubling, ...account }: Partial<AccountConfig> & { market?: MarketSpec } = {},
  options: PlainRun = {},
): ReturnType<typeof plainRun> {
  return plainRun(marketOf(market), strategy, {
    ...options,
    account: { currency: 'EUR', cashIs, ...account },
    tax: { regime: 'france', ...options.tax },
  });
}

const withdrawal = (amount: number, bar = 5) => ({ flows: [{ time: dailyClose(bar), amount: -amount }] });

describe('cash in a stablecoin under the portfolio method', () => {
  test('is swapped, untaxed, for what a sale brings', () => {
    const run = french(halfSold(2.5));
    expect([...run.taxAccrued].every((tax) => tax === 0)).toBe(true);
    expect(run.full.gains.gain).toHaveLength(0);
    expect(run.totals.taxableDisposals).toBe(0);
    // As money, half of what was held: 500 − 500 × 500 / 1 000.
    const money = french(halfSold(2.5), { cashIs: 'fiat' });
    expect(money.taxAccrued[4]).toBeCloseTo(RATE * 250, 9);
    expect(money.equity).toEqual(run.equity);
  });

  test('is taxed when it leaves as money, on its share of all that is held', () => {
    const run = french(halfSold(2.5), withdrawal(600));
    // 500 of coins and 1 000 of cash cost 1 000: 600 − 1 000 × 600 / 1 500.
    expect(run.taxAccrued[4]).toBe(0);
    expect(run.taxAccrued[5]).toBeCloseTo(RATE * 200, 9);
    const { gains } = run.full;
    expect([gains.asset[0], gains.rule[0], gains.quantity[0], gains.proceeds[0]]).toEqual(['cash', 'portfolio', 600, 600]);
    expect(gains.cost[0]).toBeCloseTo(400, 9);
    expect(run.totals.taxableDisposals).toBe(1);
    // The share is used up: 900 are left, which cost 600.
    expect(run.totals.taxDeferred).toBeCloseTo(RATE * 300, 9);
    expect(run.totals.finalAfterLiquidation).toBeCloseTo(900 - RATE * 500, 9);
  });

  test('leaves all that it cost when all of it leaves', () => {
    const run = french(halfSold(5), withdrawal(1_500));
    expect(run.full.gains.cost[0]).toBe(1_000);
    expect(run.taxAccrued[5]).toBeCloseTo(RATE * 500, 9);
    expect(run.totals.taxDeferred).toBeCloseTo(0, 9);
  });

  test('is sold for money with the coins in an exit', () => {
    const idle = french(script(['BTC'], {}));
    expect([idle.totals.taxDeferred, idle.totals.finalAfterLiquidation]).toEqual([0, 1_000]);
    const run = french(halfSold(0));
    expect(run.totals.taxDeferred).toBeCloseTo(RATE * 500, 9);
  });

  test('is acquired for money by a deposit, at its face', () => {
    const run = french(halfSold(2.5), { flows: [{ time: dailyClose(4), amount: 500 }, ...withdrawal(600).flows] });
    // 500 of coins and 1 500 of cash cost 1 500.
    expect(run.taxAccrued[5]).toBeCloseTo(RATE * (600 - (1_500 * 600) / 2_000), 9);
  });

  test('costs what a fee of a swap took nothing more, and the fee is no sale', () => {
    const venue = { preset: 'none', fees: { spot: { maker: 0, taker: 0.01 }, perpetual: { maker: 0, taker: 0 } } } as const;
    const run = french(halfSold(2.5), withdrawal(600), { venue });
    // Fees of 5 and 5: 1 490 are left before the withdrawal, and still cost 1 000.
    expect(run.full.gains.cost[0]).toBeCloseTo((1_000 * 600) / 1_490, 9);
    expect(run.full.gains.gain).toHaveLength(1);
  });

  test('shares the net acquisition price with the coins', () => {
    const run = french(halfSold(2.5));
    // What was paid for the coins that are left, 250, of 250 + 1 000 of cash.
    const lots = [
      { asset: 'BTC', acquired: dailyClose(0), quantity: 2.5, cost: (1_000 * 250) / 1_250, longTerm: false },
      { asset: 'cash', acquired: dailyClose(0), quantity: 1_000, cost: (1_000 * 1_000) / 1_250, longTerm: false },
    ];
    expect(run.full.lots).toEqual(lots);
    expect(french(halfSold(2.5), { cashIs: 'fiat' }).full.lots.map(({ asset }) => asset)).toEqual(['BTC']);
    const inDollars = plainRun(marketOf(doubling), halfSold(2.5), {
      account: { cashIs: 'stablecoin' },
      tax: { regime: 'france', fx: { EUR: 1.25 } },
    });
    expect(inDollars.full.lots).toEqual(lots);
  });

  test('tells a strategy that selling costs no tax', () => {
    const seen: number[] = [];
    french(
      script(['BTC'], {
        0: ({ orders }) => orders.market('BTC', 5, because),
        4: ({ portfolio }) => seen.push(portfolio.taxIfSold('BTC', 1)),
      }),
    );
    expect(seen).toEqual([0]);
  });

  test('pays the tax as a sale for money, which next year’s tax is on', () => {
    const days = 640;
    const market = { spot: { BTC: Array.from({ length: days }, (_, day) => (day < 2 ? 100 : 200)) } };
    const run = french(halfSold(5), { market, ...withdrawal(600) });
    // 1 500 that cost 1 000: a gain of 200, paid in September 2025 out of the 900 that are left and cost 600.
    const bill = RATE * 200;
    const taxes = run.full.events.filter(({ kind }) => kind === 'tax');
    expect(taxes.map(({ amount }) => amount)).toEqual([expect.closeTo(bill, 9)]);
    expect(run.full.gains.gain[1]).toBeCloseTo(bill - (600 * bill) / 900, 9);
    // 62.80 alone are no more than 305.
    expect(run.totals.taxAccrued).toBe(0);
    const outside = french(halfSold(5), { market, ...withdrawal(600) }, { tax: { payFrom: 'outside' } });
    expect(outside.full.gains.gain).toHaveLength(1);
  });

  test('is translated at the rate of the day', () => {
    const run = plainRun(marketOf(doubling), halfSold(2.5), {
      account: { cashIs: 'stablecoin', ...withdrawal(600) },
      tax: { regime: 'france', fx: { EUR: 1.25 } },
    });
    expect(run.taxAccrued[5]).toBeCloseTo(RATE * 200, 9);
    expect(run.full.gains).toMatchObject({ asset: ['cash'], quantity: Float64Array.of(600) });
    expect(run.totals.taxDeferred).toBeCloseTo(RATE * 300, 9);
  });

  test('fills at the close as at the open', () => {
    const run = french(halfSold(2.5), withdrawal(600), { fill: 'close' });
    expect(run.taxAccrued[5]).toBeCloseTo(RATE * 200, 9);
    const lastBar = script(['BTC'], { 7: ({ orders }) => orders.market('BTC', 5, because) });
    expect(french(lastBar, {}, { fill: 'close' }).totals.taxDeferred).toBe(0);
  });
});

describe('contracts paid in a stablecoin', () => {
  const market: MarketSpec = {
    spot: { BTC: [100, 100, 100, 100, 100, 100] },
    perps: { 'BTC-PERP': [100, 100, 200, 200, 200, 200] },
  };
  const traded = (units: number): Strategy =>
    script(['BTC', 'BTC-PERP'], {
      0: ({ orders }) => orders.target('BTC-PERP', units, because),
      3: ({ orders }) => orders.target('BTC-PERP', 0, because),
    });

  test('bring it at its value: a gain is taxed once, as theirs', () => {
    const run = french(traded(4), { market });
    expect(run.totals.taxAccrued).toBeCloseTo(RATE * 400, 9);
    expect(run.totals.taxDeferred).toBeCloseTo(0, 9);
  });

  test('take it as a sale: what it had gained by then is taxed', () => {
    // 10 BTC that cost 200 are worth 1 000, and as much is cash: 2 000 that cost 1 200.
    const lots = [{ asset: 'BTC', quantity: 10, cost: 200, acquired: Date.UTC(2020, 0, 1) }];
    const run = french(traded(-4), { market, lots });
    const gain = 400 - (1_200 * 400) / 2_000;
    expect(run.full.gains.gain[run.full.gains.asset.indexOf('cash')]).toBeCloseTo(gain, 9);
    // The loss of the contract is in a basket of its own.
    expect(run.totals.taxAccrued).toBeCloseTo(RATE * gain, 9);
    expect(run.totals.taxDeferred).toBeCloseTo(RATE * (800 - gain), 9);
  });

  test('take and bring it by funding too', () => {
    const funded = (rate: number) =>
      french(traded(4), { market: { ...market, funding: [{ time: dailyClose(2), rate, mark: 200 }] } });
    // 4 × 200 × 10 % are received: 80 more, that cost 80.
    expect(funded(-0.1).full.gains.asset).not.toContain('cash');
    const paid = funded(0.1).full.gains;
    // All that is held is cash, which gained nothing.
    expect([paid.asset[0], paid.proceeds[0], paid.gain[0]]).toEqual(['cash', 80, expect.closeTo(0, 9)]);
  });
});

test('coins that an inverse contract takes are sold, and those it brings are acquired at their value', () => {
  const prices = [100, 100, 200, 200, 200, 200];
  const market: MarketSpec = { spot: { BTC: prices }, perps: { 'BTC-USD': { close: prices, contract: 'inverse' } } };
  const closed = (units: number): ReturnType<typeof french> =>
    french(
      script(['BTC', 'BTC-USD'], {
        0: ({ orders }) => orders.target('BTC-USD', units, because),
        3: ({ orders }) => orders.target('BTC-USD', 0, because),
      }),
      { market, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 10, cost: 400, acquired: Date.UTC(2020, 0, 1) }] },
    );
  // −1 000 × (1 / 100 − 1 / 200) is 5 BTC, worth 1 000 of the 3 000 that cost 1 400.
  const short = closed(-1_000);
  expect(short.full.gains.gain[short.full.gains.kind.indexOf('spot')]).toBeCloseTo(1_000 - 1_400 / 3, 9);
  const long = closed(1_000);
  expect(long.full.gains.kind).toEqual(['derivative']);
  expect(long.totals.taxDeferred).toBeCloseTo(RATE * (15 * 200 + 1_000 - (1_400 + 1_000)), 9);
});

describe('a stablecoin that is owed', () => {
  const lots = [{ asset: 'BTC', quantity: 10, cost: 400, acquired: Date.UTC(2020, 0, 1) }];
  const owing = (amount: number, more: Partial<AccountConfig> & { market?: MarketSpec } = {}) =>
    french(script(['BTC'], {}), { cash: 0, lots, flows: [{ time: dailyClose(2), amount: -amount }], ...more });

  test('is taken off what the portfolio is worth, and coins swapped for it pay it back', () => {
    const run = owing(500);
    // 2 000 that cost 400; of them 500 left.
    expect(run.full.gains.gain[0]).toBeCloseTo(500 - 100, 9);
    expect(run.totals.forcedSales).toBe(1);
    expect(run.full.gains.gain).toHaveLength(1);
    expect(run.totals.taxDeferred).toBeCloseTo(RATE * (1_500 - 300), 9);
  });

  test('bears interest, which is paid by a sale', () => {
    // Forced sales cover what is owed at the next open; until then it bears interest.
    const run = owing(500, { interest: { cash: 0, borrow: 0.365 }, market: { spot: { BTC: [200, 200, 200, NaN, 200, 200] } } });
    expect(run.full.gains.asset).toEqual(['cash', 'cash']);
    expect(run.full.gains.proceeds[1]).toBeCloseTo(0.5, 9);
  });

  test('may be more than everything is worth', () => {
    const run = owing(3_000);
    expect(run.equity.every(Number.isFinite)).toBe(true);
    expect(run.totals.taxDeferred).toBe(0);
    expect(run.full.gains.gain[0]).toBeCloseTo(3_000 - 400, 9);
  });
});

test('interest on a stablecoin is acquired at what it was worth, and was never taxed', () => {
  const run = french(script(['BTC'], {}), { interest: { cash: 0.0365, borrow: 0 } });
  expect(run.totals.attribution.interest).toBeGreaterThan(0.6);
  expect(run.totals.taxDeferred).toBeCloseTo(0, 9);
});

test('where swaps are taxed, a sale for a stablecoin is a sale', () => {
  for (const regime of ['us', 'germany', 'uk']) {
    const run = (cashIs: 'fiat' | 'stablecoin') =>
      plainRun(marketOf(doubling), halfSold(2.5), { account: { cashIs, ...withdrawal(600) }, tax: { regime } });
    const [fiat, stable] = [run('fiat'), run('stablecoin')];
    expect(stable.taxAccrued).toEqual(fiat.taxAccrued);
    expect(stable.full.gains).toEqual(fiat.full.gains);
    expect(stable.totals).toEqual(fiat.totals);
  }
});
