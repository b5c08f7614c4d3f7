import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import type { DataIssue, IssueList } from '../issue.ts';
import { mapHeader, type Layout } from './layout.ts';
import { RowReader, type RawColumns } from './rows.ts';

const OTHER_DELIMITERS: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/** A file's columns, and the sha256 of its bytes as they lie on disk. */
export interface ReadFile {
  readonly raw: RawColumns;
  readonly sha256: string;
}

/**
 * Streams a CSV file (also `.gz`) with a header line into columns, once; faults go to `issues` with their lines.
 *
 * @param path - the file on disk
 * @param file - how messages call it
 * @returns undefined when it cannot be read to the end, or its header says nothing: then `issues` says why
 */
export async function readCsv(path: string, file: string, layout: Layout, issues: IssueList): Promise<ReadFile | undefined> {
  const hash = createHash('sha256');
  const bytes = createReadStream(path).on('data', (piece) => hash.update(piece));
  const records = new RecordReader(file, layout, issues);
  // Empty lines are kept, so that records count lines; quoted line breaks do not occur in numbers.
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: false });
  parser.on('data', (record: string[]) => records.add(record));
  const drained = new Promise<void>((resolve) => parser.once('close', resolve));
  try {
    await (path.endsWith('.gz') ? pipeline(bytes, createGunzip(), parser) : pipeline(bytes, parser));
    await drained;
  } catch (error) {
    issues.add(streamIssue(error, file, records.line));
    return undefined;
  }
  const raw = records.finish();
  return raw && { raw, sha256: hash.digest('hex') };
}

/** Reads records one by one: the header, then rows of as many fields; the last record's faults may be a truncation. */
class RecordReader {
  readonly #file: string;
  readonly #layout: Layout;
  readonly #issues: IssueList;
  #line = 0;
  #fields = 0;
  #rows: RowReader | undefined;
  #headerFaulty = false;
  // One record is held back, because a short last line means something else than a short line.
  #held: { readonly record: readonly string[]; readonly line: number } | undefined;

  constructor(file: string, layout: Layout, issues: IssueList) {
    this.#file = file;
    this.#layout = layout;
    this.#issues = issues;
  }

  /** Number of the last line seen. */
  get line(): number {
    return this.#line;
  }

  add(record: readonly string[]): void {
    this.#line++;
    if (this.#headerFaulty || (record.length === 1 && record[0]!.trim() === '')) return;
    if (this.#fields === 0) return this.#readHeader(record);
    if (this.#held) this.#readRow(this.#held.record, this.#held.line, false);
    this.#held = { record, line: this.#line };
  }

  finish(): RawColumns | undefined {
    if (this.#headerFaulty) return undefined;
    if (this.#fields === 0) {
      this.#fault('file-empty', 'the file is empty, expected a header line and rows', 1, 'fetch the file again');
      return undefined;
    }
    if (this.#held) this.#readRow(this.#held.record, this.#held.line, true);
    else this.#fault('file-empty', 'there is a header but not one row', 1, 'fetch the file again');
    return this.#rows!.finish();
  }

  #readHeader(record: readonly string[]): void {
    this.#fields = record.length;
    const header = mapHeader(record, this.#layout, this.#file);
    if ('timestamp' in header) {
      this.#rows = new RowReader(this.#file, this.#layout, header, this.#issues);
      return;
    }
    this.#headerFaulty = true;
    const delimiter = Object.keys(OTHER_DELIMITERS).find((mark) => record.length === 1 && record[0]!.includes(mark));
    if (delimiter !== undefined) {
      const message = `fields are separated by ${OTHER_DELIMITERS[delimiter]}, expected commas`;
      this.#fault('delimiter-wrong', message, this.#line, 'export the file again with commas, and points as decimal marks');
    } else if (record.every((cell) => cell.trim() !== '' && !/^[a-z_ ]/i.test(cell))) {
      const columns = ['timestamp', ...this.#layout.required].join(',');
      this.#fault(
        'header-missing',
        `the first line is data, expected the names of the columns`,
        this.#line,
        `put a line like ${columns} on top`,
      );
    } else for (const issue of header) this.#issues.add(issue);
  }

  #readRow(record: readonly string[], line: number, last: boolean): void {
    if (record.length === this.#fields) return this.#rows!.add(record, line);
    const count = `${record.length} ${record.length === 1 ? 'field' : 'fields'}, expected ${this.#fields}`;
    if (last && record.length < this.#fields) {
      this.#fault(
        'file-truncated',
        `the file ends within a line: ${count}`,
        line,
        'fetch the file again, or delete its last line',
      );
    } else
      this.#fault('field-count', `${count} as in the header`, line, 'look for missing or extra commas (also decimal commas)');
  }

  #fault(code: string, message: string, line: number, hint: string): void {
    this.#issues.add({ code, message: `${this.#file}: ${message}`, hint, at: { file: this.#file, line } });
  }
}

/** What broke the reading of a file off, as a fault of the file; anything else is thrown on. @param line - the last one read */
export function streamIssue(error: unknown, file: string, line: number): DataIssue {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') {
    return {
      code: 'file-truncated',
      message: `${file}: the compressed file breaks off`,
      hint: 'fetch the file again',
      at: { file, ...(line > 0 && { line }) },
    };
  }
  if (code.startsWith('Z_')) {
    const hint = 'a name that ends in .gz must hold gzip; fetch the file again';
    const found = line === 0 && message === 'incorrect header check' ? 'it is no gzip file' : 'the compressed file is damaged';
    return { code: 'file-not-gzip', message: `${file}: ${found} (${message})`, hint, at: { file } };
  }
  if (error instanceof CsvError) {
    return {
      code: 'csv-malformed',
      message: `${file}: ${message}`,
      hint: 'look at the quotes near that line',
      at: { file, line: line + 1 },
    };
  }
  throw error;
}
