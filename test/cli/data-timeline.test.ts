import { expect, test } from 'vitest';
import { spanOf, timelineBar, timelineHead } from '../../src/cli/data-timeline.ts';
import { DAY } from '../../src/core/time.ts';

const extent = (from: number, to: number, ...gaps: readonly (readonly [number, number])[]) => ({
  from: from * DAY,
  to: to * DAY,
  gaps: gaps.map(([a, b]) => ({ from: a * DAY, to: b * DAY })),
});

test('a time line is full where a series covers its time, hatched in part, dotted elsewhere', () => {
  const span = { from: 0, to: 10 * DAY };
  expect(timelineBar(extent(2, 8.5, [5, 6]), { span, width: 10 })).toBe('··███·██▒·');
  expect(timelineBar(extent(0, 10), { span, width: 5 })).toBe('█████');
});

test('the span of several series reaches from the first to the last', () => {
  expect(spanOf([extent(2, 5), extent(1, 3)])).toEqual({ from: DAY, to: 5 * DAY });
  expect(spanOf([])).toBeUndefined();
});

test('years stand where they begin, as far as there is room', () => {
  const span = { from: Date.UTC(2020, 6, 1), to: Date.UTC(2024, 0, 1) };
  expect(timelineHead({ span, width: 35 })).toBe('2020  2021      2022      2023     ');
  expect(timelineHead({ span, width: 5 })).toBe('2020 ');
});
