import { describe, expect, test } from 'vitest';
import { addsUp, attributedChange, attributionOf } from '../../src/analysis/attribution.ts';
import { fakeResult } from '../support/result.ts';

const PARTS = {
  netFlows: 100,
  spot: { BTC: 50, ETH: -20 },
  futures: { 'BTC-PERP': { index: -10, basis: 2 } },
  funding: 3,
  interest: 1,
  fees: 4,
  slippage: 2,
  taxes: 5,
  liquidation: 1,
};

describe('attribution', () => {
  test('adds results and takes costs, taxes and losses away', () => {
    // 100 + 50 − 20 − 10 + 2 + 3 + 1 − 4 − 2 − 5 − 1
    expect(attributedChange(PARTS)).toBe(114);
  });

  test('is checked against equity to 1e-9 of it', () => {
    const { totals } = fakeResult();
    const exact = { ...totals, initialEquity: 1_000, finalEquity: 1_114, attribution: PARTS };
    expect(addsUp(exact)).toBe(true);
    expect(addsUp({ ...exact, finalEquity: 1_114 + 1e-7 })).toBe(true);
    expect(addsUp({ ...exact, finalEquity: 1_114.00001 })).toBe(false);
  });

  test.each(['hold', 'spot', 'hedge'] as const)('of a run adds up: %s', (family) => {
    const result = fakeResult({ family, flows: { 7: 1_000 } });
    expect(attributionOf(result)).toBe(result.totals.attribution);
    expect(addsUp(result.totals)).toBe(true);
  });
});
