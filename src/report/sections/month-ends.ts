import { type Html, html } from '../escape.ts';
import { closingDay } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';

/** A time chart's values at month ends, folded away: the exact figures, and a screen reader's way in. */
export function monthEndTable(
  { time, benchmark }: ReportView,
  name: string,
  columns: readonly { readonly run: ReportRun; readonly values: Float64Array }[],
  text: (value: number) => string,
): Html {
  const bars = Array.from(benchmark.result.monthEnds.bar);
  return html`<details>
    <summary>Show the month-end values as a table</summary>
    ${renderTable({
      name,
      head: ['Day', ...columns.map(({ run }) => html`${lineSwatch(run.look)}${run.name}`)],
      groups: [
        {
          title: null,
          rows: bars.map((bar) => ({ head: closingDay(time[bar]!), cells: columns.map(({ values }) => text(values[bar]!)) })),
        },
      ],
      look: 'compact sticky',
    })}
  </details>`;
}
