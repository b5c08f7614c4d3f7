import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BARS, FUNDING, OPEN_INTEREST, type Layout } from '../../../src/market/load/layout.ts';
import { inspectFile, readSeriesFile } from '../../../src/market/load/series-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kedge-csv-'));
let serial = 0;

function write(content: string | Uint8Array, extension = 'csv'): string {
  const path = join(folder, `${serial++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

async function read(content: string | Uint8Array, layout: Layout = BARS, extension = 'csv') {
  return readSeriesFile(write(content, extension), 'BTC.csv', layout);
}

/** `line: code` of each fault. */
async function faults(content: string | Uint8Array, layout: Layout = BARS, extension = 'csv'): Promise<string[]> {
  const { report } = await inspectFile(write(content, extension), 'BTC.csv', layout);
  return report.issues.map(({ code, at }) => `${at?.line ?? '-'}: ${code}`);
}

const HEADER = 'timestamp,open,high,low,close,volume';
const row = (day: number, prices = '1,2,1,2') => `2024-01-${String(day).padStart(2, '0')}T00:00:00.000Z,${prices},10`;
const file = (...rows: string[]) => [HEADER, ...rows].join('\n') + '\n';

describe('a sound file', () => {
  test('is read by the names of its columns, whatever their order and company', async () => {
    const { time, columns } = await read('close,TIMESTAMP,note,low,high,open\n4,2024-01-01T00:00Z,x,2,5,3\n');
    expect([...time]).toEqual([Date.UTC(2024, 0, 1)]);
    expect(Object.entries(columns).map(([name, column]) => [name, ...column])).toEqual([
      ['open', 3],
      ['high', 5],
      ['low', 2],
      ['close', 4],
      ['volume', NaN],
    ]);
  });

  test('may have a byte-order mark, CRLF line ends, quotes, blank lines and no line end at its end', async () => {
    const text = `\uFEFF${file(row(1), '', row(2))}"2024-01-03T00:00:00Z",1,2,1,2,10`.replaceAll('\n', '\r\n');
    expect((await read(text)).time).toHaveLength(3);
  });

  test('may be compressed', async () => {
    const { columns, sha256 } = await read(gzipSync(file(row(1), row(2))), BARS, 'csv.gz');
    expect([...columns.close!]).toEqual([2, 2]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('may stamp in epoch seconds, milliseconds or microseconds', async () => {
    for (const [unit, form] of [
      [1e-3, 'epoch seconds'],
      [1, 'epoch milliseconds'],
      [1e3, 'epoch microseconds'],
    ] as const) {
      const read1 = await read(`${HEADER}\n${Date.UTC(2024, 0, 1) * unit},1,2,1,2,10\n`);
      expect(read1.time[0]).toBe(Date.UTC(2024, 0, 1));
      expect(read1.form).toBe(form);
    }
  });

  test('of funding may lack some marks, of open interest may name its unit', async () => {
    const funding = await read('timestamp,rate,mark_price\n2024-01-01T00:00Z,1e-4,\n2024-01-01T08:00Z,-0.0001,42\n', FUNDING);
    expect([...funding.columns.rate!]).toEqual([0.0001, -0.0001]);
    expect([...funding.columns.mark_price!]).toEqual([NaN, 42]);
    const interest = await read('timestamp,open_interest_btc,price\n2024-01-01T00:00Z,5,42\n', OPEN_INTEREST);
    expect([...interest.columns.open_interest!]).toEqual([5]);
  });

  test('longer than one piece of the stream keeps every row', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${1_600_000_000 + 60 * i},1,2,1,${1 + i / 20_000},10`);
    const { time, columns } = await read(file(...rows));
    expect(time).toHaveLength(20_000);
    expect(columns.close![19_999]).toBe(1 + 19_999 / 20_000);
  });
});

