import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalDecimal } from '../../../src/market/fetch/decimal.ts';

test.each([
  ['42283.58000000', 0, '42283.58'],
  ['0.00000000', 0, '0'],
  ['-0.00', 0, '0'],
  ['-0.00010000', 0, '-0.0001'],
  ['007.50', 0, '7.5'],
  ['.5', 0, '0.5'],
  ['5.', 0, '5'],
  ['1e-7', 0, '0.0000001'],
  ['1.5E+3', 0, '1500'],
  ['0.0123456', -3, '0.0000123456'],
  ['5', 3, '5000'],
  ['0.0012', 3, '1.2'],
  [' 12 ', 0, '12'],
])('%s, its point moved by %i, is %s', (text, shift, expected) => {
  expect(canonicalDecimal(text, shift)).toBe(expected);
});

test.each(['', '.', 'two', '1,5', '0x10', 'Infinity', 'NaN', '1e', '--1', '1e999'])('"%s" is no number', (text) => {
  expect(canonicalDecimal(text)).toBeUndefined();
});

test('the form is that of the same number, and its own', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
      const text = canonicalDecimal(String(value))!;
      expect(Number(text)).toBe(value === 0 ? 0 : value);
      expect(text).not.toMatch(/e|^-?0\d/i);
      expect(canonicalDecimal(text)).toBe(text);
    }),
  );
});
