import pc from 'picocolors';
import { money } from '../core/figures.ts';
import { wrapped } from '../report/text-table.ts';
import type { YearLabels } from '../tax/year-labels.ts';
import { cellTable, type CellTable } from './cell-table.ts';
import { type Layout, paragraph } from './prose.ts';
import type { TaxDocument } from './tax-documents.ts';
import type { Terminal } from './terminal.ts';

/** Headings of amounts are broken into lines about as wide as the amounts are. */
const HEADING_WIDTH = 14;

/** Gain lines, tax years and open lots as tables, and what was assumed; classes and losses in the regime’s words. */
export function taxText(document: TaxDocument, labels: YearLabels, terminal: Terminal): string {
  const { bold, dim } = pc.createColors(terminal.color.out);
  const { gains, years, open, currency, taxCurrency, totals } = document;
  const provisional = gains.some((line) => line.provisional);
  const prose = (text: string, layout?: Layout): string => paragraph(text, terminal, layout).join('\n');
  const section = (title: string, table: CellTable | null): string[] =>
    table === null ? [] : [`${bold(title)}\n${cellTable(table, terminal.width)}`];
  const withheld = totals.withheld > 0 ? `, besides ${exact(totals.withheld, currency)} that were withheld from sales` : '';
  return [
    ...section(`gain lines, ${currency}`, gainTable(document, labels)),
    ...(provisional ? [prose('* provisional: a later purchase may still change it')] : []),
    ...section(`tax years, ${taxCurrency}`, yearTable(document, labels)),
    prose(`tax in all ${exact(totals.tax, taxCurrency)}${withheld}`),
    ...section(`held, ${currency}`, open.length === 0 ? null : openTable(document)),
    ...(gains.length === 0 && years.length === 0 ? ['nothing was sold and nothing is taxed'] : []),
    document.description.map((sentence) => prose(sentence, { paint: dim })).join('\n'),
    [dim('not modelled:'), ...document.notModelled.map((text) => prose(text, { indent: 2, hang: 2, paint: dim }))].join('\n'),
  ].join('\n\n');
}

function gainTable({ gains, currency }: TaxDocument, labels: YearLabels): CellTable | null {
  if (gains.length === 0) return null;
  return {
    head: ['disposed', 'acquired', 'asset', 'quantity', 'proceeds', 'cost', 'gain', 'class', 'by', 'lines'],
    rows: gains.map((line) => [
      line.disposed,
      line.acquired ?? '',
      line.asset,
      line.quantity === null ? '' : units(line.quantity),
      exact(line.proceeds, currency),
      exact(line.cost, currency),
      `${exact(line.gain, currency)}${line.denied > 0 ? ` (${exact(line.denied, currency)} denied)` : ''}${line.provisional ? '*' : ''}`,
      labels.classes[line.class]!,
      line.rule !== '' ? line.rule : line.kind === 'derivative' ? 'contract' : line.kind,
      line.lines.join(' '),
    ]),
    right: [3, 4, 5, 6],
    keys: 3,
  };
}

function yearTable({ years, taxCurrency }: TaxDocument, labels: YearLabels): CellTable | null {
  if (years.length === 0) return null;
  const classes = Object.keys(years[0]!.results);
  const carriedOf = (year: TaxDocument['years'][number], label: string): number =>
    Object.entries(year.carried).reduce((sum, [name, loss]) => (labels.losses[name] === label ? sum + loss : sum), 0);
  const losses = [...new Set(Object.values(labels.losses))].filter((label) => years.some((year) => carriedOf(year, label) !== 0));
  return {
    head: [
      'year',
      ...classes.map((name) => heading(labels.classes[name]!)),
      'tax',
      'due',
      ...losses.map((label) => heading(`${label} carried on`)),
    ],
    rows: years.map((year) => [
      year.start.slice(5) === '01-01' ? year.start.slice(0, 4) : `${year.start} to ${year.end}`,
      ...classes.map((name) => exact(year.results[name]!, taxCurrency)),
      `${exact(year.tax, taxCurrency)}${year.exempt ? ' (exempt)' : ''}${year.provisional ? '*' : ''}`,
      year.due,
      ...losses.map((label) => exact(carriedOf(year, label), taxCurrency)),
    ]),
    right: [...classes.keys()].map((k) => k + 1).concat(classes.length + 1, ...losses.map((_, k) => classes.length + 3 + k)),
    keys: 1,
  };
}

function heading(label: string): string {
  return wrapped(label, HEADING_WIDTH).join('\n');
}

function openTable({ open, currency }: TaxDocument): CellTable {
  return {
    head: ['asset', 'wallet', 'acquired', 'quantity', 'cost', 'line'],
    rows: open.map(({ asset, wallet, acquired, quantity, cost, lot }) => [
      asset,
      wallet ?? '',
      acquired ?? 'pool',
      units(quantity),
      exact(cost, currency),
      lot === null ? '' : String(lot),
    ]),
    right: [3, 4],
    keys: 3,
  };
}

/** With cents: what a return is checked against. */
function exact(value: number, currency: string): string {
  return money(value, currency, 2);
}

function units(quantity: number): string {
  return String(Number(quantity.toPrecision(12)));
}
