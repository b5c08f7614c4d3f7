import { describe, expect, test } from 'vitest';
import sellOrHedge from '../../strategies/sell-or-hedge.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { fillRows, plainRun, type PlainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.5, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' } as const;
const tax = { regime: 'us', rates: { short: 0.4, long: 0.2 } } as const;
const OLD = Date.UTC(2020, 0, 1);
/** Long-term from 12 January 2024, bar 10's close. */
const YOUNG = Date.UTC(2023, 0, 11);
const accountOf = (acquired: number) => ({
  cash: 200,
  lots: [
    { asset: 'BTC', quantity: 5, cost: 100, acquired },
    { asset: 'ETH', quantity: 30, cost: 100, acquired },
  ],
});

/** BTC goes from 100 to 140 and stays: 700 of 1,200, 100 over its half. */
function run({
  rate = 0,
  acquired = YOUNG,
  bars = 6,
  ...rest
}: PlainRun & { rate?: number; acquired?: number; bars?: number } = {}) {
  const btc = Array.from({ length: bars }, (_, i) => (i === 0 ? 100 : 140));
  const market = marketOf({
    spot: { BTC: btc, ETH: btc.map(() => 10) },
    perps: { 'BTC-PERP': btc },
    funding: [{ time: dailyClose(1), rate }],
  });
  const params = { fundingDays: 1, capitalCost: 0, ...rest.params };
  return plainRun(market, sellOrHedge, { target, tax, account: accountOf(acquired), ...rest, params });
}

describe('sell-or-hedge', () => {
  test('hedges while waiting for the lots to turn long-term costs less than the tax it saves', () => {
    const result = run();
    expect(fillRows(result)).toEqual([[2, 'BTC-PERP', expect.closeTo(-100 / 140, 9)]]);
    // Tax of 40 % on 100 × 120 / 140 of gain now, 20 % of it in 9 days; nothing else costs anything here.
    expect(result.full.fills.tag[0]).toBe('BTC +8.3 pp off target: selling costs 34.29, hedging 9 days 17.14');
  });

  test('sells where the lots are long-term already: a hedge could only cost', () => {
    const rows = fillRows(run({ acquired: OLD }));
    expect(rows.map(([bar, symbol]) => [bar, symbol])).toEqual([
      [2, 'BTC'],
      [2, 'ETH'],
    ]);
    expect(rows[0]![2]).toBeCloseTo(-100 / 140, 9);
  });

  test('sells where a short must pay more funding than the tax it saves', () => {
    // −0.02 a day is 730 % a year: 18 of 100 in 9 days, more than the 17.14 that are saved.
    expect(fillRows(run({ rate: -0.02 }))[0]![1]).toBe('BTC');
    expect(fillRows(run({ rate: -0.015 }))[0]![1]).toBe('BTC-PERP');
    expect(fillRows(run({ rate: 0.05 }))[0]![1]).toBe('BTC-PERP');
  });

  test('sells what it had hedged, and closes the hedge, once the lots are long-term', () => {
    // Priced anew on Monday, 15 January.
    const rows = fillRows(run({ bars: 18 }));
    expect(rows.map(([bar, symbol]) => [bar, symbol])).toEqual([
      [2, 'BTC-PERP'],
      [14, 'BTC-PERP'],
      [14, 'BTC'],
      [14, 'ETH'],
    ]);
  });

  test('sells where nothing is taxed', () => {
    expect(fillRows(run({ tax: { regime: 'none' } }))[0]![1]).toBe('BTC');
  });

  test('in France prices the tax of what is kept as money alone: coins are swapped untaxed', () => {
    const account = { cash: 20_000, lots: accountOf(YOUNG).lots.map((lot) => ({ ...lot, quantity: 100 * lot.quantity })) };
    const result = run({ tax: { regime: 'france', fx: { EUR: 1 } }, account });
    expect(fillRows(result)[0]![1]).toBe('BTC');
    // 10,000 over; 6,000 of them buy what ETH lacks. Of 4,000 of 100,000 that cost 200 nearly all is gain, taxed at 31.4 %.
    expect(result.full.fills.tag[0]).toContain(`selling costs ${(0.314 * (4_000 - 200 * 0.04)).toFixed(2)},`);
    expect(result.full.gains.gain[0]).toBeCloseTo(4_000 - 200 * 0.04, 6);
  });

  test('prices the margin that a hedge ties up', () => {
    // 9 days of 100 at 100 % a year are 2.46, and the tax that is put off is worth less in the end.
    const tag = run({ params: { capitalCost: 1 } }).full.fills.tag[0]!;
    expect(tag).toContain(`hedging 9 days ${(17.142857 / (1 + 9 / 365.25) + (100 * 9) / 365.25).toFixed(2)}`);
  });

  test('trades a drift that no Bitcoin contract stands in for', () => {
    const market = marketOf({
      spot: { BTC: [100, 100, 100, 100], ETH: [10, 14, 14, 14] },
      perps: { 'BTC-PERP': [100, 100, 100, 100] },
      first: 0,
    });
    const params = { fundingDays: 1 };
    const result = plainRun(market, sellOrHedge, { target, tax, account: accountOf(OLD), params });
    expect(fillRows(result).map(([, symbol]) => symbol)).toEqual(['ETH', 'BTC']);
    expect(result.full.fills.tag[0]).toContain('no Bitcoin contract');
  });

  test('prices a dated future by its basis: the one that outlives the wait', () => {
    const dated = (basis: number) => {
      const btc = [100, 140, 140, 140];
      const future = (expiry: string) => ({ close: btc.map((price) => price * (1 + basis)), expiry });
      const market = marketOf({
        spot: { BTC: btc, ETH: btc.map(() => 10) },
        futures: { 'BTC-240108': future('2024-01-08'), 'BTC-240202': future('2024-02-02') },
      });
      const params = { contract: 'dated', fundingDays: 1, capitalCost: 0 };
      return plainRun(market, sellOrHedge, { target, tax, account: accountOf(YOUNG), params });
    };
    // Long-term on 12 January, 9 days on: the short is paid a positive basis.
    expect(fillRows(dated(0.01))).toEqual([[2, 'BTC-240202', expect.closeTo(-100 / (140 * 1.01), 9)]]);
    // −66 % over the 30 days left is −803 % a year: 20 of 100 in 9 days, more than the 17.14 that are saved.
    expect(fillRows(dated(-0.66))[0]![1]).toBe('BTC');
  });

  test('sells where there is no contract', () => {
    const market = marketOf({ spot: { BTC: [100, 140, 140, 140], ETH: [10, 10, 10, 10] } });
    const params = { contract: 'dated', fundingDays: 1 };
    const rows = fillRows(plainRun(market, sellOrHedge, { target, tax, account: accountOf(YOUNG), params }));
    expect(rows.map(([, symbol]) => symbol)).toEqual(['BTC', 'ETH']);
  });
});
