import { describe, expect, test } from 'vitest';
import { DAY, parseDate } from '../../src/core/time.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const idle = script(['BTC'], {});
const flat = (days: number, start = '2024-01-01') => marketOf({ spot: { BTC: new Array<number>(days).fill(100) }, start });

describe('flows', () => {
  test('reach cash at their moment, in the step that holds it', () => {
    const run = plainRun(flat(4), idle, { account: { flows: [{ time: dailyClose(1), amount: 500 }] } });
    expect([...run.equity]).toEqual([1_000, 1_500, 1_500, 1_500]);
    expect([...run.flows]).toEqual([0, 500, 0, 0]);
    expect(run.totals.attribution.netFlows).toBe(500);
  });

  test('every month means each first of a month at 00:00 UTC inside the run', () => {
    const run = plainRun(flat(91), idle, { account: { flows: [{ every: 'month', amount: 10 }] } });
    // 2024-02-01 and 2024-03-01, and 2024-04-01, at which the run's last bar closes.
    expect(run.totals.finalEquity).toBe(1_030);
  });

  test('one that lies outside the run is an error that says where the run lies', () => {
    expect(() => plainRun(flat(4), idle, { account: { flows: [{ time: dailyClose(9), amount: 1 }] } })).toThrow(
      /lies outside the run/,
    );
  });
});

test('an account that began with nothing may lose nearly all of what was paid in', () => {
  const market = marketOf({ spot: { BTC: [110, 110, 110, 110e-9, 110e-9] } });
  const buy = script(['BTC'], { 1: ({ orders }) => orders.targetWeights({ BTC: 1 }, because) });
  const run = plainRun(market, buy, {
    account: { cash: 0, flows: [{ time: dailyClose(1), amount: 100 }] },
    venue: { preset: 'none', fees: { spot: { maker: 0, taker: 0.003 } } },
  });
  expect(run.totals.finalEquity).toBeCloseTo(100e-9 / 1.003, 12);
});

describe('interest', () => {
  test('is simple, act/365, per bar, on cash after the fills at the open', () => {
    const run = plainRun(flat(3), idle, { account: { interest: { cash: 0.0365, borrow: 0 } } });
    expect(run.totals.attribution.interest).toBeCloseTo(0.1 + 0.10001, 10);
    expect(run.totals.finalEquity).toBeCloseTo(1_000 * 1.0001 ** 2, 9);
  });

  test('negative cash pays the borrow rate', () => {
    const run = plainRun(flat(3), idle, {
      account: { cash: 0, interest: { cash: 0, borrow: 0.365 }, flows: [{ time: dailyClose(0) + 1, amount: -100 }] },
    });
    // Nothing can be sold, so the second bar pays a thousandth of 100.
    expect(run.totals.attribution.interest).toBeCloseTo(-0.1, 12);
    expect(run.notices.map(({ code }) => code)).toContain('shortfall-not-covered');
  });
});

