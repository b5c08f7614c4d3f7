import { describe, expect, test } from 'vitest';
import { calmar, sharpe, sortino, volatility } from '../../src/analysis/ratios.ts';

// Mean 0.01; deviations ±0.02, 0 from it: sample variance 0.0008 / 2.
const RETURNS = [0.03, -0.01, 0.01];

describe('volatility', () => {
  test('is the sample deviation times the root of the bars per year', () => {
    expect(volatility(RETURNS, 100)).toBeCloseTo(0.02 * 10, 15);
  });

  test('needs two returns', () => {
    expect(volatility([0.01], 365.25)).toBeNull();
  });
});

describe('Sharpe ratio', () => {
  test('is excess return over volatility', () => {
    expect(sharpe(RETURNS, 100, 0)).toBeCloseTo(1 / 0.2, 12);
    expect(sharpe(RETURNS, 100, 0.2)).toBeCloseTo(0.8 / 0.2, 12);
  });

  test('is not defined where nothing varies', () => {
    expect(sharpe([0, 0, 0], 365.25, 0)).toBeNull();
    expect(sharpe([0.1, 0.1, 0.1], 365.25, 0)).toBeNull();
    expect(sharpe([0.1], 365.25, 0)).toBeNull();
  });
});

describe('Sortino ratio', () => {
  test('divides by the root mean square of losses over all bars', () => {
    // √(0.01² / 3) × 10
    expect(sortino(RETURNS, 100, 0)).toBeCloseTo(1 / (10 * Math.sqrt(0.0001 / 3)), 12);
  });

  test('is not defined without a loss', () => {
    expect(sortino([0.01, 0, 0.02], 100, 0)).toBeNull();
    expect(sortino([-0.01], 100, 0)).toBeNull();
  });
});

test('Calmar is CAGR over drawdown, undefined when nothing was lost', () => {
  expect(calmar(0.2, 0.5)).toBe(0.4);
  expect(calmar(0.2, 0)).toBeNull();
  expect(calmar(null, 0.5)).toBeNull();
  expect(calmar(0.2, null)).toBeNull();
});
