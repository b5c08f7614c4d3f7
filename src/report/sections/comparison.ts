import { type Html, html } from '../escape.ts';
import { countWord } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { differenceTable } from './differences.ts';
import { measureTable } from './measure-table.ts';
import type { Section } from './section.ts';

/** Which is better at what: every measure for every run, then the differences to the benchmark with their intervals. */
export function comparisonSection(view: ReportView): Section {
  const { runs } = view;
  const names = new Set(runs.map(({ result }) => result.strategy.name));
  // A strategy may run several times, with other parameters or under another tax regime.
  const what = names.size === runs.length ? 'strategies' : 'runs';
  return {
    id: 'comparison',
    entry: 'Comparison',
    title: runs.length === 1 ? 'How did the strategy do?' : `How do the ${countWord(runs.length)} ${what} compare?`,
    body: html`${cast(runs)} ${measureTable(view)} ${differenceTable(view)}`,
  };
}

function cast(runs: readonly ReportRun[]): Html {
  return html`<dl class="cast">
    ${runs.map(
      ({ name, look, isBenchmark, result }) =>
        html`<dt>${lineSwatch(look)}<span>${name}</span></dt>
          <dd>${result.strategy.summary}${isBenchmark && runs.length > 1 && ' The benchmark.'}</dd>`,
    )}
  </dl>`;
}
