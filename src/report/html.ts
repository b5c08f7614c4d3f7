import { createHash } from 'node:crypto';
import type { Comparison } from '../analysis/comparison.ts';
import { dataBlock } from './data/block.ts';
import { type Html, html, scriptJson, trusted } from './escape.ts';
import { printable } from './names.ts';
import { SCRIPT } from './script.ts';
import { comparisonSection } from './sections/comparison.ts';
import { costsSection } from './sections/costs.ts';
import { drawdownSection } from './sections/drawdowns.ts';
import { growthSection } from './sections/growth.ts';
import { methodSection } from './sections/method.ts';
import type { Section } from './sections/section.ts';
import { verdictSection } from './sections/verdict.ts';
import { STYLE } from './style.ts';
import { type ReportView, openView } from './view.ts';

/**
 * The HTML report of a comparison: one file that asks for nothing, whole without JavaScript, the same bytes for the same result.
 *
 * Works from a comparison in memory or read back from disk; runs with lean records lack the figures that need full ones.
 */
export async function renderReport(comparison: Comparison): Promise<string> {
  const view = openView(comparison);
  const sections = [
    verdictSection(view),
    comparisonSection(view),
    await growthSection(view),
    await drawdownSection(view),
    await costsSection(view),
    methodSection(view),
  ];
  return page(view, sections).markup;
}

function page(view: ReportView, sections: readonly Section[]): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="kedge ${view.benchmark.result.manifest.version}" />
        <title>${printable(view.comparison.name)}</title>
        ${trusted(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#verdict">Skip to the verdict</a>
        <div class="page">
          <aside>
            <nav aria-label="Contents">
              <ul>
                ${sections.map(({ id, entry }) => html`<li><a href="#${id}">${entry}</a></li>`)}
              </ul>
            </nav>
            <div class="controls" hidden><button type="button">Light / dark</button><button type="button">Print</button></div>
          </aside>
          <main>${sections.map(renderSection)}</main>
        </div>
        ${trusted(`<script type="application/json" id="kedge-data">${scriptJson(dataBlock(view))}</script>`)}
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `;
}

function renderSection({ id, title, body }: Section): Html {
  return html`<section id="${id}">${title !== null && html`<h2>${title}</h2>`} ${body}</section> `;
}

/** Nothing is loaded, and nothing runs but the style sheet and the script of this very page. */
function policy(): string {
  return `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${sourceHash(STYLE)}; script-src ${sourceHash(SCRIPT)}`;
}

function sourceHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
