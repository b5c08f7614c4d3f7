import { describe, expect, test } from 'vitest';
import {
  axisMoney,
  closingDay,
  countWord,
  days,
  decimal,
  difference,
  fall,
  money,
  moneyColumn,
  percent,
  quantity,
  ratio,
} from '../../src/report/format.ts';

describe('numbers', () => {
  test('have grouped thousands and a true minus sign', () => {
    expect(decimal(1234567.891, 1)).toBe('1,234,567.9');
    expect(decimal(-1234, 0)).toBe('−1,234');
  });

  test('are never −0', () => {
    expect(decimal(-0.04, 1)).toBe('0.0');
    expect(decimal(-0, 0)).toBe('0');
    expect(percent(-0.0001)).toBe('0.0%');
    expect(fall(0)).toBe('0.0%');
    expect(money(-0.001, 'USD')).toBe('$0.00');
  });

  test('are a dash where undefined', () => {
    expect([decimal(null, 2), percent(null), fall(null), money(null, 'USD'), ratio(NaN), days(null), difference('–')]).toEqual(
      Array(7).fill('–'),
    );
  });
});

test('percentages lose their decimals from 1,000 % on', () => {
  expect(percent(0.4451)).toBe('44.5%');
  expect(percent(9.58)).toBe('958.0%');
  expect(percent(12.345)).toBe('1,235%');
});

test('a drawdown is written as a fall', () => {
  expect(fall(0.445)).toBe('−44.5%');
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

  test('on an axis is short', () => {
    expect([500, 20_000, 2_500, 1_200_000, -3e9].map((value) => axisMoney(value, 'USD'))).toEqual([
      '$500',
      '$20k',
      '$2.5k',
      '$1.2M',
      '−$3B',
    ]);
  });

  test('in a column has cents only where all amounts are small', () => {
    expect(moneyColumn([443.2, 88.53, 0], 'USD')).toEqual(['$443', '$89', '$0']);
    expect(moneyColumn([4.432, 88.53, 0], 'USD')).toEqual(['$4.43', '$88.53', '$0']);
  });
});

test('a difference shows its sign, except for nothing', () => {
  expect([difference('1.9'), difference('−0.3'), difference('0.0')]).toEqual(['+1.9', '−0.3', '0.0']);
});

test('days keep their unit on the line', () => {
  expect(days(783)).toBe('783\u00a0d');
});

test('quantities have six significant digits and no trailing zeros', () => {
  expect([1.5, 0.000123456789, 12345.678, 0, -2].map(quantity)).toEqual(['1.5', '0.000123457', '12,345.7', '0', '−2']);
});

test('small counts are words', () => {
  expect([1, 5, 12, 13].map(countWord)).toEqual(['one', 'five', 'twelve', '13']);
});

test('a close at midnight belongs to the day before', () => {
  expect(closingDay(Date.UTC(2024, 0, 1))).toBe('2023-12-31');
  expect(closingDay(Date.UTC(2024, 0, 1, 1))).toBe('2024-01-01');
});
