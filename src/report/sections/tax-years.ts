import { anniversary, civilDate, formatDate } from '../../core/time.ts';
import type { TaxYear } from '../../tax/ledger.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, money } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { classHeading } from './class-label.ts';

const EXEMPT =
  ' Exempt: what was sold in that year was so little that its gains are not taxed, whatever they are; results of contracts still are.';
/** Less than this, in any currency, is what rounding leaves. */
export const NOTHING = 0.005;

/** Runs under one regime: their results are of the same classes, in one currency. */
interface TaxedAlike {
  readonly regime: string;
  readonly currency: string;
  readonly runs: { readonly run: ReportRun; readonly years: readonly TaxYear[] }[];
}

/** Every assessed tax year of every run: result per class, losses carried on, the bill, when it was due and whether it was paid. */
export function taxYears({ runs, currency }: ReportView): Html | null {
  const groups = taxedAlike(runs, currency);
  if (groups.length === 0) return null;
  return html`<h3>Tax by year</h3>
    ${groups.map((group) => yearTable(group, groups.length > 1 ? `Tax by year, regime ${group.regime}` : 'Tax by year'))}`;
}

function taxedAlike(runs: readonly ReportRun[], accountCurrency: string): TaxedAlike[] {
  const groups = new Map<string, TaxedAlike>();
  for (const run of runs) {
    const years = run.result.full?.taxYears ?? [];
    if (!years.some(hasContent)) continue;
    const { regime, currency } = run.result.assumptions.tax;
    const group = groups.get(regime) ?? { regime, currency: currency ?? accountCurrency, runs: [] };
    group.runs.push({ run, years });
    groups.set(regime, group);
  }
  return [...groups.values()];
}

function yearTable({ regime, currency, runs }: TaxedAlike, name: string): Html {
  const years = runs.flatMap((each) => each.years);
  const classes = [...new Set(years.flatMap(({ results }) => Object.keys(results)))];
  return renderTable({
    name,
    caption: `Regime ${regime}, in ${currency}: result per class before losses carried in, losses carried into the next year, and the bill, below 0 where it is a refund. The year in progress at the end is not assessed: its tax is the accrued line above.${
      years.some(({ exempt }) => exempt) ? EXEMPT : ''
    }`,
    head: ['Year', ...classes.map((each) => classHeading(runs[0]!.run, each)), 'Losses carried on', 'Bill', 'Due', 'Paid'],
    groups: runs.map(({ run, years: own }) => ({
      title: html`${lineSwatch(run.look)} ${run.name}`,
      rows: own.map((year) => yearRow(year, classes, currency)),
    })),
    look: 'compact sticky stacked',
  });
}

function yearRow(year: TaxYear, classes: readonly string[], currency: string): TableRow {
  const carried = Object.values(year.carried).reduce((sum, loss) => sum + loss, 0);
  return {
    head: [yearName(year), ...(year.exempt ? ['exempt'] : []), ...(year.provisional ? ['provisional'] : [])].join(', '),
    cells: [
      ...[...classes.map((name) => year.results[name]), carried, year.tax].map((value) => amount(value, currency)),
      year.tax === 0 ? UNDEFINED : formatDate(year.due),
      year.tax === 0 ? UNDEFINED : year.paid ? 'yes' : 'not yet',
    ],
  };
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
