import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  cashWeightOf,
  edgeWeights,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
} from '../../../src/strategy/rules/target.ts';
import type { MarketView, Portfolio } from '../../../src/strategy/types.ts';

const EXPERIMENT = { weights: { BTC: 0.6 }, band: 0.05, bandKind: 'absolute' } as const;
const schema = z.object(targetParams);

describe('a target', () => {
  test("is the experiment's where parameters are silent", () => {
    expect(targetOf(schema.parse({}), EXPERIMENT)).toEqual(EXPERIMENT);
  });

  test('is replaced part by part', () => {
    const params = schema.parse({ weights: { ETH: 1 }, bandKind: 'relative' });
    expect(targetOf(params, EXPERIMENT)).toEqual({ weights: { ETH: 1 }, band: 0.05, bandKind: 'relative' });
  });

  test('may fill the account to 1 but for rounding, and not more', () => {
    expect(schema.safeParse({ weights: { A: 0.1, B: 0.2, C: 0.7 } }).success).toBe(true);
    expect(schema.safeParse({ weights: { A: 0.6, B: 0.5 } }).success).toBe(false);
    expect(schema.safeParse({ weights: { A: -0.1 } }).success).toBe(false);
    expect(schema.safeParse({ band: 0 }).success).toBe(false);
  });
});

describe('a bucket', () => {
  const aim = (by: 'value' | 'equal' | 'inverseVolatility') =>
    targetOf(schema.parse({ weights: { BTC: 0.5, ALTS: { weight: 0.4, of: ['ETH', 'SOL'], by } } }), EXPERIMENT);
  const step = (values: Record<string, number>, volatilities: Record<string, number> = {}) => ({
    market: { volatility: (coin: string) => volatilities[coin] ?? NaN } as unknown as MarketView,
    portfolio: { value: (coin: string) => values[coin] ?? 0 } as unknown as Portfolio,
  });

  test('starts as equal, whatever splits it', () => {
    for (const by of ['value', 'equal', 'inverseVolatility'] as const) {
      expect(aim(by).weights).toEqual({ BTC: 0.5, ETH: 0.2, SOL: 0.2 });
      expect(targetNow(aim(by), step({})).weights).toEqual({ BTC: 0.5, ETH: 0.2, SOL: 0.2 });
    }
    expect(cashWeightOf(aim('value'))).toBeCloseTo(0.1, 12);
  });

  test('by value is split as its coins weigh', () => {
    expect(targetNow(aim('value'), step({ BTC: 9, ETH: 3, SOL: 1 })).weights).toEqual({
      BTC: 0.5,
      ETH: expect.closeTo(0.3, 12) as number,
      SOL: expect.closeTo(0.1, 12) as number,
    });
  });

  test('by inverse volatility is split by 1 / volatility, and looks back for it', () => {
    const { ETH, SOL } = targetNow(aim('inverseVolatility'), step({}, { ETH: 0.5, SOL: 1.5 })).weights;
    expect([ETH, SOL]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.1, 12)]);
    expect([aim('inverseVolatility'), aim('value')].map(targetLookback)).toEqual([91, 0]);
  });

  test('counts in what weights add up to, and holds no coin twice', () => {
    const bucket = { weight: 0.6, of: ['ETH', 'SOL'] };
    expect(schema.safeParse({ weights: { BTC: 0.5, ALTS: bucket } }).success).toBe(false);
    const twice = schema.safeParse({ weights: { ETH: 0.1, ALTS: bucket } });
    expect(twice.error!.issues[0]!.message).toContain('ETH has two weights');
  });
});

describe('the edge of a band', () => {
  const rule = { weights: { BTC: 0.5, ETH: 0.4 }, band: 0.05, bandKind: 'absolute' } as const;
  const at = (weights: Record<string, number>) => ({ weight: (coin: string) => weights[coin]! });

  test('is met by the worst drift, the others shrink by the same share', () => {
    expect(edgeWeights(rule, at({ BTC: 0.6, ETH: 0.36 }))).toEqual({
      BTC: expect.closeTo(0.55, 12) as number,
      ETH: expect.closeTo(0.38, 12) as number,
    });
  });

  test('is judged by the weight where the band is relative', () => {
    const relative = { ...rule, band: 0.1, bandKind: 'relative' } as const;
    // ± 5 and ± 4 points: ETH is the worse.
    expect(edgeWeights(relative, at({ BTC: 0.55, ETH: 0.32 }))['ETH']).toBeCloseTo(0.36, 12);
  });

  test('leaves weights alone that are inside', () => {
    expect(edgeWeights(rule, at({ BTC: 0.52, ETH: 0.4 }))).toEqual({ BTC: 0.52, ETH: 0.4 });
  });
});