describe('tax in the run', () => {
  const rates = { regime: 'us', rates: { short: 0.4, long: 0.2 } };
  const gain = (days: number) =>
    marketOf({ spot: { BTC: Array.from({ length: days }, (_, day) => (day < 2 ? 100 : 200)) }, start: '2023-12-01' });
  const buyAndSell = script(['BTC'], {
    0: ({ orders }) => orders.market('BTC', 5, because),
    5: ({ orders }) => orders.market('BTC', -5, because),
  });

  test('accrues with the sale, is paid on 15 April from cash, and never counts twice', () => {
    const run = plainRun(gain(140), buyAndSell, { tax: rates });
    const due = (parseDate('2024-04-15') - parseDate('2023-12-01')) / DAY - 1;
    // A gain of 5 × 100 at 40 %.
    expect(run.taxAccrued[6]).toBeCloseTo(200, 9);
    expect(run.taxAccrued[due - 1]).toBeCloseTo(200, 9);
    expect(run.taxAccrued[due]).toBe(0);
    expect(run.equity[due - 1]).toBeCloseTo(1_500, 9);
    expect(run.equity[due]).toBeCloseTo(1_300, 9);
    expect(run.totals.attribution.taxes).toBeCloseTo(200, 9);
    expect(run.full.taxYears[0]).toMatchObject({ tax: expect.closeTo(200, 9), due: parseDate('2024-04-15'), paid: true });
  });

  test('paid from outside it leaves cash and every equity alone, and is counted as such', () => {
    const run = plainRun(gain(140), buyAndSell, { tax: { ...rates, payFrom: 'outside' } });
    expect(run.totals.finalEquity).toBeCloseTo(1_500, 9);
    expect(run.totals.attribution.taxes).toBe(0);
    expect(run.totals.finalAfterTax).toBeCloseTo(1_500, 9);
    expect(run.totals.taxesOutside).toBeCloseTo(200, 9);
  });

  test('a bill that cash cannot meet forces a taxable sale at the next open', () => {
    const spendAll = script(['BTC'], {
      0: ({ orders }) => orders.market('BTC', 5, because),
      5: ({ orders }) => orders.market('BTC', -5, because),
      6: ({ orders }) => orders.targetWeights({ BTC: 1 }, because),
    });
    const run = plainRun(gain(140), spendAll, { tax: rates });
    const forced = run.full.fills.cause.indexOf('forced');
    expect(run.full.fills.time[forced]).toBe(parseDate('2024-04-15'));
    expect(run.full.fills.quantity[forced]).toBeCloseTo(-1, 9);
    expect(run.totals.taxableDisposals).toBe(2);
  });

  test('what is deferred is what a sale of everything would add; with costs it lowers afterLiquidation', () => {
    const hold = script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 5, because) });
    const run = plainRun(gain(10), hold, { tax: rates });
    expect(run.totals.taxDeferred).toBeCloseTo(200, 9);
    expect(run.totals.finalAfterLiquidation).toBeCloseTo(1_500 - 200, 9);
    const costly = plainRun(gain(10), hold, { tax: rates, venue: { preset: 'none', fees: { spot: { maker: 0, taker: 0.01 } } } });
    // Bought for 505 with the fee; sold for 990: 485 of gain, 194 of tax, 10 of exit fee.
    expect(costly.totals.taxDeferred).toBeCloseTo(0.4 * (1_000 - 505), 9);
    expect(costly.totals.finalAfterLiquidation).toBeCloseTo(1_495 - 10 - 194, 9);
  });

  test('a fill at the first moment of a year belongs to the new year', () => {
    const sellAtNewYear = script(['BTC'], {
      0: ({ orders }) => orders.market('BTC', 5, because),
      30: ({ orders }) => orders.market('BTC', -5, because),
    });
    const run = plainRun(gain(140), sellAtNewYear, { tax: rates });
    expect(run.full.fills.time[1]).toBe(parseDate('2024-01-01'));
    expect(run.full.taxYears.filter(({ tax }) => tax > 0)).toEqual([]);
    expect(run.totals.taxAccrued).toBeCloseTo(200, 9);
  });

  test('a contract is taxed with its funding when it closes, as short-term', () => {
    const market = marketOf({
      spot: { BTC: [100, 100, 90, 90, 90] },
      perps: { 'BTC-PERP': [100, 100, 90, 90, 90] },
      funding: [{ time: dailyClose(1), rate: 0.01 }],
    });
    const hedge = script(['BTC', 'BTC-PERP'], {
      0: ({ orders }) => orders.target('BTC-PERP', -1, because),
      2: ({ orders }) => orders.target('BTC-PERP', 0, because),
    });
    const run = plainRun(market, hedge, { tax: rates });
    expect([...run.taxAccrued].map((tax) => Number(tax.toFixed(9)))).toEqual([0, 0, 0, 4.4, 4.4]);
  });
});

describe('opening lots', () => {
  const lot = { asset: 'BTC', quantity: 2, cost: 50, acquired: parseDate('2020-05-05') };

  test('start at the first mark, so that embedded gains are deferred tax and no profit', () => {
    const run = plainRun(flat(3), idle, { account: { lots: [lot] }, tax: { regime: 'us', rates: { short: 0.4, long: 0.2 } } });
    expect(run.totals.initialEquity).toBe(1_200);
    expect(run.totals.attribution.spot['BTC']).toBe(0);
    expect(run.totals.taxDeferred).toBeCloseTo(0.2 * 150, 9);
    expect(run.full.lots).toEqual([{ asset: 'BTC', quantity: 2, cost: 50, acquired: lot.acquired, longTerm: true }]);
  });

  test.each([
    [{ ...lot, acquired: parseDate('2024-03-01') }, /after the start/],
    [{ ...lot, asset: 'BTX' }, /"BTX" is not a spot series/],
  ])('that cannot be are refused', (wrong, message) => {
    expect(() => plainRun(flat(3), idle, { account: { lots: [wrong] } })).toThrow(message);
  });

  test('of a coin without a price at the start are refused', () => {
    const late = marketOf({ spot: { BTC: [100, 100], ETH: [NaN, 10] } });
    expect(() => plainRun(late, idle, { account: { lots: [{ ...lot, asset: 'ETH' }] } })).toThrow(/no price at the start/);
  });
});
