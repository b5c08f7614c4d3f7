import { expect, test } from 'vitest';
import { amount, csv, price, rate } from '../../../src/market/synthetic/rows.ts';

test.each([
  [43251.27, 6, '43251.3'],
  [0.00213456, 5, '0.0021346'],
  [99999.96, 6, '100000'],
])('the price %f in %i digits is %s', (value, digits, text) => {
  expect(price(value, digits)).toBe(text);
});

test.each([
  [123456789, '123500000'],
  [0.5, '0.5'],
])('the amount %f is %s', (value, text) => {
  expect(amount(value)).toBe(text);
});

test.each([
  [0.0001, '0.0001'],
  [0.0000000512, '0.00000005'],
  [-0.0000000001, '0'],
  [-0.003, '-0.003'],
  [0, '0'],
])('the rate %f is %s', (value, text) => {
  expect(rate(value)).toBe(text);
});

test('a file is a header and a line for every moment, in UTC', () => {
  const text = csv(['timestamp', 'close'], [Date.UTC(2020, 0, 1), Date.UTC(2020, 0, 2, 8)], (row) => String(row + 1));
  expect(text).toBe('timestamp,close\n2020-01-01T00:00Z,1\n2020-01-02T08:00Z,2\n');
});
