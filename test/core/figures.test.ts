import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countWord, decimal, figure, money, percent, rate, signed, sixDigits, wholePercent } from '../../src/core/figures.ts';
import { ROOT } from '../support/modules.ts';

describe('numbers', () => {
  test('have grouped thousands and a true minus sign', () => {
    expect(figure(1234567.891, 1)).toBe('1,234,567.9');
    expect(figure(-1234.5, 0)).toBe('−1,235');
  });

  test('are never −0', () => {
    expect([figure(-0.04, 1), decimal(-0, 0), percent(-0.0001), money(-0.001, 'USD')]).toEqual(['0.0', '0', '0.0%', '$0.00']);
  });

  test('of whole percents keep a decimal that tells them from none and from all', () => {
    const shares = [0, 0.001, 0.004, 0.085, 0.771, 0.997, 1, null];
    expect(shares.map(wholePercent)).toEqual(['0%', '0.1%', '0.4%', '9%', '77%', '99.7%', '100%', '–']);
  });

  test('are a dash where undefined', () => {
    expect([decimal(null, 2), decimal(NaN, 2), percent(null), money(null, 'USD')]).toEqual(Array(4).fill('–'));
  });

  test('carry a sign where asked, but for zero', () => {
    expect([signed('1.9'), signed('−2.1'), signed('0.0')]).toEqual(['+1.9', '−2.1', '0.0']);
  });
});

test('percentages lose their decimals from 1,000% on', () => {
  expect([percent(0.4451), percent(0.125, 0), percent(9.58), percent(12.345)]).toEqual(['44.5%', '13%', '958.0%', '1,235%']);
});

test('a rate has the decimals it needs', () => {
  expect([rate(0.388), rate(0.26375), rate(0.0001), rate(-0.003), rate(0.3)]).toEqual([
    '38.8%',
    '26.375%',
    '0.01%',
    '−0.3%',
    '30%',
  ]);
});

describe('money', () => {
  test('puts the minus sign before the currency, and cents only on small amounts', () => {
    expect(money(80605.4, 'USD')).toBe('$80,605');
    expect(money(-1234.5, 'EUR')).toBe('−€1,235');
    expect(money(0.52, 'GBP')).toBe('£0.52');
    expect(money(0, 'USD')).toBe('$0');
  });

  test('writes the code of a currency without a sign of its own', () => {
    expect(money(1234, 'CHF')).toBe('CHF\u00a01,234');
    expect(money(-1234, 'INR')).toBe('−₹1,234');
  });

  test('shows no currency where none is known', () => {
    expect(money(-1234, null)).toBe('−1,234');
  });
});

test('units have up to six significant digits', () => {
  expect([0.0009624999999999773, -2495.1846, 12, 1_234_567].map(sixDigits)).toEqual([
    '0.0009625',
    '−2,495.18',
    '12',
    '1,234,570',
  ]);
  expect([1e18, -2.5e-12, 1e-300, 0].map(sixDigits)).toEqual(['1e+18', '−2.5e-12', '1e-300', '0']);
});

test('small counts are words', () => {
  expect([0, 1, 5, 12, 13, 1460].map(countWord)).toEqual(['no', 'one', 'five', 'twelve', '13', '1,460']);
});

test('no text puts a space before its percent sign, or a currency’s code behind an amount where it has a sign', () => {
  const files = ['src', 'strategies'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const found = files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(join(ROOT, name), 'utf8').split('\n'))
    .filter((line) => !/^\s*(\/?\*|\/\/)/.test(line))
    .filter((line) => /[\d}]( |\u00a0|\\u00a0)(%(?![\w\s(])|% [a-z]{2}|(USD|EUR|GBP|JPY|INR)\b)/.test(line));
  expect(found).toEqual([]);
});
