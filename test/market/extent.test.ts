import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/core/time.ts';
import { coverageOf, extentOfBars, extentOfSettlements } from '../../src/market/extent.ts';

const days = (...numbers: readonly number[]) => Float64Array.from(numbers, (day) => day * DAY);

test('bars cover the time from the first open to the last close, without the missing ones', () => {
  expect(extentOfBars({ opens: days(0, 1, 4, 5), step: DAY })).toEqual({
    from: 0,
    to: 6 * DAY,
    gaps: [{ from: 2 * DAY, to: 4 * DAY }],
  });
});

test('settlements cover the time between them where none is missing', () => {
  const times = Float64Array.from([0, 1, 2, 3, 4, 7, 8, 9, 10, 11], (k) => k * 8 * HOUR);
  expect(extentOfSettlements(times)).toEqual({ from: 0, to: 88 * HOUR, gaps: [{ from: 32 * HOUR, to: 56 * HOUR }] });
});

test('coverage is the share of a stretch, wherever the gaps lie in it', () => {
  const share = coverageOf({
    from: 2 * DAY,
    to: 10 * DAY,
    gaps: [
      { from: 4 * DAY, to: 6 * DAY },
      { from: 7 * DAY, to: 8 * DAY },
    ],
  });
  expect(share({ from: 0, to: 2 * DAY })).toBe(0);
  expect(share({ from: 0, to: 4 * DAY })).toBe(0.5);
  expect(share({ from: 2 * DAY, to: 4 * DAY })).toBe(1);
  expect(share({ from: 4 * DAY, to: 8 * DAY })).toBe(0.25);
  expect(share({ from: 5 * DAY, to: 6 * DAY })).toBe(0);
  expect(share({ from: 9 * DAY, to: 11 * DAY })).toBe(0.5);
});
