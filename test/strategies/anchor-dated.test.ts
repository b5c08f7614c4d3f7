import { describe, expect, test } from 'vitest';
import anchorDated from '../../strategies/anchor-dated.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.5, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' } as const;
const lots = [
  { asset: 'BTC', quantity: 5, cost: 100, acquired: Date.UTC(2020, 0, 1) },
  { asset: 'ETH', quantity: 30, cost: 100, acquired: Date.UTC(2020, 0, 1) },
];
const account = { cash: 200, lots };

/** Bar i closes on 2 January 2024 + i days; three futures: of 19 January, 23 February and 29 March. */
function market(btc: readonly number[], basis = 0) {
  const dated = (expiry: string, premium: number) => ({
    close: btc.map((price, i) => (Date.UTC(2024, 0, 2 + i) < Date.parse(expiry) ? price * (1 + premium) : NaN)),
    expiry,
  });
  return marketOf({
    spot: { BTC: btc, ETH: btc.map(() => 10) },
    futures: {
      'BTC-240119': dated('2024-01-19', basis),
      'BTC-240223': dated('2024-02-23', 2 * basis),
      'BTC-240329': dated('2024-03-29', 3 * basis),
    },
  });
}
const prices = (length: number, after = 140) => Array.from({ length }, (_, i) => (i === 0 ? 100 : after));

describe('anchor-dated', () => {
  test('shorts the next future that has enough days left', () => {
    expect(fillRows(plainRun(market(prices(4)), anchorDated, { target, account }))).toEqual([
      [2, 'BTC-240223', expect.closeTo(-100 / 140, 9)],
    ]);
    const near = plainRun(market(prices(4)), anchorDated, { target, account, params: { minDays: 10, rollDays: 3 } });
    expect(fillRows(near)[0]![1]).toBe('BTC-240119');
  });

  test('rolls as a pair before the expiry, and says what the next costs', () => {
    const params = { minDays: 10, rollDays: 7 };
    const { full } = plainRun(market(prices(18), 0.01), anchorDated, { target, account, params });
    const rows = full.fills.symbol.map((symbol, k) => [full.fills.bar[k], symbol, full.fills.cause[k]]);
    // On 12 January 7 days are left.
    expect(rows).toEqual([
      [2, 'BTC-240119', 'strategy'],
      [11, 'BTC-240119', 'roll'],
      [11, 'BTC-240223', 'roll'],
    ]);
    expect(full.fills.tag.at(-1)).toBe('BTC-240119 expires in 7.0 days; the next is 0.99% away');
    expect(full.fills.quantity[1]).toBeCloseTo(-full.fills.quantity[0]!, 12);
    expect(full.fills.quantity[2]).toBeCloseTo(full.fills.quantity[0]!, 12);
  });

  test('until a day: hedges all that is over its target at once, and sells it on that day', () => {
    // 520 of 1,020 is 10 over, inside the band of 51.
    const book = { cash: 200, lots: [{ ...lots[0]!, quantity: 5.2 }, lots[1]!] };
    const params = { until: '2024-01-25' };
    const result = plainRun(market(prices(28, 100)), anchorDated, { target, account: book, params });
    // The first future that outlives the day; the day's first bar closes at its 00:00.
    expect(fillRows(result)).toEqual([
      [1, 'BTC-240223', expect.closeTo(-0.1, 9)],
      [24, 'BTC-240223', expect.closeTo(0.1, 9)],
      [24, 'BTC', expect.closeTo(-0.1, 9)],
      [24, 'ETH', expect.closeTo(0.6, 9)],
    ]);
    expect(result.full.fills.tag.at(-1)).toBe('the day has come: sell what was hedged');
  });

  test('after that day a future needs its days again', () => {
    const later = Array.from({ length: 16 }, (_, i) => (i < 14 ? 100 : 140));
    const rows = fillRows(plainRun(market(later), anchorDated, { target, account, params: { until: '2024-01-05' } }));
    // On 16 January the first has 3 days left.
    expect(rows).toEqual([[15, 'BTC-240223', expect.closeTo(-100 / 140, 9)]]);
  });

  test('a limit on carry counts the basis: a short is paid a positive one', () => {
    const fills = (basis: number, maxCarry: number) =>
      fillRows(plainRun(market(prices(4), basis), anchorDated, { target, account, params: { maxCarry } })).length;
    expect(fills(0.01, 0)).toBe(1);
    expect(fills(-0.01, 0)).toBe(0);
  });

  test('a day that is none is refused', () => {
    expect(() => plainRun(market(prices(3)), anchorDated, { target, account, params: { until: '2024-13-01' } })).toThrow(
      expect.objectContaining({ code: 'params-wrong', message: expect.stringContaining('expected a date') as string }),
    );
  });
});
