import { describe, expect, test } from 'vitest';
import spotBand from '../../strategies/spot-band.ts';
import { parseDate } from '../../src/core/time.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.5, ETH: 0.5 }, band: 0.05, bandKind: 'absolute' } as const;
const market = marketOf({ spot: { BTC: [100, 100, 120, 150, 150], ETH: [10, 10, 10, 10, 10] } });

describe('spot-band', () => {
  test('buys the target, then trades all of it back once one coin is outside', () => {
    // At 120 BTC is 600 of 1,100 = 54.5 %: inside. At 150 it is 750 of 1,250 = 60 %: 625 each.
    const rows = fillRows(plainRun(market, spotBand, { target }));
    expect(rows.slice(0, 2)).toEqual([
      [1, 'BTC', 5],
      [1, 'ETH', 50],
    ]);
    expect(rows.slice(2).map(([bar, symbol]) => [bar, symbol])).toEqual([
      [4, 'BTC'],
      [4, 'ETH'],
    ]);
    expect(rows[2]![2]).toBeCloseTo(625 / 150 - 5, 12);
    expect(rows[3]![2]).toBeCloseTo(12.5, 12);
  });

  test('says which coin drifted and how far', () => {
    const { full } = plainRun(market, spotBand, { target });
    expect(full.fills.tag.slice(2)).toEqual(['BTC +10.0 pp off target', 'BTC +10.0 pp off target']);
  });

  test('takes a relative band, which is narrower for a small weight', () => {
    // 5 % of 50 % is 2.5 points: 54.5 % is outside already.
    const rows = fillRows(plainRun(market, spotBand, { target, params: { bandKind: 'relative' } }));
    expect(rows.slice(2, 4).map(([bar, symbol]) => [bar, symbol])).toEqual([
      [3, 'BTC'],
      [3, 'ETH'],
    ]);
  });

  test('leaves coins owned at the start alone while they are inside their bands', () => {
    const lots = [
      { asset: 'BTC', quantity: 5, cost: 500, acquired: parseDate('2020-01-01') },
      { asset: 'ETH', quantity: 51, cost: 510, acquired: parseDate('2020-01-01') },
    ];
    const rows = fillRows(plainRun(market, spotBand, { target, account: { cash: 0, lots } }));
    expect(rows.map(([bar]) => bar)).toEqual([4, 4]);
  });

  test('is not woken for ever by a coin that does not trade', () => {
    const late = marketOf({ spot: { BTC: [100, 100, 101, 102, 103], ETH: [NaN, NaN, NaN, NaN, NaN] } });
    expect(fillRows(plainRun(late, spotBand, { target }))).toEqual([[1, 'BTC', 5]]);
  });

  test('goes to the edge of the band only, if told so', () => {
    // At 150 BTC is 10 points over and ETH 10 under: both drifts are halved.
    const { full } = plainRun(market, spotBand, { target, params: { to: 'edge' } });
    expect(full.columns.weights['BTC']!.at(-1)).toBeCloseTo(0.55, 9);
    expect(full.columns.weights['ETH']!.at(-1)).toBeCloseTo(0.45, 9);
  });

  test('brings back a bucket by value as a whole, and lets its coins drift among each other', () => {
    const weights = { BTC: 0.5, ALTS: { weight: 0.5, of: ['ETH', 'SOL'], by: 'value' } } as const;
    const three = marketOf({ spot: { BTC: [1, 1, 1, 1, 1], ETH: [1, 1, 2, 2, 2], SOL: [1, 1, 0.4, 0.4, 0.1] } });
    const { full } = plainRun(three, spotBand, { target, params: { weights, band: 0.06 } });
    // 500, 500 and 100 at bar 2: 45.5 % and 54.5 % are inside. At bar 4 it is 500, 500 and 25.
    expect(Math.max(...full.fills.bar)).toBe(1);
    const { full: later } = plainRun(three, spotBand, { target, params: { weights, band: 0.03 } });
    const sold = later.fills.symbol.map((symbol, k) => [later.fills.bar[k], symbol, later.fills.quantity[k]]);
    // 1,100: 50 over, taken from ETH and SOL as 5 to 1.
    expect(sold.slice(3)).toEqual([
      [3, 'ETH', expect.closeTo((-50 * 5) / 6 / 2, 6)],
      [3, 'SOL', expect.closeTo(-50 / 6 / 0.4, 6)],
      [3, 'BTC', expect.closeTo(50, 6)],
    ]);
  });
});
