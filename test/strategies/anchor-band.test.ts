import { describe, expect, test } from 'vitest';
import anchorBand from '../../strategies/anchor-band.ts';
import { parseDate } from '../../src/core/time.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.5, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' } as const;
const OLD = parseDate('2020-01-01');

/** A market whose perpetual trades at the spot price. */
const marketAt = (btc: readonly number[], eth: readonly number[] = btc.map(() => 10)) =>
  marketOf({ spot: { BTC: btc, ETH: eth }, perps: { 'BTC-PERP': btc } });
const lots = [
  { asset: 'BTC', quantity: 5, cost: 100, acquired: OLD },
  { asset: 'ETH', quantity: 30, cost: 100, acquired: OLD },
];
const owned = { cash: 200, lots };

describe('anchor-band', () => {
  test('keeps the coins and shorts exactly the excess over the target', () => {
    // At 140: 700 of 1,200 = 58.3 %; the excess over 600 is 100.
    const rows = fillRows(plainRun(marketAt([100, 140, 140, 140]), anchorBand, { target, account: owned }));
    expect(rows).toEqual([[2, 'BTC-PERP', expect.closeTo(-100 / 140, 9)]]);
  });

  test('brings the exposure, though not the coins, back to the target', () => {
    const { full } = plainRun(marketAt([100, 140, 140, 140]), anchorBand, { target, account: owned });
    expect(full.columns.exposure['BTC']!.at(-1)).toBeCloseTo(0.5, 9);
    expect(full.columns.weights['BTC']!.at(-1)).toBeCloseTo(700 / 1_200, 9);
  });

  test('re-sizes the hedge as the excess grows and closes it inside half the band', () => {
    const closes = [100, 140, 140, 170, 170, 100, 100];
    const { full } = plainRun(marketAt(closes), anchorBand, { target, account: owned });
    const perpetual = full.fills.symbol.map((symbol, k) => [full.fills.bar[k], symbol, full.fills.tag[k]]);
    expect(perpetual).toEqual([
      [2, 'BTC-PERP', 'BTC +8.3 pp off target; market +2.1, own +6.2 pp'],
      [4, 'BTC-PERP', expect.stringMatching(/^BTC \+\d+\.\d pp off target; market .+, own .+ pp$/) as string],
      [6, 'BTC-PERP', 'BTC needs no hedge'],
    ]);
    const net = full.fills.quantity.reduce((sum, quantity) => sum + quantity, 0);
    expect(net).toBeCloseTo(0, 12);
  });

  test('buys the target at its first decision where there are no coins yet', () => {
    const rows = fillRows(plainRun(marketAt([100, 100, 100]), anchorBand, { target }));
    expect(rows).toEqual([
      [1, 'ETH', 30],
      [1, 'BTC', 5],
    ]);
  });

  test('buys what is short with spare cash, at its first decision', () => {
    // 5 BTC = 500 and 20 ETH = 200 of 1,000; ETH is 100 short, and of 300 in cash the target leaves 200.
    const account = { cash: 300, lots: [lots[0]!, { ...lots[1]!, quantity: 20 }] };
    expect(fillRows(plainRun(marketAt([100, 100, 100]), anchorBand, { target, account }))).toEqual([[1, 'ETH', 10]]);
  });

  test("keeps the hedge's whole notional as cash before it buys", () => {
    // 6 BTC = 600 and 10 ETH = 100 of 1,000: the excess is 300, of the same size as the cash, though the target leaves none.
    const weights = { BTC: 0.3, ETH: 0.7 };
    const account = {
      cash: 300,
      lots: [
        { ...lots[0]!, quantity: 6 },
        { ...lots[1]!, quantity: 10 },
      ],
    };
    const rows = fillRows(plainRun(marketAt([100, 100, 100]), anchorBand, { target: { ...target, weights }, account }));
    expect(rows).toEqual([[1, 'BTC-PERP', expect.closeTo(-3, 9)]]);
  });

  test('keeps the cash that the target leaves, as margin for a hedge to come', () => {
    const rows = fillRows(plainRun(marketAt([100, 80, 80, 80]), anchorBand, { target, account: owned }));
    // 400 of 900 = 44.4 %: under its band; but cash of 200 is what the target leaves, but for 20, less than a re-hedge.
    expect(rows).toEqual([]);
  });

  test('never sells a coin, however far it drifts', () => {
    const rows = fillRows(plainRun(marketAt([100, 200, 90, 250, 80, 120]), anchorBand, { target, account: owned }));
    expect(rows.filter(([, symbol, quantity]) => symbol !== 'BTC-PERP' && quantity < 0)).toEqual([]);
  });

  test('does not ask again at every bar for a hedge that the margin cannot carry', () => {
    const account = { cash: 0, lots };
    const { full } = plainRun(marketAt([100, 200, 200, 200, 200, 200]), anchorBand, { target, account });
    // At the start, and once more when the wish has grown.
    expect(full.events.filter(({ kind }) => kind === 'rejected')).toHaveLength(2);
    expect(full.fills.symbol).toEqual([]);
  });

  test('buys what has fallen under its band with spare cash, one-sided', () => {
    // With a deposit of 100: 300 of 900 = 33.3 %, 150 short of half; 300 in cash, of which the target leaves 180.
    const account = { ...owned, flows: [{ time: Date.UTC(2024, 0, 2, 12), amount: 100 }] };
    expect(fillRows(plainRun(marketAt([100, 60, 60, 60]), anchorBand, { target, account }))).toEqual([
      [2, 'BTC', expect.closeTo(120 / 60, 9)],
    ]);
  });

  test('hedges an underweight by a long when two-sided, and leaves the cash to it', () => {
    const params = { twoSided: true };
    expect(fillRows(plainRun(marketAt([100, 60, 60, 60]), anchorBand, { target, account: owned, params }))).toEqual([
      [2, 'BTC-PERP', expect.closeTo(100 / 60, 9)],
    ]);
  });

  test('takes its name from Bitcoin: a target without it is refused', () => {
    const without = { ...target, weights: { ETH: 0.5 } };
    expect(() => plainRun(marketAt([100, 100]), anchorBand, { target: without, account: owned })).toThrow(
      expect.objectContaining({ code: 'strategy-threw', message: expect.stringContaining('no weight for BTC') as string }),
    );
  });

  test('is opened once and left when literal', () => {
    const closes = [100, 140, 140, 170, 170, 170];
    const rows = fillRows(plainRun(marketAt(closes), anchorBand, { target, account: owned, params: { objective: 'literal' } }));
    expect(rows).toEqual([[2, 'BTC-PERP', expect.closeTo(-100 / 140, 9)]]);
  });

  test('passes its own leverage on to its orders', () => {
    const options = { target: { ...target, weights: { BTC: 0.5, ETH: 0.5 } }, account: { cash: 60, lots } };
    const at = (leverage: number) => fillRows(plainRun(marketAt([100, 100]), anchorBand, { ...options, params: { leverage } }));
    // 500 of 860 is 70 over; cash of 60 carries a notional of 60, or all of it.
    expect(at(1)).toEqual([[1, 'BTC-PERP', expect.closeTo(-0.6, 9)]]);
    expect(at(5)).toEqual([[1, 'BTC-PERP', expect.closeTo(-0.7, 9)]]);
  });
});

