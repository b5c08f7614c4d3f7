import pc from 'picocolors';
import { formatDate } from '../core/time.ts';
import type { Copied } from '../market/write/copy.ts';
import { count, UNDEFINED } from '../report/format.ts';
import { printable } from '../report/names.ts';
import { textTables } from '../report/text-table.ts';
import type { Terminal } from './terminal.ts';

/** Series that were written, as a table, with what was left out below. */
export function copiedText(directory: string, { series, empty }: Copied, terminal: Terminal): string {
  const colors = pc.createColors(terminal.color.out);
  const column = (head: string, cell: (each: (typeof series)[number]) => string) => ({ head, cells: series.map(cell) });
  const table = textTables(
    {
      head: 'Symbol',
      names: series.map(({ symbol }) => printable(symbol)),
      columns: [
        column('Kind', ({ kind }) => kind),
        column('Venue', ({ venue }) => printable(venue)),
        column('Interval', ({ interval }) => interval ?? UNDEFINED),
        column('From', ({ from }) => (from === null ? UNDEFINED : formatDate(from))),
        column('To', ({ to }) => (to === null ? UNDEFINED : formatDate(to))),
        column('Rows', ({ rows }) => count(rows)),
        column('File', ({ file }) => printable(file ?? UNDEFINED)),
      ],
    },
    terminal.width,
    colors,
  );
  const incomplete = series.filter((each) => each.incomplete > 0);
  return [
    ...table,
    '',
    ...incomplete.map(
      (each) => `${colors.yellow('incomplete')} ${printable(each.symbol)}: ${count(each.incomplete)} bars lack a part`,
    ),
    ...(empty.length === 0 ? [] : [`${colors.yellow('left out')}, nothing in the period: ${printable(empty.join(', '))}`]),
    `${directory}: ${series.length} series`,
  ].join('\n');
}
