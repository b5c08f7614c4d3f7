import { type Html, html } from '../escape.ts';
import type { ReportView } from '../view.ts';
import { bulletList, sharedBy } from './facts.ts';

/** The tax rules applied, in the regime's own words, with their sources; runs under different rules apart. */
export function taxMethod({ runs }: ReportView): Html {
  const groups = sharedBy(runs, ({ result }) => result.assumptions.tax);
  return html`${groups.map(
    ({ names, value: { regime, description, sources } }) =>
      html`<p class="prose">Regime <b>${regime}</b>${groups.length > 1 && ` for ${names.join(', ')}`}.</p>
        ${description.length > 0 && bulletList(description)}
        ${
          sources.length > 0 &&
          html`<p class="note">Sources</p>
            ${bulletList(sources, 'list note')}`
        }`,
  )}`;
}
