import { expect, test } from 'vitest';
import { monthlyReturns } from '../../src/analysis/monthly.ts';
import { wealthIndex } from '../../src/analysis/wealth.ts';
import { DAY } from '../../src/core/time.ts';
import { fakeResult } from '../support/result.ts';

test('a bar that closes at 00:00 on the 1st ends the month before', () => {
  const first = Date.UTC(2024, 1, 1);
  const time = Float64Array.of(first - DAY, first, first + DAY, first + 2 * DAY);
  expect(monthlyReturns(Float64Array.of(1, 2, 3, 1), time)).toEqual([
    { year: 2024, month: 1, return: 1 },
    { year: 2024, month: 2, return: -0.5 },
  ]);
});

test('months multiply to the whole run', () => {
  const { equity, time, flows } = fakeResult({ family: 'spot' });
  const months = monthlyReturns(wealthIndex(equity, flows, equity[0]!), time);
  expect(months).toHaveLength(27);
  expect(months[0]).toMatchObject({ year: 2020, month: 1 });
  const product = months.reduce((growth, month) => growth * (1 + month.return), 1);
  expect(product).toBeCloseTo(equity.at(-1)! / equity[0]!, 10);
});

test('months after a total loss return nothing', () => {
  const time = Float64Array.of(Date.UTC(2024, 0, 20), Date.UTC(2024, 1, 20), Date.UTC(2024, 2, 20));
  expect(monthlyReturns(Float64Array.of(1, 0, 0), time).map((month) => month.return)).toEqual([0, -1, 0]);
});
