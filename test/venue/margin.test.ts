import { describe, expect, test } from 'vitest';
import {
  bracketAt,
  bracketIndex,
  bracketsFrom,
  flatMaintenance,
  flattenBrackets,
  initialMargin,
  maintenanceMargin,
  maintenanceOf,
  marginRatio,
  marginShare,
  maxLeverage,
} from '../../src/venue/margin.ts';

// Binance BTCUSDT as of 2021-03, first three bands.
const BTC_2021 = bracketsFrom([
  [0, 0.004, 125],
  [50_000, 0.005, 100],
  [250_000, 0.01, 50],
]);

describe('brackets', () => {
  test('cumulative amounts make the schedule continuous', () => {
    expect(BTC_2021.map(({ amount }) => amount)).toEqual([0, 50, 1_300]);
    // 50,000 × 0.4 % = 200 = 50,000 × 0.5 % − 50
    expect(maintenanceMargin(BTC_2021, 50_000)).toBe(200);
    expect(maintenanceMargin(BTC_2021, 50_000.0001)).toBeCloseTo(200, 6);
  });

  test("Binance's example: 500,000 falls in the 1 % band with amount 1,300", () => {
    expect(bracketAt(BTC_2021, 500_000)).toMatchObject({ rate: 0.01, amount: 1_300 });
    expect(maintenanceMargin(BTC_2021, 500_000)).toBe(3_700);
  });

  test('a notional on an edge belongs to the band below', () => {
    expect(bracketAt(BTC_2021, 250_000).rate).toBe(0.005);
    expect(maxLeverage(BTC_2021, 250_000)).toBe(100);
  });

  test('no position needs no maintenance', () => {
    expect(maintenanceMargin(BTC_2021, 0)).toBe(0);
  });

  test('a flat rate holds for every size and bounds no leverage', () => {
    expect(maintenanceMargin(flatMaintenance(0.01), 5e9)).toBe(5e7);
    expect(maxLeverage(flatMaintenance(0.01), 5e9)).toBe(Infinity);
  });

  test.each([
    ['does not start at 0', [[10, 0.01, null]]],
    [
      'has a falling rate',
      [
        [0, 0.01, null],
        [10, 0.005, null],
      ],
    ],
    [
      'has descending floors',
      [
        [0, 0.01, null],
        [10, 0.02, null],
        [5, 0.03, null],
      ],
    ],
    ['has a rate of 1', [[0, 1, null]]],
  ] as const)('a table that %s is refused', (_, rows) => {
    expect(() => bracketsFrom(rows)).toThrow(expect.objectContaining({ code: 'maintenance-table-invalid' }));
  });
});

test('initial margin is the absolute notional over the leverage', () => {
  expect(initialMargin(-30_000, 3)).toBe(10_000);
});

test('the margin ratio is balance over maintenance', () => {
  expect(marginRatio(100, 50)).toBe(2);
  expect(marginRatio(-100, 50)).toBe(-2);
  expect([marginRatio(1, 0), marginRatio(0, 0)]).toEqual([Infinity, 0]);
});

test('the margin per notional is that of the mark', () => {
  expect(marginShare(1_050, -6_000)).toBe(0.175);
});

test('the flat table answers as the brackets do, per contract', () => {
  const table = flattenBrackets([flatMaintenance(0.02), BTC_2021]);
  expect([...table.start]).toEqual([0, 1, 4]);
  for (const notional of [0, 1, 50_000, 50_001, 250_000, 500_000]) {
    expect(maintenanceOf(table, 0, notional)).toBe(notional * 0.02);
    expect(maintenanceOf(table, 1, notional)).toBe(maintenanceMargin(BTC_2021, notional));
  }
  expect(bracketIndex(table, 1, 60_000)).toBe(2);
});