describe('the cost of carry', () => {
  const funded = (rate: number) =>
    marketOf({
      spot: { BTC: [100, 140, 140, 140, 140], ETH: [10, 10, 10, 10, 10] },
      perps: { 'BTC-PERP': [100, 140, 140, 140, 140] },
      funding: [2, 3].map((bar) => ({ time: dailyClose(bar), rate })),
    });
  const fills = (rate: number, maxCarry: number) =>
    fillRows(plainRun(funded(rate), anchorBand, { target, account: owned, params: { maxCarry } })).map(([bar]) => bar);

  test('closes a short that pays more than the limit, and keeps one that is paid', () => {
    // The first settlement after opening is at bar 2: 0.01 of the last 7 days is 52 % a year.
    expect(fills(-0.01, 0.5)).toEqual([2, 3]);
    expect(fills(-0.001, 0.5)).toEqual([2]);
    expect(fills(0.01, 0.5)).toEqual([2]);
  });

  test('below zero asks for a hedge that is paid for', () => {
    expect(fills(0.0001, -0.5)).toEqual([2, 3]);
    expect(fills(0.02, -0.5)).toEqual([2]);
  });
});

describe('exits', () => {
  const prices = [100, 140, 140, 140, 140, 140, 140];

  test('then sell: the excess goes after the days, what is short is bought, and the hedge closes with it', () => {
    const params = { exit: 'thenSell', sellAfterDays: 2 };
    const result = plainRun(marketAt(prices), anchorBand, { target, account: owned, params });
    expect(fillRows(result).map(([bar, symbol]) => [bar, symbol])).toEqual([
      [2, 'BTC-PERP'],
      [4, 'BTC-PERP'],
      [4, 'BTC'],
      [4, 'ETH'],
    ]);
    // The hedge was opened at bar 2's open; two days later all coins are at their targets.
    expect(result.full.columns.weights['BTC']!.at(-1)).toBeCloseTo(0.5, 9);
    expect(result.full.columns.weights['ETH']!.at(-1)).toBeCloseTo(0.3, 9);
    expect(result.full.columns.exposure['BTC']!.at(-1)).toBeCloseTo(0.5, 9);
  });

  test('until long-term: nothing is sold while the excess is a short-term gain, and all of it the day it is none', () => {
    const tax = { regime: 'us', rates: { short: 0.4, long: 0.2 } } as const;
    // Long-term from the day after 5 January 2024.
    const young = lots.map((lot) => ({ ...lot, acquired: parseDate('2023-01-05') }));
    const result = plainRun(marketAt(prices), anchorBand, {
      target,
      tax,
      account: { ...owned, lots: young },
      params: { exit: 'untilLongTerm' },
    });
    const sales = fillRows(result).filter(([, , quantity]) => quantity < 0);
    expect(sales.map(([bar, symbol]) => [bar, symbol])).toEqual([
      [2, 'BTC-PERP'],
      [5, 'BTC'],
    ]);
    expect(result.full.gains.class.filter((name) => name.includes('long'))).toHaveLength(1);
  });

  test('until long-term: with the oldest lots sold first, a younger and dearer one keeps nothing back', () => {
    const [btc, eth] = lots;
    const halves = ['2020-01-05', '2023-12-01'].map((day, i) => ({
      ...btc!,
      quantity: btc!.quantity / 2,
      cost: (btc!.cost / 2) * (1 + i / 2),
      acquired: parseDate(day),
    }));
    const result = plainRun(marketAt(prices), anchorBand, {
      target,
      tax: { regime: 'us', rates: { short: 0.4, long: 0.2 } },
      account: { ...owned, lots: [...halves, eth!] },
      params: { exit: 'untilLongTerm' },
    });
    expect(fillRows(result)[1]!.slice(0, 2)).toEqual([3, 'BTC-PERP']);
    const { kind, class: classes } = result.full.gains;
    expect(classes.filter((_, k) => kind[k] === 'spot')).toEqual(['long']);
  });

  test('profit to alts: what the short has gained buys what is short, as the drift is gone', () => {
    const params = { exit: 'profitToAlts' };
    const closes = [100, 140, 140, 95, 95, 95];
    const aim = { ...target, weights: { BTC: 0.5, ETH: 0.4 } };
    const account = { ...owned, cash: 110, leverage: 2 };
    const result = plainRun(marketAt(closes), anchorBand, { target: aim, account, params });
    // 700 of 1,110 is 145 over 555: the short gains 145 × 45 / 140 and spends it on ETH.
    const [, close, buy] = fillRows(result);
    expect(close).toEqual([4, 'BTC-PERP', expect.closeTo(145 / 140, 9)]);
    expect(buy).toEqual([4, 'ETH', expect.closeTo((145 * (45 / 140)) / 10, 6)]);
  });
});

