import { describe, expect, test } from 'vitest';
import { linearTicks, logTicks, timeTicks } from '../../../src/report/charts/ticks.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('ticks', () => {
  test('of a linear axis are round', () => {
    expect(linearTicks(-0.05, 0.21, 5)).toEqual([-0.05, 0, 0.05, 0.1, 0.15, 0.2]);
    expect(linearTicks(0, 287_961, 6)).toEqual([0, 50_000, 100_000, 150_000, 200_000, 250_000]);
    expect(linearTicks(3, 3, 5)).toEqual([3]);
  });

  test('of a logarithmic axis are 1, 2, 5', () => {
    expect(logTicks(7_000, 600_000, 6)).toEqual([10_000, 20_000, 50_000, 100_000, 200_000, 500_000]);
  });

  test('of many decades are powers of ten', () => {
    expect(logTicks(1, 1e6, 5)).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6]);
  });

  test('of a short logarithmic axis are those of a linear one', () => {
    expect(logTicks(95_000, 180_000, 4)).toEqual([100_000, 120_000, 140_000, 160_000, 180_000]);
  });

  test('of time are calendar boundaries, as fine as there is room', () => {
    expect(timeTicks(day('2020-01-02'), day('2024-12-31'), 9).map(({ label }) => label)).toEqual([
      '2021',
      '2022',
      '2023',
      '2024',
    ]);
    expect(timeTicks(day('2023-12-15'), day('2024-04-15'), 9).map(({ label }) => label)).toEqual(['2024', 'Feb', 'Mar', 'Apr']);
    expect(timeTicks(day('2024-03-04'), day('2024-03-08'), 9).map(({ label }) => label)).toEqual([
      '4\u00a0Mar',
      '5\u00a0Mar',
      '6\u00a0Mar',
      '7\u00a0Mar',
      '8\u00a0Mar',
    ]);
  });

  test('of more years than fit are every second or third', () => {
    expect(timeTicks(day('2001-01-01'), day('2012-01-01'), 4).map(({ label }) => label)).toEqual([
      '2001',
      '2004',
      '2007',
      '2010',
    ]);
  });
});
