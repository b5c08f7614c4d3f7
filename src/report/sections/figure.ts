import { type Chart, type Frame, NARROW, WIDE } from '../charts/frame.ts';
import { type Html, html } from '../escape.ts';
import { renderSvg } from '../svg.ts';

export interface FigureText {
  /** One sentence with the finding: what a reader who does not see the chart is told. */
  readonly label: string;
  /** Below the chart; null for none. */
  readonly caption: string | null;
}

/** A chart drawn twice, for the page's column and for a phone, of which the style sheet shows one. */
export async function figure(
  text: FigureText,
  draw: (frame: Frame) => Chart,
  [wide, narrow]: readonly [Frame, Frame] = [WIDE, NARROW],
): Promise<Html> {
  const drawings = [await renderSvg(draw(wide), 'wide'), await renderSvg(draw(narrow), 'narrow')];
  return html`<figure>
    <div role="img" aria-label="${text.label}">${drawings}</div>
    ${text.caption !== null && html`<figcaption>${text.caption}</figcaption>`}
  </figure>`;
}
