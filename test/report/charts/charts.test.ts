import { describe, expect, test } from 'vitest';
import { type CostBar, costChart } from '../../../src/report/charts/costs.ts';
import { NARROW_PANEL, PANEL, drawdownChart } from '../../../src/report/charts/drawdowns.ts';
import { AXIS_FONT_PX, NARROW, WIDE, plotWidth } from '../../../src/report/charts/frame.ts';
import { laneChart } from '../../../src/report/charts/lanes.ts';
import { type Line, lineChart } from '../../../src/report/charts/lines.ts';
import { renderSvg } from '../../../src/report/svg.ts';

const DAY = 86_400_000;
const START = Date.UTC(2023, 0, 2);
const clock = (bars: number) => Float64Array.from({ length: bars }, (_, i) => START + i * DAY);
const look = { stroke: 'var(--s-spot-b)', text: 'var(--t-spot-b)', width: 2.1, dash: [] };
const line = (name: string, values: readonly number[], crosses: readonly number[] = []): Line => ({
  name,
  look,
  values: Float64Array.from(values),
  crosses,
});
const lines = (given: readonly Line[], scale: 'log' | 'linear' = 'log') => ({
  time: clock(given[0]!.values.length),
  lines: given,
  scale,
  base: null,
  height: 300,
  label: String,
});

test('every frame leaves room for half a time label beside the last tick', () => {
  // Inter's letters and figures are at most 0.55 em wide on average.
  const widest = '31 Dec'.length * 0.55 * AXIS_FONT_PX;
  for (const { right } of [WIDE, NARROW, PANEL, NARROW_PANEL]) expect(right).toBeGreaterThanOrEqual(widest / 2);
});

test('every panel leaves room at the left for the label of a total loss', () => {
  // −100% in Arial: a minus of 0.58 em, figures of 0.56, a percent sign of 0.89; 6 px to the axis.
  const widest = (0.58 + 3 * 0.56 + 0.89) * AXIS_FONT_PX + 6;
  for (const { left } of [PANEL, NARROW_PANEL]) expect(left).toBeGreaterThanOrEqual(widest);
});

