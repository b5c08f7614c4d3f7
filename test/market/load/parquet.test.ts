import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer, schemaFromColumnData, type ColumnSource } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { BARS } from '../../../src/market/load/layout.ts';
import { inspectFile, readSeriesFile } from '../../../src/market/load/series-file.ts';

const path = join(mkdtempSync(join(tmpdir(), 'kedge-parquet-')), 'BTC.parquet');
const first = Date.UTC(2024, 0, 1);
const doubles = (name: string, ...data: number[]): ColumnSource => ({ name, data, type: 'DOUBLE' });
const prices = [
  doubles('open', 1, 2),
  doubles('high', 3, 3),
  doubles('low', 1, 1),
  doubles('close', 2, 2.5),
  doubles('volume', 10, 20),
];
// An explicit schema must be the only one.
const untyped = prices.map(({ name, data }) => ({ name, data }));
const dates: ColumnSource = { name: 'timestamp', data: [new Date(first), new Date(first + 86_400_000)], type: 'TIMESTAMP' };

function write(...columnData: ColumnSource[]): void {
  writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData })));
}

describe('a Parquet file', () => {
  test('gives the same columns as CSV, whatever the order and company of its columns', async () => {
    write(doubles('other', 7, 8), ...prices.toReversed(), dates);
    const { time, columns, form } = await readSeriesFile(path, 'BTC.parquet', BARS);
    expect([...time]).toEqual([first, first + 86_400_000]);
    expect([...columns.close!]).toEqual([2, 2.5]);
    expect([...columns.volume!]).toEqual([10, 20]);
    expect(form).toBe('UTC');
  });

  test.each([
    ['epoch milliseconds as integers', { name: 'timestamp', data: [BigInt(first), BigInt(first + 86_400_000)], type: 'INT64' }],
    ['epoch seconds as doubles', { name: 'timestamp', data: [first / 1000, first / 1000 + 86_400], type: 'DOUBLE' }],
    ['text', { name: 'timestamp', data: ['2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z'], type: 'STRING' }],
  ] as [string, ColumnSource][])('may stamp in %s', async (_, stamps) => {
    write(stamps, ...prices);
    expect([...(await readSeriesFile(path, 'BTC.parquet', BARS)).time]).toEqual([first, first + 86_400_000]);
  });

  test.each([
    ['MICROS', 1000n],
    ['NANOS', 1_000_000n],
  ] as const)('may have timestamps typed in %s', async (unit, perMillisecond) => {
    const data = [BigInt(first) * perMillisecond, BigInt(first + 86_400_000) * perMillisecond];
    const columnData: ColumnSource[] = [{ name: 'timestamp', data }, ...untyped];
    const logical = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit } as const;
    const schema = schemaFromColumnData({
      columnData,
      schemaOverrides: { timestamp: { name: 'timestamp', type: 'INT64', logical_type: logical } },
    });
    writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, schema })));
    expect([...(await readSeriesFile(path, 'BTC.parquet', BARS)).time]).toEqual([first, first + 86_400_000]);
  });

  test('may have dates for stamps', async () => {
    const columnData: ColumnSource[] = [{ name: 'timestamp', data: [new Date(first), new Date(first + 86_400_000)] }, ...untyped];
    const date = { name: 'timestamp', type: 'INT32', converted_type: 'DATE' } as const;
    const schema = schemaFromColumnData({ columnData, schemaOverrides: { timestamp: date } });
    writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, schema })));
    expect([...(await readSeriesFile(path, 'BTC.parquet', BARS)).time]).toEqual([first, first + 86_400_000]);
  });

  test('has its faults told by row', async () => {
    write(dates, doubles('open', 1, 2), doubles('high', 3, 3), doubles('low', 1, 2.7), doubles('close', NaN, 2.5));
    const { report } = await inspectFile(path, 'BTC.parquet', BARS);
    expect(report.issues.map(({ code, at }) => [code, at?.line])).toEqual([
      ['number-invalid', 1],
      ['low-above-price', 2],
    ]);
  });

  test('without a column, without rows, or not Parquet at all is refused', async () => {
    write(dates, ...prices.slice(1));
    await expect(readSeriesFile(path, 'BTC.parquet', BARS)).rejects.toMatchObject({ code: 'column-missing' });
    write({ ...dates, data: [] }, ...prices.map((column) => ({ ...column, data: [] })));
    await expect(readSeriesFile(path, 'BTC.parquet', BARS)).rejects.toMatchObject({ code: 'file-empty' });
    writeFileSync(path, 'timestamp,open\n');
    await expect(readSeriesFile(path, 'BTC.parquet', BARS)).rejects.toMatchObject({ code: 'parquet-malformed' });
  });
});
