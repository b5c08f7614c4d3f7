import { clip } from '../../core/clip.ts';
import { GrowingColumn } from '../../core/column.ts';
import type { IssueList } from '../issue.ts';
import { columnNames, type HeaderMap, type Layout } from './layout.ts';
import { epochStamp, parseStamp, type Stamp, type StampForm } from './timestamp.ts';

/** A file's content as read, before its rows are checked against each other. */
export interface RawColumns {
  /** UTC ms, in the file's order. */
  readonly time: Float64Array;
  /** By name of the layout's columns. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Line (CSV) or row (Parquet) of each value, 1-based; they differ from the index once a line was faulty or blank. */
  readonly lines: Float64Array;
  /** null for a file without rows. */
  readonly form: StampForm | null;
}

/** A cell of a format that has a type for timestamps, UTC ms. */
export interface Moment {
  readonly moment: number;
}

/** Turns cells into columns; a row with a fault is reported and left out. */
export class RowReader {
  readonly #file: string;
  readonly #layout: Layout;
  readonly #header: HeaderMap;
  readonly #issues: IssueList;
  readonly #names: readonly string[];
  readonly #columns: readonly GrowingColumn[];
  readonly #row: Float64Array;
  readonly #readStamp: (text: string) => Stamp | undefined;
  readonly #time = new GrowingColumn();
  readonly #lines = new GrowingColumn();
  #form: StampForm | null = null;
  #formLine = 0;

  /** @param readStamp - reads stamps that are text */
  constructor(
    file: string,
    layout: Layout,
    header: HeaderMap,
    issues: IssueList,
    readStamp: (text: string) => Stamp | undefined = parseStamp,
  ) {
    this.#readStamp = readStamp;
    this.#file = file;
    this.#layout = layout;
    this.#header = header;
    this.#issues = issues;
    this.#names = columnNames(layout);
    this.#columns = this.#names.map(() => new GrowingColumn());
    this.#row = new Float64Array(this.#names.length);
  }

  /** @param cells - text, or what a typed format holds: numbers, bigints, moments, null */
  add(cells: readonly unknown[], line: number): void {
    const time = this.#timeOf(cells[this.#header.timestamp], line);
    let sound = time !== undefined;
    for (let c = 0; c < this.#names.length; c++) {
      const index = this.#header.columns[c]!;
      const cell = index < 0 ? null : cells[index];
      // Typed formats write NaN for nothing.
      const empty = cell === null || cell === undefined || cell === '' || Number.isNaN(cell);
      const value = empty ? NaN : typeof cell === 'string' ? numberOf(cell) : Number(cell);
      this.#row[c] = value;
      if (empty ? c >= this.#layout.required.length : Number.isFinite(value)) continue;
      sound = false;
      const found = empty ? 'is empty' : `is ${JSON.stringify(clip(String(cell)))}`;
      this.#fault('number-invalid', `${this.#names[c]} ${found}, expected a number`, line);
    }
    if (!sound) return;
    this.#time.push(time!);
    this.#lines.push(line);
    for (let c = 0; c < this.#columns.length; c++) this.#columns[c]!.push(this.#row[c]!);
  }

  finish(): RawColumns {
    return {
      time: this.#time.toColumn(),
      columns: Object.fromEntries(this.#names.map((name, c) => [name, this.#columns[c]!.toColumn()])),
      lines: this.#lines.toColumn(),
      form: this.#form,
    };
  }

  #timeOf(cell: unknown, line: number): number | undefined {
    const stamp = stampOf(cell, this.#readStamp);
    if (!stamp) {
      this.#fault(
        'timestamp-invalid',
        `"${clip(String(cell ?? ''))}" is no timestamp, expected ISO 8601 (2024-03-10T02:00:00Z) or epoch`,
        line,
      );
      return undefined;
    }
    if (this.#form === null) {
      this.#form = stamp.form;
      this.#formLine = line;
    } else if (stamp.form !== this.#form) {
      this.#fault(
        'timestamps-mixed',
        `"${String(cell)}" is in the form "${stamp.form}", line ${this.#formLine} in "${this.#form}"`,
        line,
      );
      return undefined;
    }
    return stamp.time;
  }

  #fault(code: string, message: string, line: number): void {
    const hint =
      code === 'timestamps-mixed' ? 'write every stamp in UTC (…Z), or every one as epoch in the same unit' : undefined;
    this.#issues.add({ code, message: `${this.#file}: ${message}`, at: { file: this.#file, line }, ...(hint && { hint }) });
  }
}

// Number() alone would take '', ' ', '0x10' and 'Infinity'.
function numberOf(text: string): number {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : NaN;
}

function isMoment(cell: unknown): cell is Moment {
  return typeof cell === 'object' && cell !== null && 'moment' in cell;
}

function stampOf(cell: unknown, readStamp: (text: string) => Stamp | undefined): Stamp | undefined {
  if (typeof cell === 'string') return readStamp(cell.trim());
  if (isMoment(cell)) return { time: cell.moment, form: 'UTC' };
  if (typeof cell === 'number' || typeof cell === 'bigint') return epochStamp(Number(cell));
  return undefined;
}
