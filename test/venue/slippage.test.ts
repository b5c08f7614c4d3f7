import { expect, test } from 'vitest';
import { slippageRate, slippedPrice } from '../../src/venue/slippage.ts';

test('without impact an order gives up the half-spread', () => {
  expect(slippageRate({ halfSpread: 0.0001, impact: 0 }, 1e6, 0.03, 1)).toBe(0.0001);
});

test('impact grows with the square root of the share of daily volume', () => {
  // Y 1, σ 3 %, 1 % of the daily volume: 3 % × √0.01 = 0.3 %.
  expect(slippageRate({ halfSpread: 0, impact: 1 }, -10, 0.03, 1_000)).toBeCloseTo(0.003, 12);
  expect(slippageRate({ halfSpread: 0, impact: 0.5 }, 40, 0.03, 1_000)).toBeCloseTo(0.003, 12);
});

test('unknown volume or volatility leaves the half-spread', () => {
  const terms = { halfSpread: 0.0001, impact: 1 };
  expect(slippageRate(terms, 1, 0.03, NaN)).toBe(0.0001);
  expect(slippageRate(terms, 1, 0.03, 0)).toBe(0.0001);
  expect(slippageRate(terms, 1, NaN, 100)).toBe(0.0001);
});

test('a taker never beats the reference price', () => {
  expect(slippedPrice(100, 2, 0.001)).toBeCloseTo(100.1, 12);
  expect(slippedPrice(100, -2, 0.001)).toBeCloseTo(99.9, 12);
});

test('nobody pays to be rid of coins: a sale brings a hundredth of its price at least', () => {
  expect(slippedPrice(100, -2, 1.5)).toBe(1);
  expect(slippedPrice(100, 2, 1.5)).toBe(250);
});
