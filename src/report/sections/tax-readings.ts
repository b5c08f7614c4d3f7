import { type Html, html } from '../escape.ts';
import { UNDEFINED, difference, money } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';

/** Where the law can be read in several ways: every run replayed under the others, beside the one it was run under. */
export function taxReadings({ runs, currency }: ReportView): Html | null {
  const read = runs.filter(({ result }) => (result.readings ?? []).length > 0);
  if (read.length === 0) return null;
  return html`<h3>Other readings of the law</h3>
    ${renderTable({
      name: 'Other readings of the law',
      caption: `In ${currency}: the same strategy replayed with one thing read otherwise; readings of funding that differ only in when it counts, or leave the same, are not listed. Tax is what was paid, is accrued, and would fall due on a sale of everything at the end. What is left may differ by more: tax that falls due at another time moves cash, and a strategy may trade otherwise for it.`,
      head: ['Reading', 'Tax', 'Left if all were sold', 'Difference'],
      groups: read.map((run) => {
        const { totals, readings } = run.result;
        const own = { reading: 'as run', finalAfterLiquidation: totals.finalAfterLiquidation, taxes: taxesOf(totals) };
        return {
          title: html`${lineSwatch(run.look)} ${run.name}`,
          rows: [own, ...readings!].map(({ reading, taxes, finalAfterLiquidation }) => ({
            head: reading,
            cells: [
              money(taxes, currency, 0),
              money(finalAfterLiquidation, currency, 0),
              reading === own.reading
                ? UNDEFINED
                : difference(money(finalAfterLiquidation - own.finalAfterLiquidation, currency, 0)),
            ],
          })),
        };
      }),
      look: 'compact sticky phrases',
    })}`;
}

function taxesOf({ attribution, taxesOutside, taxAccrued, taxDeferred }: ReportView['benchmark']['result']['totals']): number {
  return attribution.taxes + taxesOutside + taxAccrued + taxDeferred;
}
