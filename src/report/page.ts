import { createHash } from 'node:crypto';
import { type Html, html, scriptJson, trusted } from './escape.ts';
import { printable } from './names.ts';
import { SCRIPT } from './script.ts';
import type { Section } from './sections/section.ts';
import { STYLE } from './style.ts';

/** A self-contained page: it asks for nothing and is whole without JavaScript. */
export interface Page {
  readonly title: string;
  /** Of kedge. */
  readonly version: string;
  /** At least one; the first is what the page is about. */
  readonly sections: readonly Section[];
  /** What scripts of the page and readers of its source find as data. */
  readonly data: unknown;
}

/** The page's HTML: contents, sections, data, one style sheet and one script, and a policy that lets nothing else in. */
export function renderPage({ title, version, sections, data }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="kedge ${version}" />
        <title>${printable(title)}</title>
        ${trusted(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#${sections[0]!.id}">Skip to the ${sections[0]!.entry.toLowerCase()}</a>
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
        ${trusted(`<script type="application/json" id="kedge-data">${scriptJson(data)}</script>`)}
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.markup;
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
