import { describe, expect, test } from 'vitest';
import anchorVol from '../../strategies/anchor-vol.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.4, ETH: 0.4 }, band: 0.05, bandKind: 'absolute' } as const;
const DAYS = 100;

/** ETH moves three times as much as BTC; 1 January 2024, where a month begins, is bar 0. */
function market() {
  const up = (i: number, size: number) => Math.exp(i % 2 ? size : 0);
  const days = Array.from({ length: DAYS + 4 }, (_, i) => Math.min(i, DAYS));
  const btc = days.map((i) => 100 * up(i, 0.01));
  const eth = days.map((i) => 10 * up(i, 0.03));
  const start = Date.UTC(2024, 0, 1) - (DAYS + 1) * 86_400_000;
  return marketOf({ spot: { BTC: btc, ETH: eth }, perps: { 'BTC-PERP': btc }, first: DAYS, start });
}
const lots = (btc: number, eth: number) => [
  { asset: 'BTC', quantity: btc / 100, cost: 100, acquired: Date.UTC(2020, 0, 1) },
  { asset: 'ETH', quantity: eth / 10, cost: 100, acquired: Date.UTC(2020, 0, 1) },
];

describe('anchor-vol', () => {
  test.each(['inverseVolatility', 'equalRisk'])('buys a coin of three times the volatility for a third, by %s', (risk) => {
    const { full } = plainRun(market(), anchorVol, { target, params: { risk } });
    expect(full.columns.weights['BTC']!.at(-1)).toBeCloseTo(0.6, 9);
    expect(full.columns.weights['ETH']!.at(-1)).toBeCloseTo(0.2, 9);
  });

  test('hedges Bitcoin down to the weight that its volatility gives it', () => {
    // 700 of 1,000 where 0.6 are wanted.
    const account = { cash: 250, lots: lots(700, 50) };
    const rows = fillRows(plainRun(market(), anchorVol, { target, account }));
    expect(rows).toContainEqual([1, 'BTC-PERP', expect.closeTo(-1, 9)]);
  });

  test('leaves alone what the target would have hedged', () => {
    // 500 are over 0.4, and under 0.6.
    const account = { cash: 250, lots: lots(500, 250) };
    const rows = fillRows(plainRun(market(), anchorVol, { target, account }));
    expect(rows.filter(([, symbol]) => symbol === 'BTC-PERP')).toEqual([]);
  });
});
