import { printable } from './names.ts';

/** Markup that may be written into the page as it is. Only `html` and `trusted` make it; everything else is text and is escaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: text and numbers are escaped, lists are joined, null and false leave nothing. */
export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

/**
 * Tagged template for markup: every value is escaped unless it is `Html` already, so names and tags of users stay text. Line breaks
 * and indentation of the template become one line break.
 *
 * Attribute values must stand in double quotes; `<style>` and `<script>` are written with `trusted`, whose bytes stay as they are.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = unindented(strings[0]!);
  for (let i = 0; i < values.length; i++) markup += toMarkup(values[i]!) + unindented(strings[i + 1]!);
  return new Html(markup);
}

/** Declares a string to be markup: for what the program wrote itself (an SVG, a style sheet), never for input. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and in quoted attributes; control characters become U+FFFD. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** JSON that cannot end the script element it stands in. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

function toMarkup(value: HtmlValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(toMarkup).join('');
  return escapeHtml(String(value));
}

function unindented(markup: string): string {
  return markup.replace(/\s*\n\s*/g, '\n');
}
