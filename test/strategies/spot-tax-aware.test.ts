import { describe, expect, test } from 'vitest';
import spotTaxAware from '../../strategies/spot-tax-aware.ts';
import { parseDate } from '../../src/core/time.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.5, ETH: 0.5 }, band: 0.05, bandKind: 'absolute' } as const;
const tax = { regime: 'us', rates: { short: 0.4, long: 0.2 } } as const;
const OLD = parseDate('2020-01-01');
const NEW = parseDate('2023-12-01');

/** BTC moves to 116, ETH stays at 10. */
const market = marketOf({ spot: { BTC: [100, 116, 116, 116], ETH: [10, 10, 10, 10] } });
const eth = { asset: 'ETH', quantity: 50, cost: 500, acquired: OLD };
const btc = (quantity: number, unitCost: number, acquired: number) => ({
  asset: 'BTC',
  quantity,
  cost: quantity * unitCost,
  acquired,
});

describe('spot-tax-aware', () => {
  test('buys the target where there are no coins yet', () => {
    expect(fillRows(plainRun(market, spotTaxAware, { target, tax }))).toEqual([
      [1, 'BTC', 5],
      [1, 'ETH', 50],
    ]);
  });

  test('leaves short-term gains alone inside the wider band', () => {
    // 6 BTC × 116 = 696 of 1,196 = 58.2 %: 8 points off, less than the 10 of the wider band.
    const account = { cash: 0, lots: [btc(6, 50, NEW), eth] };
    expect(fillRows(plainRun(market, spotTaxAware, { target, tax, account }))).toEqual([]);
  });

  test('sells long-term lots back to the target and buys what is short with the proceeds', () => {
    const account = { cash: 0, lots: [btc(6, 50, OLD), eth] };
    const rows = fillRows(plainRun(market, spotTaxAware, { target, tax, account }));
    expect(rows.map(([bar, symbol]) => [bar, symbol])).toEqual([
      [2, 'BTC'],
      [2, 'ETH'],
    ]);
    // 598 each: 98 over, 98 short.
    expect(rows[0]![2]).toBeCloseTo(-98 / 116, 9);
    expect(rows[1]![2]).toBeCloseTo(9.8, 9);
  });

  test('sells only the lots at a loss when the rest is a short-term gain', () => {
    // Half a BTC cost 140 each; 5.5 cost 50 and are new.
    const account = { cash: 0, lots: [btc(0.5, 140, NEW), btc(5.5, 50, NEW), eth] };
    const run = plainRun(market, spotTaxAware, { target, tax, account });
    const rows = fillRows(run);
    expect(rows[0]).toEqual([2, 'BTC', -0.5]);
    expect(rows[1]![2]).toBeCloseTo((0.5 * 116) / 10, 9);
    expect(Array.from(run.full.gains.gain)).toEqual([expect.closeTo(-12, 9)]);
    expect(run.full.fills.tag[0]).toContain('no short-term gains');
  });

  test('keeps a lot at a loss where the oldest is sold first, a short-term gain', () => {
    const account = { cash: 0, lots: [btc(5.5, 50, NEW - 1), btc(0.5, 140, NEW), eth] };
    expect(fillRows(plainRun(market, spotTaxAware, { target, tax: { ...tax, lots: 'fifo' }, account }))).toEqual([]);
  });

  test('takes short-term gains past the wider band', () => {
    const far = marketOf({ spot: { BTC: [100, 130, 130, 130], ETH: [10, 10, 10, 10] } });
    // 780 of 1,280 = 60.9 %: 10.9 points off.
    const account = { cash: 0, lots: [btc(6, 50, NEW), eth] };
    const rows = fillRows(plainRun(far, spotTaxAware, { target, tax, account }));
    expect(rows[0]![2]).toBeCloseTo(-140 / 130, 9);
    expect(rows[1]![2]).toBeCloseTo(14, 9);
    expect(fillRows(plainRun(far, spotTaxAware, { target, tax, account, params: { taxedBand: 0.2 } }))).toEqual([]);
  });

  test('does nothing inside the band, however narrow the band of gains is', () => {
    const account = { cash: 0, lots: [btc(6, 50, NEW), eth] };
    for (const harvest of [0.2, 1]) {
      const params = { band: 0.2, taxedBand: 0.05, harvest };
      expect(fillRows(plainRun(market, spotTaxAware, { target, tax, account, params }))).toEqual([]);
    }
  });

  test('is spot-band where nothing is taxed', () => {
    const account = { cash: 0, lots: [btc(6, 50, NEW), eth] };
    const rows = fillRows(plainRun(market, spotTaxAware, { target, account }));
    expect(rows[0]![2]).toBeCloseTo(-98 / 116, 9);
  });

  test('shares cash above its target among the coins that are short', () => {
    // Cash of 600 of 1,600, target none; BTC 500 and ETH 500 are both 300 short.
    const account = { cash: 600, lots: [btc(5, 50, OLD), eth] };
    const flat = marketOf({ spot: { BTC: [100, 100], ETH: [10, 10] } });
    const rows = fillRows(plainRun(flat, spotTaxAware, { target, tax, account, params: { taxedBand: 0.5 } }));
    expect(rows.map(([, symbol, quantity]) => [symbol, quantity])).toEqual([
      ['BTC', expect.closeTo(3, 9)],
      ['ETH', expect.closeTo(30, 9)],
    ]);
  });

  test('spends no proceeds of a coin that does not trade any more', () => {
    // BTC and SOL halve: ETH, frozen at 100 of 700, is 30 over; cash is 90 over its target, BTC 80 and SOL 40 are short.
    const frozen = marketOf({
      spot: {
        BTC: [100, 50, 50],
        ETH: { close: [10, NaN, NaN], delisted: '2024-01-02' },
        SOL: [10, 5, 5],
      },
    });
    const lots = [
      { asset: 'BTC', quantity: 4, cost: 400, acquired: OLD },
      { asset: 'ETH', quantity: 10, cost: 100, acquired: OLD },
      { asset: 'SOL', quantity: 20, cost: 200, acquired: OLD },
    ];
    const aim = { weights: { BTC: 0.4, ETH: 0.1, SOL: 0.2 }, band: 0.04, bandKind: 'absolute' } as const;
    const run = plainRun(frozen, spotTaxAware, { target: aim, tax, account: { cash: 300, lots }, params: { taxedBand: 1 } });
    expect(fillRows(run)).toEqual([
      [2, 'SOL', expect.closeTo(30 / 5, 9)],
      [2, 'BTC', expect.closeTo(60 / 50, 9)],
    ]);
  });

  test('leaves one allowance to one coin at a time', () => {
    // BTC and ETH are 2,200 over each, 1,760 of it a gain; 3,000 of a year are free.
    const three = marketOf({ spot: { BTC: [100, 100, 100], ETH: [10, 10, 10], SOL: [10, 10, 10] } });
    const lots = [
      btc(310, 20, NEW),
      { ...eth, quantity: 3_100, cost: 6_200 },
      { asset: 'SOL', quantity: 8_200, cost: 82_000, acquired: NEW },
    ];
    const run = plainRun(three, spotTaxAware, {
      target: { weights: { BTC: 0.2, ETH: 0.2, SOL: 0.6 }, band: 0.03, bandKind: 'absolute' },
      tax: { regime: 'uk', fx: { GBP: 1 } },
      account: { cash: 0, lots },
    });
    expect(fillRows(run).filter(([, , quantity]) => quantity < 0)).toEqual([[1, 'BTC', expect.closeTo(-22, 9)]]);
    expect(Array.from(run.full.gains.gain)).toEqual([expect.closeTo(1_760, 9)]);
  });

  describe('in France, where coins are swapped untaxed,', () => {
    const french = { regime: 'france', fx: { EUR: 1 } };
    const account = { cash: 0, lots: [btc(600, 50, NEW), { ...eth, quantity: 5_000, cost: 50_000 }] };

    test('an excess goes for what is short', () => {
      const run = plainRun(market, spotTaxAware, { target, tax: french, account });
      // 69,600 of 119,600: 9,800 over, as much short.
      expect(fillRows(run)).toEqual([
        [2, 'BTC', expect.closeTo(-9_800 / 116, 6)],
        [2, 'ETH', expect.closeTo(980, 6)],
      ]);
      expect(Array.from(run.full.gains.gain).every((gain) => Math.abs(gain) < 1e-6)).toBe(true);
    });

    test('a coin that has lost is not sold for money while the portfolio has gained', () => {
      // ETH has lost, and is over its target; what is short is cash.
      const lost = { cash: 0, lots: [btc(500, 10, NEW), { ...eth, quantity: 5_000, cost: 90_000 }] };
      const flat = marketOf({ spot: { BTC: [100, 100, 100], ETH: [10, 10, 10] } });
      const aim = { weights: { BTC: 0.5, ETH: 0.4 }, band: 0.06, bandKind: 'absolute' } as const;
      expect(fillRows(plainRun(flat, spotTaxAware, { target: aim, tax: french, account: lost }))).toEqual([]);
    });
  });

  test('asks for HIFO lots', () => {
    const needs = spotTaxAware.needs({}, { target, hasLots: true });
    expect(needs).toMatchObject({ symbols: ['BTC', 'ETH'], lots: 'hifo' });
  });

  test('goes to the edge of the band only, if told so', () => {
    const account = { cash: 0, lots: [btc(6, 50, OLD), eth] };
    const rows = fillRows(plainRun(market, spotTaxAware, { target, tax, account, params: { to: 'edge' } }));
    // 696 of 1,196 is 98 over; 5 % of 1,196 may stay.
    expect(rows[0]![2]).toBeCloseTo(-(98 - 0.05 * 1_196) / 116, 9);
    expect(rows[1]![2]).toBeCloseTo((98 - 0.05 * 1_196) / 10, 9);
  });
});

