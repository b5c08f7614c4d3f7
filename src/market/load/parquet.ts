import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { sha256File } from '../../core/hash.ts';
import { DAY } from '../../core/time.ts';
import type { IssueList } from '../issue.ts';
import type { ReadFile } from './csv.ts';
import { columnNames, type HeaderMap, mapHeader, type Layout } from './layout.ts';
import { readPlainColumns } from './parquet-columns.ts';
import { RowReader, type Moment } from './rows.ts';
import type { Stamp } from './timestamp.ts';

/** Rows read at once: bounds the memory taken by cells that are not yet columns. */
const BATCH_ROWS = 100_000;

/** Typed timestamps arrive as moments, whatever their unit. */
const parsers = {
  timestampFromMilliseconds: (milliseconds: bigint): Moment => ({ moment: Number(milliseconds) }),
  timestampFromMicroseconds: (microseconds: bigint): Moment => ({ moment: Math.round(Number(microseconds) / 1e3) }),
  timestampFromNanoseconds: (nanoseconds: bigint): Moment => ({ moment: Math.round(Number(nanoseconds) / 1e6) }),
  dateFromDays: (days: number): Moment => ({ moment: days * DAY }),
};

/** How a table is read whose columns do not have the names of the layout. */
export interface TableForm {
  readonly header: HeaderMap;
  /** Reads stamps that are text. */
  readonly readStamp: (text: string) => Stamp | undefined;
}

/** As `readCsv`, from a Parquet file with flat columns; the lines of its faults are row numbers. */
export async function readParquet(
  path: string,
  file: string,
  layout: Layout,
  issues: IssueList,
  form?: TableForm,
): Promise<ReadFile | undefined> {
  const buffer = await asyncBufferFromFile(path);
  let rows: RowReader;
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    const header = form?.header ?? mapHeader(names, layout, file);
    if (!('timestamp' in header)) {
      for (const issue of header) issues.add(issue);
      return undefined;
    }
    const plain = await readPlainColumns(buffer, metadata, names, header, layout);
    if (plain && plain.time.length > 0) return { raw: plain, sha256: await sha256File(path) };
    // Only the columns of the layout are read; their places in the read rows follow from the order asked for.
    const wanted = [header.timestamp, ...header.columns].filter((index) => index >= 0);
    const columns = wanted.map((index) => names[index]!);
    const places = { timestamp: 0, columns: header.columns.map((index) => (index < 0 ? -1 : columns.indexOf(names[index]!))) };
    rows = new RowReader(file, layout, places, issues, form?.readStamp);
    const total = Number(metadata.num_rows);
    for (let start = 0; start < total; start += BATCH_ROWS) {
      const range = { rowStart: start, rowEnd: Math.min(total, start + BATCH_ROWS) };
      const onComplete = (cells: unknown[][]) => cells.forEach((row, i) => rows.add(row, start + i + 1));
      await parquetRead({ file: buffer, metadata, columns, compressors, parsers, ...range, onComplete });
    }
    if (total === 0) {
      const message = `${file}: there are columns (${columnNames(layout).join(', ')}) but not one row`;
      issues.add({ code: 'file-empty', message, at: { file } });
      return undefined;
    }
  } catch (error) {
    const message = `${file}: it is no Parquet file, is cut off or damaged (${(error as Error).message})`;
    issues.add({ code: 'parquet-malformed', message, hint: 'fetch or write the file again, with flat columns', at: { file } });
    return undefined;
  }
  return { raw: rows.finish(), sha256: await sha256File(path) };
}
