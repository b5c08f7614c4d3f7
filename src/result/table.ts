import { parquetMetadata, parquetRead } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

/** A named column of one table: numbers, whole numbers, or text with null for none. */
export type Column = Float64Array | Int32Array | readonly (string | null)[];
export type Columns = Readonly<Record<string, Column>>;

/**
 * Columns of equal length as one Parquet file.
 *
 * Numbers are written plainly, bit for bit: a dictionary would make −0 and 0 one value.
 */
export function writeTable(columns: Columns): Uint8Array {
  const columnData = Object.entries(columns).map(([name, column]) => {
    if (column instanceof Float64Array) {
      return { name, data: column, type: 'DOUBLE' as const, encoding: 'PLAIN' as const, nullable: false };
    }
    if (column instanceof Int32Array) {
      return { name, data: column, type: 'INT32' as const, encoding: 'PLAIN' as const, nullable: false };
    }
    return { name, data: [...column], type: 'STRING' as const };
  });
  const rows = columnData[0]?.data.length ?? 0;
  return new Uint8Array(parquetWriteBuffer({ columnData, statistics: false, rowGroupSize: Math.max(1, rows) }));
}

/** The columns of a Parquet file that `writeTable` made, equal to what was written. */
export async function readTable(bytes: Uint8Array): Promise<Columns> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(buffer);
  const rows = Number(metadata.num_rows);
  const columns = Object.fromEntries(
    metadata.schema
      .filter(({ num_children }) => num_children === undefined)
      .map(({ name, type }) => [name, emptyColumn(type, rows)]),
  );
  await parquetRead({
    file: buffer,
    metadata,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = columns[columnName]!;
      for (let i = 0; i < columnData.length; i++) column[rowStart + i] = columnData[i] as never;
    },
  });
  return columns;
}

function emptyColumn(type: string | undefined, rows: number): Float64Array | Int32Array | (string | null)[] {
  if (type === 'DOUBLE') return new Float64Array(rows);
  return type === 'INT32' ? new Int32Array(rows) : new Array<string | null>(rows).fill(null);
}
