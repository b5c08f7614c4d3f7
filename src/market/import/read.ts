import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { sha256File } from '../../core/hash.ts';
import { fileError, IssueList } from '../issue.ts';
import { streamIssue } from '../load/csv.ts';
import { readParquet } from '../load/parquet.ts';
import { type RawColumns, RowReader } from '../load/rows.ts';
import { checkRows } from '../load/series-file.ts';
import { headerMapOf } from './fields.ts';
import type { Guess } from './guess.ts';
import { type StampForm, stampReader } from './stamps.ts';

/** A file's rows, oldest first, checked. */
export interface ImportedFile {
  readonly raw: RawColumns;
  readonly sha256: string;
}

/**
 * Reads a whole file as it was guessed or told to be. Rows that come newest first are turned round.
 *
 * @throws {DataError} all its faults at once, with their lines
 */
export async function readGuessed(guess: Guess, form: StampForm): Promise<ImportedFile> {
  const { path, file, layout } = guess;
  const issues = new IssueList();
  const reader = new RowReader(file, layout, headerMapOf(guess.fields, layout), issues, stampReader(form));
  if (guess.form === 'parquet') {
    const table = { header: headerMapOf(guess.fields, layout), readStamp: stampReader(form) };
    const read = await readParquet(path, file, layout, issues, table);
    if (read === undefined) throw fileError(file, issues);
    return finish(read.raw, guess, issues, read.sha256);
  }
  await readText(guess, reader, issues);
  return finish(reader.finish(), guess, issues, await sha256File(path));
}

async function readText(guess: Guess, reader: RowReader, issues: IssueList): Promise<void> {
  const { path, file, delimiter, width } = guess;
  const first = guess.skipped + (guess.header ? 1 : 0);
  let line = 0;
  const parser = parse({ bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
  parser.on('data', (record: string[]) => {
    line++;
    if (line <= first || (record.length === 1 && record[0]!.trim() === '')) return;
    if (record.length === width) return reader.add(record, line);
    const message = `${file}: ${record.length} ${record.length === 1 ? 'field' : 'fields'}, expected ${width}`;
    issues.add({
      code: 'field-count',
      message,
      hint: 'look for missing or extra separators, or a line that breaks off',
      at: { file, line },
    });
  });
  const drained = new Promise<void>((resolve) => parser.once('close', resolve));
  const bytes = createReadStream(path);
  try {
    await (path.endsWith('.gz') ? pipeline(bytes, createGunzip(), parser) : pipeline(bytes, parser));
    await drained;
  } catch (error) {
    issues.add(streamIssue(error, file, line));
  }
}

function finish(raw: RawColumns, { file, layout }: Guess, issues: IssueList, sha256: string): ImportedFile {
  if (raw.time.length === 0 && issues.count === 0) {
    issues.add({ code: 'file-empty', message: `${file}: there is not one row`, hint: 'fetch the file again', at: { file } });
  }
  const oldestFirst = raw.time.length > 1 && raw.time.at(-1)! < raw.time[0]! ? turned(raw) : raw;
  checkRows(file, oldestFirst, layout, issues);
  if (issues.count > 0) throw fileError(file, issues);
  return { raw: oldestFirst, sha256 };
}

function turned({ time, columns, lines, form }: RawColumns): RawColumns {
  const reversed = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.toReversed()]));
  return { time: time.toReversed(), columns: reversed, lines: lines.toReversed(), form };
}
