import { formatDate } from '../../core/time.ts';
import { type Html, html } from '../escape.ts';
import { count, money, quantity } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';

/** Rows shown per run; the rest is counted. */
const SHOWN = 10;

/** Sales that no strategy asked for, and liquidations: the hidden cost of margin and of tax without cash. */
export function forcedSales({ runs, currency }: ReportView): Html | null {
  if (runs.every(({ result }) => result.full === null)) return null;
  const forced = runs.map((run) => ({ run, rows: forcedRows(run, currency) })).filter(({ rows }) => rows.length > 0);
  if (forced.length === 0) {
    return html`<h3>Forced sales and liquidations</h3>
      <p class="prose">None: every margin need, cost and tax bill was met from cash.</p>`;
  }
  return html`<h3>Forced sales and liquidations</h3>
    ${renderTable({
      name: 'Forced sales and liquidations',
      caption:
        'Coins sold to meet margin calls, tax or negative cash, and positions closed by the venue; all are taxable disposals.',
      head: ['Date', 'Sold or closed', 'Quantity', 'Price', 'Value', 'Why'],
      groups: forced.map(({ run, rows }) => ({
        title: html`${lineSwatch(run.look)} ${run.name}`,
        rows:
          rows.length <= SHOWN
            ? rows
            : [
                ...rows.slice(0, SHOWN),
                {
                  head: `and ${count(rows.length - SHOWN)} more`,
                  cells: ['', '', '', '', { content: 'in the run’s fills', className: 'wrap' }],
                },
              ],
      })),
      look: 'compact sticky',
    })}`;
}

function forcedRows({ result }: ReportRun, currency: string): TableRow[] {
  if (result.full === null) return [];
  const { fills } = result.full;
  const rows: TableRow[] = [];
  fills.cause.forEach((cause, index) => {
    if (cause !== 'forced' && cause !== 'liquidation') return;
    const units = fills.quantity[index]!;
    const price = fills.price[index]!;
    const inverse = result.instruments.some(({ symbol, contract }) => symbol === fills.symbol[index] && contract === 'inverse');
    rows.push({
      head: formatDate(fills.time[index]!),
      cells: [
        fills.symbol[index]!,
        quantity(Math.abs(units)),
        money(price, currency),
        money(Math.abs(units) * (inverse ? 1 : price), currency),
        { content: fills.tag[index]!, className: 'wrap' },
      ],
    });
  });
  return rows;
}
