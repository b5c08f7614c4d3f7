import { expect, test } from 'vitest';
import { WIDE, layered } from '../../src/report/charts/frame.ts';
import { lineChart } from '../../src/report/charts/lines.ts';
import { renderSvg } from '../../src/report/svg.ts';

const HOSTILE = '<img src=x onerror="alert(1)"> 1.23456 style="x"';
const chart = lineChart(
  {
    time: Float64Array.of(0, 86_400_000, 172_800_000),
    lines: [
      {
        name: HOSTILE.slice(0, 19),
        look: { stroke: 'var(--s-hedge-b)', text: 'var(--t-hedge-b)', width: 2.6, dash: [5, 3] },
        values: Float64Array.of(1, 3, 2),
        crosses: [],
      },
    ],
    scale: 'log',
    base: null,
    height: 200,
    label: String,
  },
  WIDE,
);

test('an SVG has no style, no fonts, no outside references, and colours that the page resolves', async () => {
  const { markup } = await renderSvg(chart, 'wide');
  expect(markup).toMatch(/^<svg class="wide" aria-hidden="true" focusable="false" viewBox="0 0 900 [\d.]+">/);
  expect(markup).not.toMatch(/ style=| font-family=| class="(?!wide)|href|url\(|xmlns/);
  expect(markup).toContain('stroke="var(--s-hedge-b)"');
  expect(markup).toContain('stroke-dasharray="5,3"');
});

test('a name is text in an SVG, whatever it says', async () => {
  const { markup } = await renderSvg(chart, 'wide');
  expect(markup).not.toContain('<img');
  expect(markup).toContain('&lt;img src=x onerro');
});

test('coordinates have one decimal, and text that looks like one is left alone', async () => {
  const text = layered(
    WIDE,
    50,
    [
      {
        data: { name: 'rows' },
        mark: { type: 'text' },
        encoding: { x: { field: 'x', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
    { rows: [{ x: 1 / 3, text: HOSTILE }] },
  );
  const { markup } = await renderSvg(text, 'wide');
  expect(markup).toContain('1.23456 style=');
  for (const tag of markup.match(/<[^>]+>/g)!) expect(tag).not.toMatch(/\d\.\d{2}/);
});

test('the same chart gives the same bytes', async () => {
  expect((await renderSvg(chart, 'wide')).markup).toBe((await renderSvg(chart, 'wide')).markup);
});
