import { type AsyncBuffer, type FileMetaData, parquetRead, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { columnNames, type HeaderMap, type Layout } from './layout.ts';
import type { RawColumns } from './rows.ts';
import { epochStamp } from './timestamp.ts';

/** Stored units of typed timestamps, per ms. */
const UNITS: Readonly<Record<string, number>> = { MILLIS: 1, MICROS: 1e3, NANOS: 1e6 };

/**
 * Reads plain numeric columns of a Parquet file as they are stored, without a cell in between: several times as fast as rows.
 *
 * @param header - places of the layout's columns among `names`
 * @returns undefined when something is not plain (text, decimals, a missing or infinite value): then rows must be read, and say where
 */
export async function readPlainColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  header: HeaderMap,
  layout: Layout,
): Promise<RawColumns | undefined> {
  const elements = metadata.schema.filter(({ num_children }) => num_children === undefined);
  const wanted = [header.timestamp, ...header.columns];
  if (
    elements.length !== names.length ||
    wanted.some((index) => index >= 0 && !isPlain(elements[index]!, index === header.timestamp))
  ) {
    return undefined;
  }
  const length = Number(metadata.num_rows);
  const read = new Map<string, Float64Array>();
  for (const index of wanted) if (index >= 0) read.set(names[index]!, new Float64Array(length));
  // Without its meaning a timestamp arrives as the integer that is stored.
  const stored = { ...metadata, schema: metadata.schema.map(({ converted_type: _, logical_type: __, ...element }) => element) };
  let filled = 0;
  // One column after the other, so that no more than one lies there twice.
  for (const [name, column] of read) {
    await parquetRead({
      ...{ file, compressors, metadata: stored, columns: [name] },
      onChunk: ({ columnData, rowStart }) => {
        fill(column.subarray(rowStart), columnData as ArrayLike<unknown>);
        filled += columnData.length;
      },
    });
  }
  const time = read.get(names[header.timestamp]!)!;
  const unit = elements[header.timestamp]!;
  const form = filled === length * read.size ? toMoments(time, unitOf(unit)) : undefined;
  if (form === undefined) return undefined;
  const columns = columnNames(layout).map((name, c) => {
    const index = header.columns[c]!;
    return [name, index < 0 ? new Float64Array(length).fill(NaN) : read.get(names[index]!)!] as const;
  });
  const isSound = columns.every(([name, column]) => isFilled(column, layout.required.includes(name)));
  if (!isSound) return undefined;
  const lines = new Float64Array(length);
  for (let i = 0; i < length; i++) lines[i] = i + 1;
  return { time, columns: Object.fromEntries(columns), lines, form };
}

function isPlain({ type, converted_type, logical_type }: SchemaElement, isTime: boolean): boolean {
  if (type !== 'DOUBLE' && type !== 'FLOAT' && type !== 'INT32' && type !== 'INT64') return false;
  if (converted_type === undefined && logical_type === undefined) return true;
  return isTime && type === 'INT64' && (logical_type?.type === 'TIMESTAMP' || converted_type?.startsWith('TIMESTAMP_') === true);
}

/** Units per ms of a typed timestamp; null for a number whose unit its size tells. */
function unitOf({ logical_type, converted_type }: SchemaElement): number | null {
  if (logical_type?.type === 'TIMESTAMP') return UNITS[logical_type.unit] ?? null;
  return converted_type === undefined ? null : (UNITS[converted_type.replace('TIMESTAMP_', '')] ?? null);
}

function fill(column: Float64Array, data: ArrayLike<unknown>): void {
  if (data instanceof Float64Array || data instanceof Float32Array || data instanceof Int32Array) return column.set(data);
  if (data instanceof BigInt64Array) {
    // Halves of the integers: reading them as bigint allocates.
    const halves = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
    for (let i = 0; i < data.length; i++) column[i] = halves[2 * i + 1]! * 4294967296 + (halves[2 * i]! >>> 0);
    return;
  }
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    column[i] = value === null || value === undefined ? NaN : Number(value);
  }
}

/** Turns stored numbers into UTC ms in place; undefined when they are no moments of one form. */
function toMoments(time: Float64Array, unit: number | null): RawColumns['form'] | undefined {
  if (unit !== null) {
    for (let i = 0; i < time.length; i++) time[i] = unit === 1 ? time[i]! : Math.round(time[i]! / unit);
    return time.some(Number.isNaN) ? undefined : 'UTC';
  }
  const form = epochStamp(time[0] ?? NaN)?.form;
  if (form === undefined) return undefined;
  for (let i = 0; i < time.length; i++) {
    const stamp = epochStamp(time[i]!);
    if (stamp?.form !== form) return undefined;
    time[i] = stamp.time;
  }
  return form;
}

function isFilled(column: Float64Array, required: boolean): boolean {
  for (const value of column) if (!(Number.isFinite(value) || (!required && Number.isNaN(value)))) return false;
  return true;
}
