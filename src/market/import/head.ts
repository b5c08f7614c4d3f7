import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { DataError } from '../../core/errors.ts';
import { formatStamp } from '../../core/time.ts';

/** The beginning of a file to be imported. */
export interface Head {
  readonly form: 'csv' | 'parquet';
  /** Between fields; empty for Parquet. */
  readonly delimiter: string;
  /** What stands before the table: a link, a title. Their lines, from 1. */
  readonly skipped: number;
  /** The first records as they stand, maybe with a header; of Parquet the names of the columns come first. */
  readonly records: readonly (readonly string[])[];
}

/** Bytes of text that are looked at. */
const LOOK = 64 * 1024;
const PARQUET_ROWS = 200;
const DELIMITERS = [',', ';', '\t', '|'];

/** What is no table of text, by its first bytes, and how to make one of it. */
const FOREIGN: readonly (readonly [magic: string, what: string, hint: string])[] = [
  [
    'ARROW1',
    'a feather file',
    'convert it first; with freqtrade: freqtrade convert-data --format-from feather --format-to parquet',
  ],
  ['FEA1', 'a feather file', 'convert it first, for example with pandas: read_feather(…).to_parquet(…)'],
  ['PK\u0003\u0004', 'a zip archive', 'unpack it and import the folder'],
  ['\u0089HDF', 'an HDF5 file', 'convert it first, for example with pandas: read_hdf(…).to_parquet(…)'],
  ['{', 'JSON', 'write it as CSV with a header line'],
  ['[', 'JSON', 'write it as CSV with a header line'],
];

/**
 * Looks at the beginning of a file.
 *
 * @param file - how messages call it
 * @throws {DataError} `import-form-unknown` for what is neither text nor Parquet, with advice; `file-empty`, `file-not-gzip`,
 *   `parquet-malformed`
 */
export async function readHead(path: string, file: string): Promise<Head> {
  const bytes = await firstBytes(path, file);
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') return parquetHead(path, file);
  const start = bytes.subarray(0, 8).toString('latin1');
  const foreign = FOREIGN.find(([magic]) => start.startsWith(magic));
  if (foreign || bytes.includes(0)) {
    const [, what, hint] = foreign ?? ['', 'no text', 'import takes CSV and Parquet'];
    throw new DataError('import-form-unknown', `${file} is ${what}, expected CSV or Parquet`, { hint, at: { file: path } });
  }
  return textHead(bytes.toString('utf8').replace(/^\uFEFF/, ''), bytes.length >= LOOK, file, path);
}

async function firstBytes(path: string, file: string): Promise<Buffer> {
  const source = createReadStream(path);
  const stream = path.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  // A pipe does not hand on what goes wrong before it.
  source.on('error', (error) => stream.destroy(error));
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stream) {
      pieces.push(piece as Buffer);
      length += (piece as Buffer).length;
      if (length >= LOOK) break;
    }
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (!code.startsWith('Z_') || length > 0) {
      if (length > 0) return Buffer.concat(pieces).subarray(0, LOOK);
      throw cause;
    }
    const hint = 'a name that ends in .gz must hold gzip; fetch the file again';
    throw new DataError('file-not-gzip', `${file}: ${message}`, { hint, at: { file: path }, cause });
  } finally {
    source.destroy();
  }
  return Buffer.concat(pieces).subarray(0, LOOK);
}

function textHead(text: string, cut: boolean, file: string, path: string): Head {
  const whole = cut ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
  const lines = whole.split(/\r\n|\r|\n/);
  if (lines.every((line) => line.trim() === '')) {
    throw new DataError('file-empty', `${file} is empty`, { hint: 'fetch the file again', at: { file: path } });
  }
  const delimiter = DELIMITERS.reduce((best, mark) => (widthBy(lines, mark) > widthBy(lines, best) ? mark : best));
  const width = widthBy(lines, delimiter);
  const skipped = lines.findIndex((line) => line.split(delimiter).length >= width && line.trim() !== '');
  const table = lines.slice(Math.max(0, skipped)).filter((line) => line.trim() !== '');
  const records = parse(table.join('\n'), { delimiter, relax_column_count: true, relax_quotes: true });
  return { form: 'csv', delimiter, skipped: Math.max(0, skipped), records };
}

/** How many fields most lines have. */
function widthBy(lines: readonly string[], delimiter: string): number {
  const widths = lines.filter((line) => line.trim() !== '').map((line) => line.split(delimiter).length);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

async function parquetHead(path: string, file: string): Promise<Head> {
  try {
    const buffer = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(buffer);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    const rowEnd = Math.min(PARQUET_ROWS, Number(metadata.num_rows));
    const parsers = {
      timestampFromMilliseconds: (ms: bigint) => formatStamp(Number(ms)),
      timestampFromMicroseconds: (us: bigint) => formatStamp(Number(us / 1000n)),
      timestampFromNanoseconds: (ns: bigint) => formatStamp(Number(ns / 1_000_000n)),
    };
    const rows = await parquetReadObjects({ file: buffer, metadata, compressors, parsers, rowEnd });
    const records = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
    return { form: 'parquet', delimiter: '', skipped: 0, records };
  } catch (cause) {
    throw new DataError('parquet-malformed', `${file}: ${(cause as Error).message}`, {
      hint: 'write the file again as Parquet with flat columns',
      at: { file: path },
      cause,
    });
  }
}
