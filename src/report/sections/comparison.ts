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
    body: html`${cast(view)} ${measureTable(view)} ${differenceTable(view)}`,
  };
}

function cast(view: ReportView): Html {
  const { runs } = view;
  return html`<dl class="cast">
    ${runs.map(
      (run) =>
        html`<dt>${lineSwatch(run.look)}<span>${run.name}</span></dt>
          <dd>${run.result.strategy.summary}${runs.length > 1 && run.yardstick === null && ` ${benchmarkWords(run, view)}`}</dd>`,
    )}
  </dl>`;
}

function benchmarkWords({ isBenchmark, result }: ReportRun, { comparison }: ReportView): string {
  const own = comparison.headline.elsewhere.find(({ benchmark }) => benchmark === result.id);
  return isBenchmark || own === undefined ? 'The benchmark.' : `The benchmark under ${own.regime}.`;
}
