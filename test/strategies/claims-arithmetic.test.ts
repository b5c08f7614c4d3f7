import { describe, expect, test } from 'vitest';
import anchorBand from '../../strategies/anchor-band.ts';
import hold from '../../strategies/hold.ts';
import syntheticBuy from '../../strategies/synthetic-buy.ts';
import syntheticSell from '../../strategies/synthetic-sell.ts';
import { parseDate } from '../../src/core/time.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import { dailyClose, marketOf } from '../support/market.ts';
import { plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

// The article's arithmetic, from runs on made-up prices: coins at 1, so that quantities are values; ETH stands for its altcoins. Cash is
// the margin of the hedge and is left out of the mix of coins.

const OLD = parseDate('2020-01-01');

interface Case extends PlainRun {
  readonly coins: readonly [btc: number, eth: number];
  readonly mix: readonly [btc: number, eth: number];
  readonly cash: number;
  readonly btc: readonly number[];
  readonly spikeAt?: number;
}

/** Coins and cash as owned at the start; a target of that mix of the coins, the cash left as it is. */
function run(strategy: Strategy, { coins, mix, cash, btc, spikeAt, ...rest }: Case): ReturnType<typeof plainRun> {
  const value = coins[0] + coins[1];
  const weights = { BTC: (mix[0] * value) / (value + cash), ETH: (mix[1] * value) / (value + cash) };
  const lots = [
    { asset: 'BTC', quantity: coins[0], cost: coins[0], acquired: OLD },
    { asset: 'ETH', quantity: coins[1], cost: coins[1], acquired: OLD },
  ];
  const market = marketOf({
    spot: { BTC: btc, ETH: btc.map(() => 1) },
    perps: { 'BTC-PERP': btc },
    funding: spikeAt === undefined ? [] : [{ time: dailyClose(spikeAt), rate: 0.01 }],
  });
  return plainRun(market, strategy, { target: { weights, band: 0.02, bandKind: 'absolute' }, account: { cash, lots }, ...rest });
}

/** Value of a coin's holding and of its exposure at the end. */
const valueOf = ({ full, equity }: RunResult, column: 'weights' | 'exposure', coin: string) =>
  full!.columns[column][coin]!.at(-1)! * equity.at(-1)!;
const share = (result: RunResult, column: 'weights' | 'exposure', coin: string) =>
  valueOf(result, column, coin) / (valueOf(result, column, 'BTC') + valueOf(result, column, 'ETH'));

const FLAT = [1, 1, 1];

describe('A: the article mixes objectives', () => {
  test('40/60 with a 10-point short is 30/60, a mix of 33/67', () => {
    const result = run(syntheticSell, { coins: [40, 60], mix: [0.5, 0.5], cash: 20, btc: FLAT });
    expect(valueOf(result, 'exposure', 'BTC')).toBeCloseTo(30, 9);
    expect(valueOf(result, 'exposure', 'ETH')).toBeCloseTo(60, 9);
    expect(share(result, 'exposure', 'BTC')).toBeCloseTo(0.333, 3);
  });

  test('70/30 with a 20-point long is 90/30, a mix of 75/25', () => {
    const result = run(syntheticBuy, { coins: [70, 30], mix: [0.5, 0.5], cash: 20, btc: FLAT, params: { calm: 0 } });
    expect(valueOf(result, 'exposure', 'BTC')).toBeCloseTo(90, 9);
    expect(share(result, 'exposure', 'BTC')).toBeCloseTo(0.75, 9);
  });

  test('75/25 at a target of 60/40 with a short of 1,500 is 60/25 and 15 of synthetic cash', () => {
    const params = { objective: 'literal' };
    const result = run(anchorBand, { coins: [7_500, 2_500], mix: [0.6, 0.4], cash: 1_500, btc: FLAT, params });
    expect(valueOf(result, 'exposure', 'BTC')).toBeCloseTo(6_000, 9);
    expect(valueOf(result, 'exposure', 'ETH')).toBeCloseTo(2_500, 9);
    expect(result.full.fills.quantity[0]).toBeCloseTo(-1_500, 9);
  });
});

describe('B: the profit does not complete the rebalance', () => {
  const RISES = [0, 0.1, 0.25, 0.5, 1, 2];

  test.each([
    [syntheticBuy, [30, 29.4, 28.6, 27.6, 26.3, 25]],
    [hold, [30, 28, 25.5, 22.2, 17.6, 12.5]],
  ] as const)('scenario 2, BTC +0, 10, 25, 50, 100, 200 %%: the alts weigh as the table says (%#)', (strategy, expected) => {
    const weights = RISES.map((rise) => {
      const up = 1 + rise;
      const params = strategy === syntheticBuy ? { calm: 0 } : {};
      const btc = [1, 1, up, up, up];
      const result = run(strategy, { coins: [70, 30], mix: [0.5, 0.5], cash: 20, btc, spikeAt: 2, params });
      if (strategy === syntheticBuy) expect(result.full.fills.tag).toContain('funding spikes');
      return 100 * share(result, 'weights', 'ETH');
    });
    weights.forEach((weight, i) => expect(weight).toBeCloseTo(expected[i]!, 1));
  });

  const afterFall = (fall: number) => {
    const btc = [1, 1, 1 - fall, 1 - fall, 1 - fall];
    const params = { objective: 'literal', exit: 'profitToAlts' };
    return run(anchorBand, { coins: [7_500, 2_500], mix: [0.6, 0.4], cash: 1_500, btc, params });
  };

  test('section 5: with the profit put into alts it takes BTC −38.5 % to be back at 60/40', () => {
    const result = afterFall(0.385);
    expect(valueOf(result, 'weights', 'ETH')).toBeCloseTo(2_500 + 0.385 * 1_500, 6);
    expect(share(result, 'weights', 'BTC')).toBeCloseTo(0.6, 3);
    expect(share(afterFall(0.32), 'weights', 'BTC')).toBeGreaterThan(0.62);
  });

  test('section 5: with the profit left in cash it takes −50 %', () => {
    const btc = [1, 1, 0.5, 0.5, 0.5];
    const params = { objective: 'literal', exit: 'hold' };
    const result = run(anchorBand, { coins: [7_500, 2_500], mix: [0.6, 0.4], cash: 1_500, btc, params });
    expect(share(result, 'weights', 'BTC')).toBeCloseTo(0.6, 9);
  });
});

describe('C: collateral decides', () => {
  interface Bet {
    readonly contract: 'linear' | 'inverse';
    /** −1: short. */
    readonly side: 1 | -1;
    readonly leverage: number;
  }

  /** Liquidations of 100 of notional opened at 100, with its initial margin behind it and nothing else, as the price goes to `last`. */
  const liquidations = ({ contract, side, leverage }: Bet, last: number): number => {
    const close = [100, 100, 100, last];
    const market = marketOf({ spot: { BTC: close }, perps: { 'BTC-PERP': { close, open: [100, 100, 100, 100], contract } } });
    // A linear contract counts coins, an inverse one dollars.
    const quantity = side * (contract === 'linear' ? 1 : 100);
    const open = script(['BTC', 'BTC-PERP'], { 0: ({ orders }) => void orders.target('BTC-PERP', quantity, because) });
    const margin = { marginCall: { at: 0, to: 0, from: 'none' }, leverage } as const;
    const account =
      contract === 'linear'
        ? { ...margin, cash: 100 / leverage }
        : {
            ...margin,
            cash: 0,
            collateral: 'coin' as const,
            lots: [{ asset: 'BTC', quantity: 1 / leverage, cost: 1, acquired: OLD }],
          };
    const result = plainRun(market, open, { account, venue: { preset: 'none', maintenance: 0.004 } });
    expect(result.full.fills.quantity[0]).toBeCloseTo(quantity, 9);
    return result.totals.liquidations;
  };

  test.each([
    [{ contract: 'linear', side: -1, leverage: 1 }, 0.99],
    [{ contract: 'linear', side: -1, leverage: 2 }, 0.49],
    [{ contract: 'linear', side: -1, leverage: 5 }, 0.195],
    [{ contract: 'inverse', side: -1, leverage: 2 }, 0.99],
    [{ contract: 'inverse', side: -1, leverage: 5 }, 0.244],
    [{ contract: 'inverse', side: 1, leverage: 1 }, -0.497],
  ] as const)('%o is liquidated just past %d', (bet, move) => {
    expect(liquidations(bet, 100 * (1 + move))).toBe(0);
    expect(liquidations(bet, 100 * (1 + move + 0.01 * Math.sign(move)))).toBe(1);
  });

  test('an inverse short with coins of its whole notional is never liquidated', () => {
    for (const last of [200, 1_000, 100_000]) expect(liquidations({ contract: 'inverse', side: -1, leverage: 1 }, last)).toBe(0);
  });
});
