import Table from 'cli-table3';
import pc from 'picocolors';
import type { TaxDocument } from './tax-documents.ts';
import type { Terminal } from './terminal.ts';

/** Gain lines, tax years and open lots as tables, and what was assumed. */
export function taxText(document: TaxDocument, terminal: Terminal): string {
  const { bold, dim } = pc.createColors(terminal.color.out);
  const { gains, years, open, currency, taxCurrency, totals } = document;
  const provisional = gains.some((line) => line.provisional);
  return [
    ...section(bold(`gain lines, ${currency}`), gainTable(document)),
    ...(provisional ? ['* provisional: a later purchase may still change it'] : []),
    ...section(bold(`tax years, ${taxCurrency}`), yearTable(document)),
    `tax in all ${money(totals.tax)} ${taxCurrency}${totals.withheld > 0 ? `, besides ${money(totals.withheld)} ${currency} that were withheld from sales` : ''}`,
    ...section(bold(`held, ${currency}`), open.length === 0 ? null : openTable(document)),
    ...(gains.length === 0 && years.length === 0 ? ['nothing was sold and nothing is taxed'] : []),
    document.description.map((sentence) => dim(sentence)).join('\n'),
    ['not modelled:', ...document.notModelled.map((text) => `  ${text}`)].map((line) => dim(line)).join('\n'),
  ].join('\n\n');
}

function section(title: string, table: string | null): string[] {
  return table === null ? [] : [`${title}\n${table}`];
}

function gainTable({ gains }: TaxDocument): string | null {
  if (gains.length === 0) return null;
  return table(
    ['disposed', 'acquired', 'asset', 'quantity', 'proceeds', 'cost', 'gain', 'class', 'by', 'lines'],
    gains.map((line) => [
      line.disposed,
      line.acquired ?? '',
      line.asset,
      line.quantity === null ? '' : units(line.quantity),
      money(line.proceeds),
      money(line.cost),
      `${money(line.gain)}${line.denied > 0 ? ` (${money(line.denied)} denied)` : ''}${line.provisional ? '*' : ''}`,
      line.class,
      line.rule === '' ? line.kind : line.rule,
      line.lines.join(' '),
    ]),
    [3, 4, 5, 6],
  );
}

function yearTable({ years }: TaxDocument): string | null {
  if (years.length === 0) return null;
  const classes = Object.keys(years[0]!.results);
  const losses = Object.keys(years[0]!.carried).filter((name) => years.some(({ carried }) => carried[name] !== 0));
  return table(
    ['year', ...classes, 'tax', 'due', ...losses.map((name) => `${name} carried`)],
    years.map(({ start, end, results, carried, tax, due, provisional, exempt }) => [
      start.slice(5) === '01-01' ? start.slice(0, 4) : `${start} to ${end}`,
      ...classes.map((name) => money(results[name]!)),
      `${money(tax)}${exempt ? ' (exempt)' : ''}${provisional ? '*' : ''}`,
      due,
      ...losses.map((name) => money(carried[name]!)),
    ]),
    [...classes.keys()].map((k) => k + 1).concat(classes.length + 1, ...losses.map((_, k) => classes.length + 3 + k)),
  );
}

function openTable({ open }: TaxDocument): string {
  return table(
    ['asset', 'wallet', 'acquired', 'quantity', 'cost', 'line'],
    open.map(({ asset, wallet, acquired, quantity, cost, lot }) => [
      asset,
      wallet ?? '',
      acquired ?? 'pool',
      units(quantity),
      money(cost),
      lot === null ? '' : String(lot),
    ]),
    [3, 4],
  );
}

function table(head: readonly string[], rows: readonly string[][], right: readonly number[]): string {
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, k) => (right.includes(k) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
    chars: PLAIN,
  });
  drawn.push(...rows);
  return drawn.toString();
}

const PLAIN = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((name) => [name, '']),
);

function money(value: number): string {
  return (Math.abs(value) < 0.005 ? 0 : value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function units(quantity: number): string {
  return String(Number(quantity.toPrecision(12)));
}
