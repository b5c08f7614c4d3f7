import { DataError } from '../../core/errors.ts';
import { formatTime } from '../../core/time.ts';
import type { Layout } from '../load/layout.ts';
import { columnNames } from '../load/layout.ts';
import type { Rows } from '../write/encode.ts';

/** The rows of one file, ascending. */
export interface Part extends Rows {
  /** How messages call it. */
  readonly file: string;
  readonly lines: Float64Array;
}

/**
 * Joins files that follow each other into one. Rows that two files share are kept once, if they are the same.
 *
 * @throws {DataError} `import-overlap` where two files say different things of one moment
 */
export function joinParts(parts: readonly Part[], layout: Layout): Part {
  const [first, ...others] = parts.toSorted((a, b) => a.time[0]! - b.time[0]!);
  if (others.length === 0) return first!;
  const all = parts.flatMap((part, index) => Array.from(part.time, (time, row) => ({ time, index, row })));
  all.sort((a, b) => a.time - b.time || a.index - b.index);
  const names = columnNames(layout);
  const same = (a: (typeof all)[number], b: (typeof all)[number]) =>
    names.every((name) => Object.is(parts[a.index]!.columns[name]![a.row], parts[b.index]!.columns[name]![b.row]));
  const kept = all.filter((row, i) => {
    const before = all[i - 1];
    if (before?.time !== row.time) return true;
    if (same(before, row)) return false;
    const [one, other] = [parts[before.index]!, parts[row.index]!];
    const message = `${other.file}, line ${other.lines[row.row]!}: ${formatTime(row.time)} stands in ${one.file}, line ${one.lines[before.row]!}, with other values`;
    throw new DataError('import-overlap', message, {
      hint: 'import the two separately under different venues, or remove one of the lines',
      at: { file: other.file, line: other.lines[row.row]! },
    });
  });
  const pick = (column: (part: Part) => Float64Array) => Float64Array.from(kept, ({ index, row }) => column(parts[index]!)[row]!);
  return {
    file: first!.file,
    time: pick(({ time }) => time),
    lines: pick(({ lines }) => lines),
    columns: Object.fromEntries(names.map((name) => [name, pick(({ columns }) => columns[name]!)])),
  };
}
