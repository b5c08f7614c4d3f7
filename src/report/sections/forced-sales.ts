import { formatDate } from '../../core/time.ts';
import { type Html, html } from '../escape.ts';
import { type ForcedTrade, forcedTrades } from '../forced.ts';
import { count, money, price, quantity } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';

/** Rows shown per run; the rest is counted. */
const SHOWN = 12;

/** Sales that no strategy asked for, and liquidations: the hidden cost of margin, and of tax without cash. */
export function forcedSales({ runs, currency }: ReportView): Html | null {
  if (runs.every(({ result }) => result.full === null)) return null;
  const forced = runs.map((run) => ({ run, trades: forcedTrades(run) })).filter(({ trades }) => trades.length > 0);
  if (forced.length === 0) {
    return html`<h3>Forced sales and liquidations</h3>
      <p class="prose">None: cash met every margin need and cost, and every tax bill that the account had to pay.</p>`;
  }
  return html`<h3>Forced sales and liquidations</h3>
    ${renderTable({
      name: 'Forced sales and liquidations',
      caption:
        'Coins sold to meet margin calls, tax or negative cash, and positions closed by the venue. To the tax office they are sales like any other.',
      head: ['Date', 'Sold or closed', 'Quantity', 'Price', 'Value', 'Why'],
      groups: forced.map(({ run, trades }) => ({
        title: html`${lineSwatch(run.look)} ${run.name}`,
        rows: [...trades.slice(0, SHOWN).map((trade) => tradeRow(trade, currency)), ...remainder(trades.slice(SHOWN), currency)],
      })),
      look: 'compact sticky stacked',
    })}`;
}

function tradeRow({ time, symbol, quantity: units, price: at, value, why }: ForcedTrade, currency: string): TableRow {
  return { head: formatDate(time), cells: [symbol, quantity(units), price(at, currency), money(value, currency), why] };
}

function remainder(trades: readonly ForcedTrade[], currency: string): TableRow[] {
  if (trades.length === 0) return [];
  const value = trades.reduce((sum, trade) => sum + trade.value, 0);
  return [{ head: `and ${count(trades.length)} more`, cells: ['', '', '', money(value, currency), ''] }];
}
