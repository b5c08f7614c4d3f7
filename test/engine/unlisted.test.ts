import { describe, expect, test } from 'vitest';
import anchorBand from '../../strategies/anchor-band.ts';
import anchorDated from '../../strategies/anchor-dated.ts';
import cashHedge from '../../strategies/cash-hedge.ts';
import sellOrHedge from '../../strategies/sell-or-hedge.ts';
import syntheticBuy from '../../strategies/synthetic-buy.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { fillRows, plainRun, type PlainRun } from '../support/run.ts';

const OLD = Date.UTC(2020, 0, 1);
const NONE = NaN;
// At 140, 700 of 1,200 are Bitcoin; the excess over half of it is 100.
const BTC = [100, 140, 140, 140, 140, 140, 140, 140];
const ETH = BTC.map(() => 10);
const FUTURES = {
  'BTC-240105': { close: [NONE, 140, 140, 140, NONE, NONE, NONE, NONE], expiry: '2024-01-05', settlement: 140 },
  'BTC-240108': { close: [NONE, NONE, NONE, NONE, NONE, 140, 140, NONE], expiry: '2024-01-08', settlement: 140 },
};
const target = { weights: { BTC: 0.5, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' } as const;
const account = {
  cash: 200,
  lots: [
    { asset: 'BTC', quantity: 5, cost: 100, acquired: OLD },
    { asset: 'ETH', quantity: 30, cost: 100, acquired: OLD },
  ],
};
/** Bitcoin's perpetual begins with bar 4; the other's is there from the start. */
const market = marketOf({
  spot: { BTC, ETH },
  perps: { 'BTC-PERP': BTC.map((price, bar) => (bar < 4 ? NONE : price)), 'ETH-PERP': ETH },
  futures: FUTURES,
});
const run = (strategy: Strategy, options: PlainRun = {}) => plainRun(market, strategy, { target, account, ...options });
const SHORT = expect.closeTo(-100 / 140, 9) as number;

describe('bars without a contract to hedge with', () => {
  test('are counted until the perpetual begins, and no order goes to it before', () => {
    const hedged = run(anchorBand);
    expect(fillRows(hedged)).toEqual([[5, 'BTC-PERP', SHORT]]);
    expect(hedged.full.fills.tag).toEqual(['BTC +8.3 pp off target; market +2.1, own +6.2 pp']);
    expect(hedged.notices).toEqual([
      {
        code: 'hedge-not-listed',
        message: 'no perpetual of BTC is listed at 2024-01-02T00:00Z: there is nothing to hedge with until 2024-01-06T00:00Z',
        count: 4,
        first: dailyClose(0),
      },
    ]);
  });

  test('are counted before, between and after dated futures', () => {
    // Bar 0; bars 3 and 4, since the first expires with bar 3; bars 6 and 7.
    const { notices } = run(anchorDated, { params: { minDays: 0, rollDays: 0 } });
    expect(notices).toMatchObject([{ code: 'hedge-not-listed', count: 5, first: dailyClose(0) }]);
  });

  test('are counted of each coin that is hedged, from the first decision on', () => {
    const twoLegs = run(anchorBand, { params: { objective: 'twoLeg' } });
    expect(twoLegs.notices).toMatchObject([{ count: 4, message: expect.stringContaining('perpetual of BTC') as string }]);
    const late = run(cashHedge, { params: { days: 2 } });
    expect(late.notices).toMatchObject([{ code: 'decisions-start-late' }, { count: 2, first: dailyClose(2) }]);
  });

  test.each([anchorBand, syntheticBuy, cashHedge, sellOrHedge])('are none where the contract has begun: $name', (strategy) => {
    const begun = marketOf({ spot: { BTC, ETH }, perps: { 'BTC-PERP': BTC } });
    const { notices } = plainRun(begun, strategy, { target, account, params: strategy === syntheticBuy ? { calm: 0 } : {} });
    expect(notices.filter(({ code }) => code === 'hedge-not-listed')).toEqual([]);
  });

  test('are sold in where selling is the other way', () => {
    const rows = fillRows(run(sellOrHedge, { params: { fundingDays: 1 } }));
    expect(rows[0]).toEqual([2, 'BTC', SHORT]);
  });
});
