import { type Html, html } from './escape.ts';
import type { Look } from './looks.ts';

/** A short piece of a run's line, for legends and table heads. */
export function lineSwatch({ stroke, width, dash }: Look): Html {
  return html`<svg class="swatch" viewBox="0 0 26 8" aria-hidden="true" focusable="false">
    <line
      x1="0"
      y1="4"
      x2="26"
      y2="4"
      stroke="${stroke}"
      stroke-width="${Math.max(2, width)}"
      stroke-dasharray="${dash.join(' ')}"
    />
  </svg>`;
}

/** A square in the colour of a kind of cost. */
export function boxSwatch(fill: string, edge: string): Html {
  return html`<svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
    <rect x="0.5" y="0.5" width="11" height="11" fill="${fill}" stroke="${edge}" />
  </svg>`;
}