describe('harvesting', () => {
  // Bar 31 closes on 1 February, where a month begins; ETH has a gain taken in January that a loss can be set against.
  const days = Array.from({ length: 36 }, (_, i) => i);
  const falling = marketOf({ spot: { BTC: days.map((i) => (i < 5 ? 100 : 70)), ETH: days.map(() => 10) } });
  const lots = [btc(1, 100, NEW), { asset: 'ETH', quantity: 20, cost: 20, acquired: NEW }];
  const rows = (params: Record<string, unknown>, regime: Parameters<typeof plainRun>[2] = {}) =>
    fillRows(
      plainRun(falling, spotTaxAware, {
        target: { ...target, weights: { BTC: 0.35, ETH: 0.1 }, band: 0.3 },
        tax,
        account: { cash: 100, lots },
        params: { taxedBand: 0.31, ...params },
        ...regime,
      }),
    );

  test('sells what has lost enough and buys it back at once, when a gain of the year can be set against it', () => {
    // ETH at 200 of 400 is 40 points over: sold down, a short-term gain of the year.
    const found = rows({ harvest: 0.25 });
    expect(found.filter(([bar]) => bar < 30).map(([, symbol]) => symbol)).toContain('ETH');
    expect(found.filter(([bar]) => bar > 30)).toEqual([
      // With what was bought at 100 for the proceeds.
      [31, 'BTC', expect.closeTo(-1.4, 9)],
      [31, 'BTC', expect.closeTo(1.4, 9)],
    ]);
  });

  describe('after a gain of 180', () => {
    // ETH at 300 of 1,000 is 20 points over: 200 of it go on bar 1, 180 of them a short-term gain.
    const after = (btc: (bar: number) => number, sol: (bar: number) => number, band: number, solCost = 10) =>
      fillRows(
        plainRun(marketOf({ spot: { BTC: days.map(btc), ETH: days.map(() => 10), SOL: days.map(sol) } }), spotTaxAware, {
          target: { weights: { BTC: 0.3, ETH: 0.1, SOL: 0.2 }, band, bandKind: 'absolute' },
          tax,
          account: {
            cash: 200,
            lots: [
              { asset: 'BTC', quantity: 3, cost: 300, acquired: NEW },
              { asset: 'ETH', quantity: 30, cost: 30, acquired: NEW },
              { asset: 'SOL', quantity: 20, cost: 20 * solCost, acquired: NEW },
            ],
          },
          params: { taxedBand: 0.19 },
        }),
      ).filter(([bar]) => bar > 1);
    const step =
      (from: number, to: number, at = 5) =>
      (bar: number) =>
        bar < at ? from : to;
    const harvested = (bar: number) => [
      [bar, 'BTC', -3],
      [bar, 'BTC', 3],
    ];

    test('goes on while a drift waits for its gains to turn long-term', () => {
      // SOL at 300 of 1,025 is 9 points over, all of it a short-term gain, and no cash is spare.
      expect(after(step(100, 75), step(10, 15), 0.05, 1)).toEqual(harvested(31));
    });

    test('leaves a second coin alone where the first has used the gain up', () => {
      // BTC has lost 180, SOL 120.
      expect(after(step(100, 40), step(10, 4), 0.19)).toEqual(harvested(31));
      expect(after(step(100, 95), step(10, 4), 0.19).map(([, symbol]) => symbol)).toEqual(['SOL', 'SOL']);
    });

    test('waits a bar where the month starts with a rebalance', () => {
      // On bar 30, SOL at 80 of 790 is 10 points short: cash above its own target buys.
      const rows = after(step(100, 70), step(10, 4, 30), 0.09);
      expect(rows.filter(([bar]) => bar === 31).map(([, symbol]) => symbol)).toEqual(['BTC', 'SOL']);
      expect(rows.filter(([bar, symbol]) => bar === 32 && symbol === 'BTC')).toEqual(harvested(32));
    });
  });

  test('leaves smaller losses, and those that nothing is gained by', () => {
    expect(rows({ harvest: 0.4 }).filter(([bar]) => bar > 30)).toEqual([]);
    expect(rows({ harvest: 1 }).filter(([bar]) => bar > 30)).toEqual([]);
    expect(rows({ harvest: 0.25 }, { tax: { regime: 'none' } }).filter(([bar]) => bar > 30)).toEqual([]);
  });
});
