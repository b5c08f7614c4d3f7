import CliTable from 'cli-table3';
import type picocolors from 'picocolors';
import { shortened } from './names.ts';

/** One column of figures: a heading, `\n` between its lines, and a cell per name. */
export interface TextColumn {
  readonly head: string;
  readonly cells: readonly string[];
}

export interface TextTable {
  /** Heading of the names. */
  readonly head: string;
  readonly names: readonly string[];
  readonly columns: readonly TextColumn[];
}

/** Blank characters between columns. */
const GAP = 2;
/** A name longer than this is cut, so that figures have room; that of a tax regime should still have some. */
export const LONGEST_NAME = 30;

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, ''] as const),
  ),
);

/**
 * A table as lines of text, without frames. Where it is wider than `width`, it is continued below with the names repeated; a single
 * column may still be wider.
 */
export function textTables(
  { head, names, columns }: TextTable,
  width: number,
  colors: ReturnType<typeof picocolors.createColors>,
): string[] {
  const short = names.map((name) => shortened(name, LONGEST_NAME));
  const nameWidth = Math.max(head.length, ...short.map((name) => name.length));
  return groupsThatFit(columns, width - nameWidth).flatMap((group, index) => {
    const table = new CliTable({
      head: [head, ...group.map((column) => column.head)].map((text) => text.replace(/[^\n]+/g, colors.dim)),
      colAligns: ['left', ...group.map(() => 'right' as const)],
      chars: { ...NO_LINES, middle: ' '.repeat(GAP) },
      // Heads and frames would else be red and grey whatever was asked for.
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    });
    short.forEach((name, row) => table.push([name, ...group.map(({ cells }) => cells[row]!)]));
    const lines = table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd());
    return index === 0 ? lines : ['', ...lines];
  });
}

/** Longer lines of prose are hard to read however wide the terminal. */
export const PROSE_WIDTH = 100;

/**
 * Text broken at spaces into lines of at most `width` characters, where its words allow.
 *
 * @param hang - how much narrower all lines but the first are to be
 */
export function wrapped(text: string, width: number, hang = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - (lines.length > 0 ? hang : 0)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function groupsThatFit(columns: readonly TextColumn[], room: number): TextColumn[][] {
  const groups: TextColumn[][] = [];
  let left = 0;
  for (const column of columns) {
    const needed = GAP + Math.max(...[...column.head.split('\n'), ...column.cells].map((text) => text.length));
    if (groups.length === 0 || needed > left) {
      groups.push([]);
      left = room;
    }
    groups.at(-1)!.push(column);
    left -= needed;
  }
  return groups;
}
