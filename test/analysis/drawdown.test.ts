import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drawdownColumn,
  drawdownEpisodes,
  maxDrawdown,
  NO_FALL,
  ulcer,
  underwaterDays,
  worstDrawdowns,
} from '../../src/analysis/drawdown.ts';
import { DAY } from '../../src/core/time.ts';

const column = (...values: number[]) => Float64Array.from(values);
const days = (length: number) => Float64Array.from({ length }, (_, day) => day * DAY);

describe('the drawdown column', () => {
  test('is the positive fraction below the running peak', () => {
    expect(drawdownColumn(column(1, 2, 1, 1.5, 4, 3))).toEqual(column(0, 0, 0.5, 0.25, 0, 0.25));
  });

  test('starts from 1, the value before bar 0', () => {
    expect(drawdownColumn(column(0.9, 0.95))).toEqual(column(1 - 0.9, 1 - 0.95));
  });

  test('takes no rounding for a fall', () => {
    expect(drawdownColumn(column(1.1, 1.1 * (1 - 2 ** -52), 1.1))).toEqual(column(0, 0, 0));
    expect(drawdownColumn(column(1, 1 - 1e-11))[1]).toBeGreaterThan(0);
  });

  test('is 1 at a total loss', () => {
    expect(drawdownColumn(column(1, 0, 0))).toEqual(column(0, 1, 1));
  });
});

test('maximum drawdown is the deepest; 0 when nothing fell', () => {
  expect(maxDrawdown(column(0, 0.5, 0.25))).toBe(0.5);
  expect(maxDrawdown(column(0, 0))).toBe(0);
  expect(maxDrawdown(column())).toBeNull();
});

test('maximum drawdown is the worst of all pairs of a peak and a later value', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 25 }), (values) => {
      const path = [1, ...values];
      let worst = 0;
      path.forEach((peak, i) => path.slice(i).forEach((later) => (worst = Math.max(worst, 1 - later / peak))));
      expect(maxDrawdown(drawdownColumn(Float64Array.from(path)))).toBe(worst > NO_FALL ? worst : 0);
    }),
  );
});

test('the ulcer index is the root mean square over all bars', () => {
  expect(ulcer(column(0, 0.3, 0.4, 0))).toBeCloseTo(Math.sqrt(0.25 / 4), 15);
  expect(ulcer(column())).toBeNull();
});

describe('drawdown episodes', () => {
  //                       0  1    2     3  4     5    6
  const drawdown = column(0, 0.1, 0.05, 0, 0.2, 0.3, 0.1);
  const episodes = drawdownEpisodes(drawdown, days(7));

  test('run from the last bar at the peak to the first back at it', () => {
    expect(episodes[0]).toEqual({ peak: 0, trough: DAY, recovery: 3 * DAY, depth: 0.1, daysDown: 1, daysUp: 2 });
  });

  test('may not have recovered yet', () => {
    expect(episodes[1]).toEqual({ peak: 3 * DAY, trough: 5 * DAY, recovery: null, depth: 0.3, daysDown: 2, daysUp: null });
    expect(episodes).toHaveLength(2);
  });

  test('are ranked by depth, the earlier first of equals', () => {
    expect(worstDrawdowns(episodes, 1)).toEqual([episodes[1]]);
    const twins = drawdownEpisodes(column(0, 0.1, 0, 0.1, 0), days(5));
    expect(worstDrawdowns(twins, 5).map(({ peak }) => peak / DAY)).toEqual([0, 2]);
  });

  test('give the longest time under water, the last one counted to the last bar', () => {
    expect(underwaterDays(episodes, 6 * DAY)).toBe(3);
    expect(underwaterDays(episodes, 60 * DAY)).toBe(57);
    expect(underwaterDays([], 6 * DAY)).toBe(0);
  });

  test('count a fall below the start from bar 0', () => {
    expect(drawdownEpisodes(column(0.1, 0), days(2))).toEqual([
      { peak: 0, trough: 0, recovery: DAY, depth: 0.1, daysDown: 0, daysUp: 1 },
    ]);
  });

  test('are none where nothing fell', () => {
    expect(drawdownEpisodes(column(0, 0, 0), days(3))).toEqual([]);
  });
});
