import { describe, expect, test } from 'vitest';
import { axisMoney, closingDay, days, difference, fall, moneyColumn, quantity, ratio } from '../../src/report/format.ts';

test('a dash stands for what is undefined', () => {
  expect([fall(null), ratio(NaN), days(null), difference('–')]).toEqual(Array(4).fill('–'));
});

test('a drawdown is written as a fall', () => {
  expect([fall(0.445), fall(0)]).toEqual(['−44.5%', '0.0%']);
});

describe('money', () => {
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

test('a close at midnight belongs to the day before', () => {
  expect(closingDay(Date.UTC(2024, 0, 1))).toBe('2023-12-31');
  expect(closingDay(Date.UTC(2024, 0, 1, 1))).toBe('2024-01-01');
});
