import { describe, expect, test } from 'vitest';
import { figure, listed, points, share, signed, times } from '../../src/analysis/words.ts';

describe('figures in sentences', () => {
  test('have grouped thousands and a true minus sign, and never −0', () => {
    expect(figure(1234567.891, 1)).toBe('1,234,567.9');
    expect(figure(-1234.5, 0)).toBe('−1,235');
    expect(figure(-0.04, 1)).toBe('0.0');
  });

  test('are points of a rate, with two decimals where one would show nothing', () => {
    expect([points(0.019), points(-0.0213), points(0.0003), points(0)]).toEqual(['1.9', '−2.1', '0.03', '0.0']);
  });

  test('carry a sign where asked, but for zero', () => {
    expect([signed('1.9'), signed('−2.1'), signed('0.0')]).toEqual(['+1.9', '−2.1', '0.0']);
  });

  test('are shares in percent, a dash for undefined', () => {
    expect([share(0.541), share(0.125, 0), share(null)]).toEqual(['54.1%', '13%', '–']);
  });
});

test('small counts are words', () => {
  expect([times(1), times(2), times(14)]).toEqual(['once', 'twice', '14 times']);
});

test('lists read as sentences do', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
