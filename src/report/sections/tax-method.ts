import { type Html, type HtmlValue, html } from '../escape.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { bulletList, withCode } from './facts.ts';

/** The tax rules applied, in the regime's own words, with their sources: what runs under one regime have in common once. */
export function taxMethod({ runs }: ReportView): Html {
  const regimes = new Map<string, ReportRun[]>();
  for (const run of runs) {
    const { regime } = run.result.assumptions.tax;
    regimes.set(regime, [...(regimes.get(regime) ?? []), run]);
  }
  return html`${[...regimes].map(([regime, taxed]) => {
    const description = sentences(taxed);
    const sources = [...new Set(taxed.flatMap(({ result }) => result.assumptions.tax.sources))];
    return html`<p class="prose">Regime <b>${regime}</b>${regimes.size > 1 && ` for ${namesOf(taxed)}`}.</p>
      ${description.length > 0 && bulletList(description)}
      ${
        sources.length > 0 &&
        html`<p class="note">Sources</p>
          ${bulletList(sources, 'list note')}`
      }`;
  })}`;
}

/** Every sentence once; where it does not hold for all runs, with those it holds for. */
function sentences(runs: readonly ReportRun[]): HtmlValue[] {
  const lists = runs.map(({ result }) => result.assumptions.tax.description);
  return inOneOrder(lists).map((sentence) => {
    const held = runs.filter((_, index) => lists[index]!.includes(sentence));
    return held.length === runs.length ? sentence : html`<b>${namesOf(held)}</b>: ${withCode(sentence)}`;
  });
}

/** What any of the lists holds; a sentence that is new in a list goes before what follows it there. */
function inOneOrder(lists: readonly (readonly string[])[]): string[] {
  const order: string[] = [];
  for (const list of lists) {
    list.forEach((sentence, place) => {
      if (order.includes(sentence)) return;
      const next = list.slice(place).find((later) => order.includes(later));
      order.splice(next === undefined ? order.length : order.indexOf(next), 0, sentence);
    });
  }
  return order;
}

function namesOf(runs: readonly ReportRun[]): string {
  return runs.map(({ name }) => name).join(', ');
}
