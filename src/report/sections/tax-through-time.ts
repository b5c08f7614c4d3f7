import { civilDate } from '../../core/time.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, closingDay, money } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { NOTHING } from './tax-years.ts';

/** Tax at the last close of each year: paid so far, owed for what was sold, and what a sale of everything would add. */
export function taxThroughTime({ runs, currency }: ReportView): Html | null {
  const taxed = runs
    .map((run) => ({ run, rows: yearEnds(run, currency) }))
    .filter(({ run }) => run.result.full !== null && isTaxed(run));
  if (taxed.length === 0) return null;
  return html`<h3>Accrued, paid and deferred</h3>
    ${renderTable({
      name: 'Tax accrued, paid and deferred',
      caption: `In ${currency}, at the last close of each year. Paid counts bills met from outside the account too. Accrued is owed for what was sold, below 0 where it is a refund; deferred is what selling everything then would add, below 0 where a loss would be of use.`,
      head: ['Close', 'Paid so far', 'Accrued', 'Deferred', 'Sum'],
      groups: taxed.map(({ run, rows }) => ({ title: html`${lineSwatch(run.look)} ${run.name}`, rows })),
      look: 'compact sticky',
    })}`;
}

function isTaxed({ result: { full, taxAccrued } }: ReportRun): boolean {
  return taxAccrued.some((tax) => tax !== 0) || full!.columns.taxDeferred.some((tax) => tax !== 0);
}

function yearEnds({ result: { time, taxAccrued, full } }: ReportRun, currency: string): TableRow[] {
  if (full === null) return [];
  const { taxDeferred } = full.columns;
  const paidIn = new Float64Array(time.length);
  for (const { kind, bar, amount: bill } of full.events) if (kind === 'tax') paidIn[bar] = paidIn[bar]! + bill;
  let paid = 0;
  const amount = (value: number): string => (Math.abs(value) < NOTHING ? UNDEFINED : money(value, currency, 0));
  const rows: TableRow[] = [];
  time.forEach((close, bar) => {
    paid += paidIn[bar]!;
    const next = time[bar + 1];
    // A close at 00:00 on 1 January is the last of the year before.
    if (next !== undefined && civilDate(next - 1).year === civilDate(close - 1).year) return;
    const [accrued, deferred] = [taxAccrued[bar]!, taxDeferred[bar]!];
    rows.push({ head: closingDay(close), cells: [paid, accrued, deferred, paid + accrued + deferred].map(amount) });
  });
  return rows;
}
