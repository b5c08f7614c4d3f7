import { clip } from '../../core/clip.ts';
import { nearest } from '../../core/suggest.ts';
import type { DataIssue } from '../issue.ts';

/** What a file of one kind must and may hold, besides its timestamps; other columns are passed over. */
export interface Layout {
  readonly name: 'bars' | 'funding' | 'open-interest';
  /** Empty cells are a fault. */
  readonly required: readonly string[];
  /** Empty cells are NaN, and so is the whole column when it is absent. */
  readonly optional: readonly string[];
}

export const BARS: Layout = { name: 'bars', required: ['open', 'high', 'low', 'close'], optional: ['volume'] };
export const FUNDING: Layout = { name: 'funding', required: ['rate'], optional: ['mark_price'] };
/** The column may name its unit: `open_interest_btc`, `open_interest_usd`. */
export const OPEN_INTEREST: Layout = { name: 'open-interest', required: ['open_interest'], optional: ['price'] };

const TIMESTAMP = 'timestamp';

/** Where the columns of a layout stand in a file; −1: absent. */
export interface HeaderMap {
  readonly timestamp: number;
  /** In the order of `required`, then `optional`. */
  readonly columns: readonly number[];
}

/** Names of a layout's columns in the order readers deliver them. */
export function columnNames({ required, optional }: Layout): readonly string[] {
  return [...required, ...optional];
}

/** Finds a layout's columns by name, whatever their order; what is missing or doubled is a fault of the header. */
export function mapHeader(header: readonly string[], layout: Layout, file: string): HeaderMap | readonly DataIssue[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const indexOf = (wanted: string) => names.findIndex((name) => name === wanted || name.startsWith(`${wanted}_`));
  const exactly = (wanted: string) => (names.includes(wanted) ? names.indexOf(wanted) : -1);
  const find = layout === OPEN_INTEREST ? indexOf : exactly;
  const needed = [TIMESTAMP, ...layout.required];
  const missing = needed.filter((name) => find(name) < 0);
  const doubled = [...needed, ...layout.optional].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const issue = (code: string, message: string, hint: string) => ({ code, message, hint, at: { file, line: 1 } });
  const issues = [
    ...missing.map((name) =>
      issue(
        'column-missing',
        `${file}: no column "${name}" in the header (${clip(header.join(', '), 200)})`,
        renaming(name, header),
      ),
    ),
    ...doubled.map((name) => issue('column-doubled', `${file}: column "${name}" stands twice in the header`, 'keep one of them')),
  ];
  return issues.length > 0 ? issues : { timestamp: find(TIMESTAMP), columns: columnNames(layout).map(find) };
}

function renaming(name: string, header: readonly string[]): string {
  // What is longer than a name is none, and takes long to compare.
  const near = nearest(
    name,
    header.filter((each) => each.length <= 40),
  );
  return near === undefined ? `add the column, or map the file's own name to "${name}"` : `rename "${near}" to "${name}"`;
}
