import { anniversary, civilDate, formatDate } from '../../core/time.ts';
import type { TaxYear } from '../../tax/ledger.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, money } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';

const EXEMPT =
  ' Exempt: what was sold in that year was so little that its gains are not taxed, whatever they are; results of contracts still are.';
/** Less than this, in any currency, is what rounding leaves. */
const NOTHING = 0.005;

/** Every assessed tax year of every run: result per class, losses carried on, the bill, when it was due and whether it was paid. */
export function taxYears({ runs, currency }: ReportView): Html | null {
  const taxed = runs
    .map((run) => ({ run, years: run.result.full?.taxYears ?? [] }))
    .filter(({ years }) => years.some(hasContent));
  if (taxed.length === 0) return null;
  const classes = [...new Set(taxed.flatMap(({ years }) => years.flatMap(({ results }) => Object.keys(results))))];
  return html`<h3>Tax by year</h3>
    ${renderTable({
      name: 'Tax by year',
      caption: `Result per class before losses carried in, losses carried into the next year, and the bill, in the currency of each run’s regime; a bill below 0 is a refund. The year in progress at the end is not assessed: its tax is the accrued line above.${
        taxed.some(({ years }) => years.some(({ exempt }) => exempt)) ? EXEMPT : ''
      }`,
      head: ['Year', ...classes.map(className), 'Losses carried on', 'Bill', 'Due', 'Paid'],
      groups: taxed.map(({ run, years }) => ({
        title: html`${lineSwatch(run.look)} ${run.name}`,
        rows: years.map((year) => ({
          head: [yearName(year), ...(year.exempt ? ['exempt'] : []), ...(year.provisional ? ['provisional'] : [])].join(', '),
          cells: [
            ...[
              ...classes.map((name) => year.results[name]),
              Object.values(year.carried).reduce((sum, loss) => sum + loss, 0),
              year.tax,
            ].map((value) => amount(value, run.result.assumptions.tax.currency ?? currency)),
            year.tax === 0 ? UNDEFINED : formatDate(year.due),
            year.tax === 0 ? UNDEFINED : year.paid ? 'yes' : 'not yet',
          ],
        })),
      })),
      look: 'compact sticky',
    })}`;
}

function amount(value: number | undefined, currency: string): string {
  return value === undefined || Math.abs(value) < NOTHING ? UNDEFINED : money(value, currency, 0);
}

function hasContent({ results, tax }: TaxYear): boolean {
  return tax !== 0 || Object.values(results).some((result) => result !== 0);
}

/** `2021` for a calendar year, else its first and last day. */
function yearName({ start, end }: TaxYear): string {
  const { year, month, day } = civilDate(start);
  if (month === 1 && day === 1 && end === anniversary(start, 1)) return String(year);
  return `${formatDate(start)} to ${formatDate(end - 1)}`;
}

/** `long-term` → `Long-term`. */
function className(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
