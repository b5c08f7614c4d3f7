import { describe, expect, test } from 'vitest';
import { discipline } from '../../src/analysis/band.ts';
import type { RunResult, Target } from '../../src/result/run-result.ts';
import { fakeResult, literalColumns, literalFull, literalResult } from '../support/result.ts';

function held(exposure: Record<string, number[]>, target: Partial<Target>): RunResult {
  const length = Object.values(exposure)[0]!.length;
  const columns = Object.fromEntries(Object.entries(exposure).map(([coin, values]) => [coin, Float64Array.from(values)]));
  return literalResult(
    Array.from({ length }, () => 100),
    {
      target: { weights: { BTC: 0.5, ETH: 0.25 }, band: 0.05, bandKind: 'absolute', ...target },
      full: literalFull(literalColumns(length, { exposure: columns })),
    },
  );
}

describe('time out of band', () => {
  test('is the share of bars with any exposure beyond an absolute band', () => {
    // In, on the edge, BTC out, ETH out.
    const run = held({ BTC: [0.52, 0.55, 0.56, 0.5], ETH: [0.25, 0.2, 0.25, 0.31] }, {});
    expect(discipline(run)!.timeOutOfBand).toBe(0.5);
  });

  test('measures a relative band by the weight', () => {
    // 10 % of 0.5 and of 0.25: 0.05 and 0.025.
    const run = held({ BTC: [0.54, 0.54], ETH: [0.27, 0.28] }, { band: 0.1, bandKind: 'relative' });
    expect(discipline(run)!.timeOutOfBand).toBe(0.5);
  });

  test('counts a coin that the target does not name', () => {
    const run = held({ BTC: [0.5, 0.5], ETH: [0.25, 0.25], DOGE: [0.04, 0.06] }, {});
    expect(discipline(run)!.timeOutOfBand).toBe(0.5);
  });

  test('counts a coin of the target that the market does not have', () => {
    expect(discipline(held({ BTC: [0.5] }, {}))!.timeOutOfBand).toBe(1);
  });

  test('is not moved by rounding on the edge', () => {
    // 0.1 + 0.2 − 0.25 is a little over 0.05.
    expect(discipline(held({ BTC: [0.5], ETH: [0.1 + 0.2] }, {}))!.timeOutOfBand).toBe(0);
  });
});

test('a bucket whose split moves with the market counts as one coin', () => {
  const buckets = [{ name: 'ALTS', weight: 0.4, of: ['ETH', 'SOL'], by: 'value' }] as const;
  const weights = { BTC: 0.5, ETH: 0.2, SOL: 0.2 };
  const run = held({ BTC: [0.5, 0.5], ETH: [0.35, 0.35], SOL: [0.05, 0.15] }, { weights, buckets });
  expect(discipline(run)).toEqual({ timeOutOfBand: 0.5, meanDrift: expect.closeTo(0.025, 12) as number });
});

test('a spot series of another name than its coin is measured by the coin', () => {
  const weights = { XBT: 0.5, ETH: 0.2, SOLUSDT: 0.2 };
  const buckets = [{ name: 'ALTS', weight: 0.4, of: ['ETH', 'SOLUSDT'], by: 'value' }] as const;
  const run = held({ BTC: [0.5, 0.6], ETH: [0.35, 0.35], SOL: [0.05, 0.05] }, { weights, buckets });
  const named = (symbol: string, base: string) => {
    return { symbol, kind: 'spot', contract: null, base, quote: 'USDT', venue: 'v', priceFrom: null } as const;
  };
  const instruments = [named('XBT', 'BTC'), named('ETH', 'ETH'), named('SOLUSDT', 'SOL')];
  const kept = discipline({ ...run, instruments });
  expect(kept).toEqual({ timeOutOfBand: 0.5, meanDrift: expect.closeTo(0.025, 12) as number });
});

test('two series of one coin in a bucket are counted once', () => {
  const buckets = [{ name: 'BITCOIN', weight: 0.6, of: ['XBT', 'BTC-USDT'], by: 'value' }] as const;
  const run = held({ BTC: [0.6, 0.7] }, { weights: { XBT: 0.3, 'BTC-USDT': 0.3 }, buckets });
  const instruments = ['XBT', 'BTC-USDT'].map((symbol) => {
    return { symbol, kind: 'spot', contract: null, base: 'BTC', quote: 'USDT', venue: 'v', priceFrom: null } as const;
  });
  const kept = discipline({ ...run, instruments });
  expect(kept).toEqual({ timeOutOfBand: 0.5, meanDrift: expect.closeTo(0.025, 12) as number });
});

test('mean drift is the mean of half the summed distances', () => {
  // ½ (0.1 + 0.05) and ½ (0 + 0.15)
  const run = held({ BTC: [0.6, 0.5], ETH: [0.2, 0.4] }, {});
  expect(discipline(run)!.meanDrift).toBeCloseTo(0.075, 15);
});

test('neither is known in a lean record or without bars', () => {
  expect(discipline(fakeResult({ records: 'lean' }))).toBeNull();
  expect(discipline(held({ BTC: [] }, {}))).toBeNull();
});