describe('a confirmation', () => {
  const falls = [300, 290, 280, 100, 140, 140, 140];
  const rises = [60, 80, 90, 100, 140, 140, 140];
  const opened = (btc: readonly number[], confirm: string, openInterest?: readonly number[]) => {
    const market = marketOf({
      spot: { BTC: btc, ETH: btc.map(() => 10) },
      perps: { 'BTC-PERP': btc },
      first: 3,
      ...(openInterest && { openInterest: { BTC: openInterest } }),
    });
    const params = { confirm, confirmDays: 3 };
    return plainRun(market, anchorBand, { target, account: owned, params }).full.fills.tag;
  };

  test('by trend shorts only under the mean, by momentum only after a fall', () => {
    expect(opened(falls, 'momentum')).toEqual(['BTC +8.3 pp off target; market +2.1, own +6.2 pp; momentum -51.7% in 3 days']);
    expect(opened(rises, 'momentum')).toEqual([]);
    expect(opened(falls, 'trend')).toHaveLength(1);
    expect(opened(rises, 'trend')).toEqual([]);
  });

  test('by open interest wants positions to have grown, and to be known', () => {
    expect(opened(rises, 'openInterest', [1, 1, 1, 1, 2, 2, 2])).toHaveLength(1);
    expect(opened(rises, 'openInterest', [2, 2, 2, 2, 1, 1, 1])).toEqual([]);
    expect(opened(rises, 'openInterest')).toEqual([]);
  });

  test('by funding wants a short to be paid more than usual', () => {
    const opened = (rates: readonly number[]) => {
      const btc = [100, 100, 140, 140];
      const market = marketOf({
        spot: { BTC: btc, ETH: btc.map(() => 10) },
        perps: { 'BTC-PERP': btc },
        funding: rates.map((rate, i) => ({ time: dailyClose(i), rate })),
      });
      return plainRun(market, anchorBand, { target, account: owned, params: { confirm: 'funding', confirmDays: 3 } }).full.fills
        .tag;
    };
    expect(opened([0.0001, 0.0002, 0.0003, 0.0003])[0]).toContain('funding at percentile 100.0 of 3 days');
    expect(opened([0.0003, 0.0002, 0.0001, 0.0001])).toEqual([]);
  });
});
