import { type Html, type HtmlValue, html } from '../escape.ts';
import type { ReportRun } from '../view.ts';

/** A term and what is to be said of it; null leaves the pair out. */
export type Fact = readonly [term: string, text: HtmlValue];

export function factList(facts: readonly Fact[]): Html {
  return html`<dl class="facts">
    ${facts
      .filter(([, text]) => text !== null)
      .map(
        ([term, text]) =>
          html`<dt>${term}</dt>
            <dd>${text}</dd>`,
      )}
  </dl>`;
}

/** Every different value once, with the names of the runs that have it, in the order of the runs. */
export function sharedBy<T>(
  runs: readonly ReportRun[],
  pick: (run: ReportRun) => T,
): { readonly value: T; readonly names: string[] }[] {
  const groups = new Map<string, { value: T; names: string[] }>();
  for (const run of runs) {
    const value = pick(run);
    const key = JSON.stringify(value);
    const group = groups.get(key);
    if (group) group.names.push(run.name);
    else groups.set(key, { value, names: [run.name] });
  }
  return [...groups.values()];
}

/** One text where all runs agree; else every different text once, with the runs it holds for. */
export function perRun(runs: readonly ReportRun[], text: (run: ReportRun) => string): HtmlValue {
  const groups = sharedBy(runs, text);
  if (groups.length === 1) return groups[0]!.value;
  return groups.map(({ value, names }) => html`<div>${names.join(', ')}: ${value}</div>`);
}

export function bulletList(items: readonly HtmlValue[], className = 'list'): Html {
  return html`<ul class="${className}">
    ${items.map((item) => html`<li>${typeof item === 'string' ? withCode(item) : item}</li>`)}
  </ul>`;
}

/** Text whose `backticks` are code. */
export function withCode(text: string): HtmlValue {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** Enough of a hash to tell two apart; the whole is in the run's manifest. */
export function shortHash(hash: string): Html {
  return html`<code>${hash.slice(0, 16)}</code>`;
}
