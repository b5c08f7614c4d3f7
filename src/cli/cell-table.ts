import Table from 'cli-table3';
import { wrapped } from '../report/text-table.ts';

/** Columns with lines between them, a row of headings and rows of cells. `\n` breaks a heading. */
export interface CellTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of figures: to the right, and broken at blanks only. */
  readonly right: readonly number[];
  /** How many of the first columns tell what a row is. */
  readonly keys: number;
}

/** Characters of a column beside its cells: a blank on either side, and the line to the next. */
const FRAME = 3;
/** Columns of words are not made narrower than this, by which dates stay whole. */
const NARROWEST = 12;

/**
 * A table that fits a width: cells are broken into lines where they must be, the widest columns first. Where that is not enough the table
 * is continued below, with the columns that tell what a row is repeated; a single column of figures may still be wider.
 */
export function cellTable({ head, rows, right, keys }: CellTable, width: number): string {
  const columns = head.map((name, k) =>
    columnOf(
      name,
      rows.map((row) => row[k]!),
      right.includes(k),
    ),
  );
  return groupsThatFit(columns, keys, width)
    .map((group) => drawn(shrunk(group, width), rows.length))
    .join('\n\n');
}

interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly right: boolean;
  /** Characters of its longest line, and of what cannot be broken. */
  readonly natural: number;
  readonly least: number;
}

function columnOf(head: string, cells: readonly string[], right: boolean): Column {
  const longest = (texts: readonly string[], at: RegExp): number =>
    Math.max(...texts.flatMap((text) => text.split(at)).map((part) => part.length));
  const word = longest(cells, / /);
  const least = Math.max(longest([head], /\s/), right ? word : Math.min(word, NARROWEST));
  return { head, cells, right, natural: longest([head, ...cells], /\n/), least };
}

function groupsThatFit(columns: readonly Column[], keys: number, width: number): Column[][] {
  const needed = (group: readonly Column[]): number => framed(group.map(({ least }) => least));
  if (needed(columns) <= width) return [[...columns]];
  const widest = (repeated: number): number =>
    needed([...columns.slice(0, repeated), columns.slice(repeated).reduce((a, b) => (a.least > b.least ? a : b))]);
  let repeated = keys;
  while (repeated > 0 && widest(repeated) > width) repeated--;
  const groups: Column[][] = [columns.slice(0, repeated)];
  for (const column of columns.slice(repeated)) {
    const last = groups.at(-1)!;
    if (last.length > repeated && needed([...last, column]) > width) groups.push([...columns.slice(0, repeated), column]);
    else last.push(column);
  }
  return groups;
}

function framed(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + FRAME, -1);
}

/** Columns with their cells broken so that together they fit, as far as they can be. */
function shrunk(columns: readonly Column[], width: number): Column[] {
  const widths = columns.map(({ natural }) => natural);
  while (framed(widths) > width) {
    const wide = widths.map((each, k) => (each > columns[k]!.least ? each : 0));
    const widest = wide.indexOf(Math.max(...wide));
    if (wide[widest] === 0) break;
    widths[widest]!--;
  }
  return columns.map((column, k) => ({
    ...column,
    head: column.head
      .split('\n')
      .flatMap((line) => wrapped(line, widths[k]!))
      .join('\n'),
    cells: column.cells.map((cell) => broken(cell, widths[k]!).join('\n')),
  }));
}

/** As `wrapped`; a word that is still too long is cut. */
function broken(text: string, width: number): string[] {
  return wrapped(text, width).flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']);
}

function drawn(columns: readonly Column[], rows: number): string {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
    chars: PLAIN,
  });
  for (let row = 0; row < rows; row++) table.push(columns.map(({ cells }) => cells[row]!));
  return table.toString();
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
