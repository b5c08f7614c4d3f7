import type { Chart } from './charts/frame.ts';
import { type Html, trusted } from './escape.ts';

/**
 * A chart as inline SVG, drawn in Node without a canvas: no style attributes, no fonts, colours as `var(--…)` that the page's style
 * sheet resolves, coordinates to one decimal. Hidden from assistive technology: the figure around it says what it shows.
 */
export async function renderSvg(chart: Chart, className: string): Promise<Html> {
  // Loaded here, because the two take half a second that only a command which writes a report should pay.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(compile(chart.spec).spec), { renderer: 'none', logLevel: vega.Error });
  try {
    for (const [name, rows] of Object.entries(chart.data)) view.data(name, [...rows.map((row) => ({ ...row }))]);
    return trusted(tidy(await view.toSVG(), className));
  } finally {
    view.finalize();
  }
}

/** Attributes that say nothing here, or that the page's policy forbids. */
const SUPERFLUOUS =
  / (?:style|class|role|aria-[a-z]+|pointer-events|font-family|xmlns:xlink|xmlns|version)="[^"]*"| opacity="1"/g;

function tidy(svg: string, className: string): string {
  let text = svg
    .replace(/<text [^>]*\bopacity="0"[^>]*>[^<]*<\/text>/g, '')
    .replace(/<path [^>]*\b(?:class="background"|display="none")[^>]*\/>/g, '')
    // Inside tags only: the text between them may be a user's.
    .replace(/<[^>]+>/g, (tag) => tag.replace(SUPERFLUOUS, '').replace(/-?\d+\.\d+/g, roundNumber));
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/<g(?: [^>]*)?><\/g>/g, '').replace(/<g>((?:(?!<\/?g[ >]).)*)<\/g>/g, '$1');
  }
  return text.replace(/^<svg width="[^"]*" height="[^"]*"/, `<svg class="${className}" aria-hidden="true" focusable="false"`);
}

function roundNumber(number: string): string {
  return String(Number(Number(number).toFixed(1)) + 0);
}
