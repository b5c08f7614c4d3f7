import { describe, expect, test } from 'vitest';
import { trailingLiquidity } from '../../src/venue/trailing.ts';
import { marketOf } from '../support/market.ts';

describe('volatility and volume known at a bar', () => {
  test('are NaN until enough days have closed', () => {
    const { sigma, adv } = trailingLiquidity(marketOf({ spot: { BTC: { close: [100, 110, 99], volume: [10, 20, 60] } } }), 0);
    expect([...sigma].map(Number.isNaN)).toEqual([true, true, false]);
    expect([...adv]).toEqual([10, 15, 30]);
  });

  test('are the sample deviation of daily returns and the mean volume', () => {
    const { sigma } = trailingLiquidity(marketOf({ spot: { BTC: [100, 110, 99] } }), 0);
    // Returns +10 % and −10 %: √(2 × 0.1²) about their mean of 0.
    expect(sigma[2]).toBeCloseTo(Math.sqrt(0.02), 12);
  });

  test('forget what is older than 30 days', () => {
    const close = Array.from({ length: 40 }, (_, i) => (i === 0 ? 1_000 : 100));
    const volume = close.map((_, i) => (i < 10 ? 1e6 : 1));
    const { sigma, adv } = trailingLiquidity(marketOf({ spot: { BTC: { close, volume } } }), 0);
    expect(sigma[30]).toBeGreaterThan(0.1);
    expect(sigma[31]).toBe(0);
    expect(adv[39]).toBe(1);
    expect(adv[38]).toBeCloseTo((1e6 + 29) / 30, 6);
  });

  test('sum the bars of a day and change only when it closes', () => {
    const close = [10, 10, 10, 10, 10, 10];
    const { adv } = trailingLiquidity(marketOf({ spot: { BTC: { close, volume: [1, 2, 4, 8, 16, 32] } }, interval: '12h' }), 0);
    expect([...adv]).toEqual([NaN, 3, 3, 7.5, 7.5, 21]);
  });

  test('are those of the instrument asked for, days without trade left out', () => {
    const spot = { BTC: [1, 1, 1, 1], ETH: { close: [100, NaN, 110, 99], volume: 6 } };
    const { sigma, adv } = trailingLiquidity(marketOf({ spot }), 1);
    expect(adv[3]).toBe(6);
    expect(sigma[3]).toBeCloseTo(Math.sqrt(0.02), 12);
  });

  test('do not change when the future is cut off', () => {
    const close = Array.from({ length: 60 }, (_, i) => 100 + ((i * 37) % 11));
    const whole = trailingLiquidity(marketOf({ spot: { BTC: close } }), 0);
    const cut = trailingLiquidity(marketOf({ spot: { BTC: close.slice(0, 45) } }), 0);
    expect(whole.sigma.subarray(0, 45)).toEqual(cut.sigma);
    expect(whole.adv.subarray(0, 45)).toEqual(cut.adv);
  });
});
