import { describe, expect, test } from 'vitest';
import { anchorSeries, coinOf, coinsIn, spotSeries } from '../../../src/strategy/rules/coins.ts';

const BAND = { band: 0.05, bandKind: 'absolute' } as const;
const rule = {
  ...BAND,
  weights: { 'ETH-USDT': 0.4, XBT: 0.5 },
  coins: { XBT: 'BTC', BTC: 'BTC', 'ETH-USDT': 'ETH', SOLB: 'SOL', SOLA: 'SOL' },
};

describe('a series', () => {
  test('is of the coin that the catalog says, else of the one it is called as', () => {
    expect(['XBT', 'BTC', 'LINK', 'constructor'].map((series) => coinOf(rule, series))).toEqual([
      'BTC',
      'BTC',
      'LINK',
      'constructor',
    ]);
    expect(coinsIn(rule)).toEqual(['ETH', 'BTC']);
  });

  test("of a coin is the target's own, else the one called so, else the first by name", () => {
    expect(['BTC', 'SOL', 'LINK'].map((coin) => spotSeries(rule, coin))).toEqual(['XBT', 'SOLA', 'LINK']);
    expect(spotSeries({ ...rule, weights: {} }, 'BTC')).toBe('BTC');
  });
});

describe('the anchor', () => {
  test('is the series of Bitcoin in the target', () => {
    expect(anchorSeries(rule)).toBe('XBT');
    expect(anchorSeries({ ...BAND, weights: { ETH: 0.5, BTC: 0.2 } })).toBe('BTC');
  });

  test('is refused where there is none, or where a hedge would have two series of a coin to stand for', () => {
    expect(() => anchorSeries({ ...rule, weights: { 'ETH-USDT': 1 } })).toThrow('the target has no weight for BTC');
    expect(() => anchorSeries({ ...rule, weights: { XBT: 0.5, SOLA: 0.2, SOLB: 0.2 } })).toThrow(
      'SOLA and SOLB are series of one coin, SOL',
    );
  });
});
