import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BARS, FUNDING } from '../../../src/market/load/layout.ts';
import { readSeriesFile } from '../../../src/market/load/series-file.ts';
import { encodeRows, FORMATS } from '../../../src/market/write/encode.ts';

const START = Date.UTC(2024, 0, 1);
const column = (...values: readonly number[]) => Float64Array.from(values);
const bars = {
  time: column(START, START + 60_000, START + 120_001),
  columns: {
    open: column(0.1, 1e-9, 3),
    high: column(0.3, 1e21, 3),
    low: column(0.1, 1e-9, 3),
    close: column(0.1 + 0.2 - 0.1, 2, 3),
    volume: column(5, NaN, 0),
  },
};

describe.each(FORMATS)('rows as %s', (format) => {
  test('read back as the same numbers', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'kedge-encode-')), `x.${format}`);
    writeFileSync(path, encodeRows(bars, BARS, format));
    const { time, columns } = await readSeriesFile(path, 'x', BARS);
    expect(time).toEqual(bars.time);
    expect(columns).toEqual(bars.columns);
  });

  test('are the same bytes every time', () => {
    expect(encodeRows(bars, BARS, format)).toEqual(encodeRows(bars, BARS, format));
  });
});

test('an optional column without a value is left out, unknown values are empty', () => {
  const rows = { time: column(START), columns: { rate: column(-0.0001), mark_price: column(NaN) } };
  expect(String(Buffer.from(encodeRows(rows, FUNDING, 'csv')))).toBe('timestamp,rate\n2024-01-01T00:00:00.000Z,-0.0001\n');
  expect(gunzipSync(encodeRows(bars, BARS, 'csv.gz')).toString()).toContain('\n2024-01-01T00:01:00.000Z,1e-9,1e+21,1e-9,2,\n');
});
