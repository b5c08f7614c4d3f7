import { expect, test } from 'vitest';
import { turnover } from '../../src/analysis/turnover.ts';

test('selling and replacing everything once in two years is half a turn a year', () => {
  // 100 sold and 100 bought.
  expect(turnover(200, Float64Array.of(90, 110), 2)).toBe(0.5);
});

test('turnover is not defined without a span or without equity', () => {
  expect(turnover(200, Float64Array.of(100), 0)).toBeNull();
  expect(turnover(200, Float64Array.of(100, -100), 1)).toBeNull();
});