describe('a faulty file', () => {
  test('tells all its faults at once, in order of their lines', async () => {
    const text = file(
      row(2),
      row(1),
      row(3, '1,2,1,x'),
      row(3),
      row(3),
      row(4, '1,2,1.5,2'),
      row(5, '1,1.5,1,2'),
      row(6, '0,2,0,2'),
      '2024-01-07',
    );
    expect(await faults(text)).toEqual([
      '3: bars-out-of-order',
      '4: number-invalid',
      '6: bars-doubled',
      '7: low-above-price',
      '8: high-below-price',
      '9: price-not-positive',
      '10: file-truncated',
    ]);
  });

  test('tells the first twenty of many, and their number', async () => {
    const text = file(...Array.from({ length: 30 }, (_, i) => row(i + 1, '1,2,1,')));
    await expect(read(text)).rejects.toMatchObject({
      code: 'number-invalid',
      message: '30 faults in BTC.csv, the first 20 of them shown; the first: BTC.csv: close is empty, expected a number',
      at: { file: 'BTC.csv', line: 2 },
      faults: { length: 20 },
    });
  });

  test('with one fault says just that', async () => {
    await expect(read(file(row(1), row(3), row(2)))).rejects.toMatchObject({
      code: 'bars-out-of-order',
      message: 'BTC.csv: 2024-01-02T00:00Z comes after 2024-01-03T00:00Z, expected rising times',
      hint: 'sort the file by time',
      at: { file: 'BTC.csv', line: 4 },
      faults: [],
    });
  });

  test('with faults of several kinds has a code of its own', async () => {
    await expect(read(file(row(1), row(1), row(2, 'a,2,1,2')))).rejects.toMatchObject({
      code: 'file-invalid',
      faults: { length: 2 },
    });
  });

  test.each([
    ['nothing in it', '', '1: file-empty'],
    ['only blank lines', '\n\n', '1: file-empty'],
    ['only a header', HEADER, '1: file-empty'],
    ['semicolons', file(row(1)).replaceAll(',', ';'), '1: delimiter-wrong'],
    ['tabs', file(row(1)).replaceAll(',', '\t'), '1: delimiter-wrong'],
    ['no header', row(1), '1: header-missing'],
    ['a missing column', 'timestamp,open,high,low\n', '1: column-missing'],
    ['a doubled column', `${HEADER},close\n`, '1: column-doubled'],
    ['a short line', file('2024-01-01T00:00Z,1,2', row(2)), '2: field-count'],
    ['a long last line', file(`${row(1)},7`), '2: field-count'],
    ['a last line that breaks off', file(row(1)) + '2024-01-02T00', '3: file-truncated'],
    ['a stamp that is none', file(`yesterday,1,2,1,2,10`, row(2)), '2: timestamp-invalid'],
    ['an empty stamp', file(`,1,2,1,2,10`, row(2)), '2: timestamp-invalid'],
    ['another time zone in between', file(row(1), '2024-01-02T00:00:00+02:00,1,2,1,2,10'), '3: timestamps-mixed'],
    ['a stamp without zone in between', file(row(1), '2024-01-02 00:00:00,1,2,1,2,10'), '3: timestamps-mixed'],
    ['epoch units mixed', file('1704067200,1,2,1,2,10', '1704153600000,1,2,1,2,10'), '3: timestamps-mixed'],
    ['a hexadecimal number', file(row(1, '0x10,32,1,2')), '2: number-invalid'],
    ['an infinite price', file(row(1, '1,Infinity,1,2')), '2: number-invalid'],
    ['a negative volume', file('2024-01-01T00:00Z,1,2,1,2,-1'), '2: volume-negative'],
    ['an open quote', file(row(1), '"2024-01-02,1,2,1,2,10'), '3: csv-malformed'],
  ])('with %s', async (_, text, expected) => {
    expect(await faults(text)).toEqual([expected]);
  });

  test('that is compressed and breaks off, or is not compressed at all', async () => {
    const whole = gzipSync(file(...Array.from({ length: 100 }, (_, i) => `${1_600_000_000 + 86_400 * i},1,2,1,2,${i}`)));
    expect(await faults(whole.subarray(0, whole.length - 20), BARS, 'csv.gz')).toEqual([
      expect.stringMatching(/: file-truncated$/),
    ]);
    expect(await faults(file(row(1)), BARS, 'csv.gz')).toEqual(['-: file-not-gzip']);
    expect(await faults(whole.subarray(0, 5), BARS, 'csv.gz')).toEqual(['-: file-truncated']);
  });

  test('that is no text', async () => {
    expect(await faults(gzipSync(file(row(1))))).toEqual(['-: file-not-text']);
    expect(await faults('PAR1…')).toEqual(['-: file-not-text']);
    expect(await faults(Buffer.from(file(row(1)), 'utf16le').swap16())).toEqual(['1: file-not-text']);
  });

  test('with a header or a cell of any length, which messages cut', async () => {
    const { report } = await inspectFile(write('x'.repeat(100_000)), 'BTC.csv', BARS);
    expect(report.issues[0]!.message.length).toBeLessThan(300);
    const long = file(row(1, `${'y'.repeat(100_000)},2,1,2`));
    const cell = await inspectFile(write(long), 'BTC.csv', BARS);
    expect(cell.report.issues[0]!.message.length).toBeLessThan(100);
  });

  test('of funding or open interest', async () => {
    expect(await faults('timestamp,rate,mark_price\n2024-01-01T08:00Z,0.1,5\n2024-01-01T00:00Z,0.1,0\n', FUNDING)).toEqual([
      '3: settlements-out-of-order',
      '3: price-not-positive',
    ]);
    expect(await faults('timestamp,rate\n2024-01-01T08:00Z,\n', FUNDING)).toEqual(['2: number-invalid']);
    expect(await faults('timestamp,open_interest\n2024-01-01,1\n2024-01-01,-1\n', OPEN_INTEREST)).toEqual([
      '3: records-doubled',
      '3: open-interest-negative',
    ]);
  });

  test('a header name near the right one is offered', async () => {
    const { report } = await inspectFile(write('timestmp,open,high,low,close\n'), 'BTC.csv', BARS);
    expect(report.issues[0]).toMatchObject({ code: 'column-missing', hint: 'rename "timestmp" to "timestamp"' });
  });

  test('that is not there says so', async () => {
    await expect(readSeriesFile(join(folder, 'none.csv'), 'none.csv', BARS)).rejects.toMatchObject({
      code: 'file-not-found',
      at: { file: 'none.csv' },
    });
    await expect(readSeriesFile(folder, 'folder.csv', BARS)).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