describe('the line chart', () => {
  test('draws a line per run from the same rows that a live chart would take', () => {
    const chart = lineChart(lines([line('a', [1, 2, 4]), line('b', [1, 1, 1])]), WIDE);
    expect(chart.data['line0']).toEqual([
      { t: START, v: 1 },
      { t: START + DAY, v: 2 },
      { t: START + 2 * DAY, v: 4 },
    ]);
    expect(Object.keys(chart.data)).toEqual(['line0', 'line1', 'crosses', 'names']);
  });

  test('thins long series to half the plot’s width', () => {
    const chart = lineChart(
      lines([
        line(
          'a',
          Array.from({ length: 5000 }, (_, i) => 100 + Math.sin(i)),
        ),
      ]),
      WIDE,
    );
    expect(chart.data['line0']!.length).toBeLessThanOrEqual(plotWidth(WIDE) / 2);
  });

  test('crosses the line where the account was liquidated, and keeps that day', () => {
    const chart = lineChart(
      lines([
        line(
          'a',
          Array.from({ length: 5000 }, () => 100),
          [1234],
        ),
      ]),
      WIDE,
    );
    expect(chart.data['crosses']).toEqual([{ t: START + 1234 * DAY, v: 100 }]);
    expect(chart.data['line0']).toContainEqual({ t: START + 1234 * DAY, v: 100 });
  });

  test('pushes names apart that end at the same value, in the order of the ends', () => {
    const names = lineChart(lines([line('low', [1, 9.9]), line('high', [1, 10]), line('mid', [1, 9.95])]), WIDE).data['names']!;
    expect(names.map(({ name }) => name)).toEqual(['low', 'mid', 'high']);
    const heights = names.map(({ v }) => Math.log(Number(v)) / Math.log(10));
    // 14 of 300 px, on an axis that covers a little more than one decade.
    for (let i = 1; i < heights.length; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThan(14 / 300);
  });

  test('has no names on a phone, where the legend has them', () => {
    expect(lineChart(lines([line('a', [1, 2])]), NARROW).data).not.toHaveProperty('names');
  });

  test('draws a gap as nothing and a flat line in the middle', async () => {
    const chart = lineChart(lines([line('a', [NaN, 5, 5])], 'linear'), WIDE);
    expect(chart.data['line0']).toHaveLength(2);
    expect((await renderSvg(chart, 'wide')).markup).not.toMatch(/NaN|Infinity/);
  });
});

describe('the event lanes', () => {
  const lane = (times: readonly number[], alarm = false) => ({
    label: 'Spot',
    alarm,
    tracks: [{ look, times: Float64Array.from(times) }],
  });

  test('draw events that fall on the same pixels as one mark', () => {
    const to = START + 1000 * DAY;
    const rows = laneChart([lane([START, START + DAY / 2, START + 500 * DAY])], START, to, WIDE).data['lane0track0']!;
    // Two marks of two points, and the break between them.
    expect(rows.map(({ y }) => y === null)).toEqual([false, false, true, false, false]);
  });

  test('stay under 60 KB with a trade at every bar of every run', async () => {
    const times = Float64Array.from({ length: 20_000 }, (_, i) => START + i * DAY * (i % 3 === 0 ? 1 : 1.01));
    const tracks = Array.from({ length: 6 }, () => ({ look, times }));
    const lanes = ['Spot', 'Futures', 'Forced'].map((label) => ({ label, alarm: false, tracks }));
    const svg = await renderSvg(laneChart(lanes, START, START + 20_000 * DAY, WIDE), 'wide');
    expect(svg.markup.length).toBeLessThan(60_000);
  });

  test('mark liquidations by crosses in the alarm colour', async () => {
    const svg = await renderSvg(laneChart([lane([START + DAY], true)], START, START + 9 * DAY, WIDE), 'wide');
    expect(svg.markup).toContain('var(--alarm)');
  });
});

describe('the drawdown panel', () => {
  const panel = { time: clock(3), depth: Float64Array.of(0, 0.5, 0.25), look, reference: null, deepest: 0.62 };

  test('hangs from zero on the scale that all panels share', () => {
    const { data, spec } = drawdownChart(panel, PANEL);
    expect(data['depth']!.map(({ v }) => v)).toEqual([-0, -0.5, -0.25]);
    expect(JSON.stringify(spec)).toContain('"domain":[-0.65,0]');
  });

  test('of a run that never fell still has an axis', async () => {
    const svg = await renderSvg(drawdownChart({ ...panel, depth: new Float64Array(3), deepest: 0 }, PANEL), 'wide');
    expect(svg.markup).toContain('−1.0%');
  });
});

describe('the cost bars', () => {
  const none = { fees: 0, slippage: 0, tax: 0, owed: 0, funding: 0, interest: 0, liquidation: 0 };
  const bars: CostBar[] = [{ name: 'anchor', costs: { ...none, fees: 10, tax: 30, funding: -15 } }];

  test('stack what was paid to the right of zero and what was received to the left', () => {
    const pieces = costChart(bars, 'USD', WIDE).data['pieces']!;
    expect(pieces.map(({ x, x2 }) => [x, x2])).toEqual([
      [0, 10],
      [10, 40],
      [0, -15],
    ]);
  });

  test('write the net beside the bar', () => {
    expect(costChart(bars, 'USD', WIDE).data['nets']).toEqual([{ y: 0.5, x: 40, text: '$25.00' }]);
  });

  test('of nothing at all draw nothing', async () => {
    const svg = await renderSvg(costChart([{ name: 'hold', costs: none }], 'USD', WIDE), 'wide');
    expect(svg.markup).not.toMatch(/NaN|Infinity/);
  });
});
