import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { formatStamp } from '../../core/time.ts';
import { columnNames, type Layout } from '../load/layout.ts';

/** Forms a data file can be written in. */
export const FORMATS = ['csv', 'csv.gz', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** Rows of a data file, as a reader gives them. */
export interface Rows {
  /** UTC ms */
  readonly time: Float64Array;
  /** By name of the layout's columns; NaN is written as nothing. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Rows put into text at once. */
const BATCH = 10_000;
const ROW_GROUP = 500_000;

/**
 * A data file as bytes: read back, it gives the same numbers. Optional columns without a single value are left out. The same rows give
 * the same bytes.
 */
export function encodeRows(rows: Rows, layout: Layout, format: Format): Uint8Array {
  const names = columnNames(layout).filter(
    (name) => layout.required.includes(name) || rows.columns[name]!.some((value) => !Number.isNaN(value)),
  );
  switch (format) {
    case 'csv':
      return csvOf(rows, names);
    case 'csv.gz':
      return gzipSync(csvOf(rows, names));
    case 'parquet':
      return parquetOf(rows, names);
    default:
      return format satisfies never;
  }
}

function csvOf({ time, columns }: Rows, names: readonly string[]): Uint8Array {
  const pieces = [Buffer.from(`${['timestamp', ...names].join(',')}\n`)];
  const values = names.map((name) => columns[name]!);
  for (let start = 0; start < time.length; start += BATCH) {
    let text = '';
    for (let row = start; row < Math.min(time.length, start + BATCH); row++) {
      text += formatStamp(time[row]!);
      for (const column of values) text += Number.isNaN(column[row]!) ? ',' : `,${column[row]!}`;
      text += '\n';
    }
    pieces.push(Buffer.from(text));
  }
  return Buffer.concat(pieces);
}

// Time stamps are typed, so that other readers see moments. Unknown values are NaN, which every reader of numbers takes.
function parquetOf({ time, columns }: Rows, names: readonly string[]): Uint8Array {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: names.length + 1 },
    {
      ...{ name: 'timestamp', type: 'INT64', repetition_type: 'REQUIRED', converted_type: 'TIMESTAMP_MILLIS' },
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    },
    ...names.map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' })),
  ];
  const columnData = [
    { name: 'timestamp', data: BigInt64Array.from(time, BigInt), encoding: 'PLAIN' as const },
    ...names.map((name) => ({ name, data: columns[name]!, encoding: 'PLAIN' as const })),
  ];
  return new Uint8Array(parquetWriteBuffer({ schema, columnData, statistics: false, rowGroupSize: ROW_GROUP }));
}
