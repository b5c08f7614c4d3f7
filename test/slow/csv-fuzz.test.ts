import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DataError } from '../../src/core/errors.ts';
import { sha256 } from '../../src/core/hash.ts';
import { BARS, FUNDING, type Layout } from '../../src/market/load/layout.ts';
import { loadMarket } from '../../src/market/load/load-market.ts';
import { SeriesReader } from '../../src/market/load/reader.ts';
import type { SeriesFile } from '../../src/market/load/series-file.ts';
import { barsCsv, catalogOf, fundingCsv, perpetualSeries, requestOf, spotSeries } from '../support/catalog.ts';

// Whatever is done to a data file: reading it gives sound columns, or one DataError that names the file and a line, and then no cache.

const directory = mkdtempSync(join(tmpdir(), 'kedge-fuzz-'));
const cacheDir = join(directory, 'cache');
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(() => {
  rmSync(cacheDir, { recursive: true, force: true });
  mkdirSync(cacheDir);
});

const CLOSES = [100, 101.5, 99.25, 102, 103, 104.75, 1e2, 101, 102, 103];
const BARS_TEXT = barsCsv(CLOSES);
const FUNDING_TEXT = fundingCsv(12, '2024-01-01T00:00Z', 0.0001, 100);

/** Reads these bytes as a file of bars; the error is checked to be one that helps. */
async function read(bytes: Uint8Array, file = 'BTC.csv', layout: Layout = BARS): Promise<SeriesFile | DataError> {
  writeFileSync(join(directory, file), bytes);
  try {
    const series = await new SeriesReader({ directory, cacheDir, verify: false }).read(file, layout);
    rmSync(cacheDir, { recursive: true });
    mkdirSync(cacheDir);
    return series;
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    const { at, faults, hint, message } = error as DataError;
    for (const place of [at, ...faults.map((fault) => fault.at)]) expect(place?.file).toBe(file);
    // A file of another form has no lines.
    if (!file.endsWith('.gz') && !message.includes('expected text'))
      for (const place of [at, ...faults.map((fault) => fault.at)]) expect(place?.line).toBeGreaterThan(0);
    expect(hint).toBeTruthy();
    expect(readdirSync(cacheDir)).toEqual([]);
    return error as DataError;
  }
}

function expectSoundBars({ time, columns }: SeriesFile): void {
  const { open, high, low, close } = columns as Record<'open' | 'high' | 'low' | 'close', Float64Array>;
  for (let i = 0; i < time.length; i++) {
    expect(Number.isFinite(time[i]!) && (i === 0 || time[i]! > time[i - 1]!)).toBe(true);
    expect(0 < low[i]! && low[i]! <= Math.min(open[i]!, close[i]!)).toBe(true);
    expect(Math.max(open[i]!, close[i]!) <= high[i]! && Number.isFinite(high[i]!)).toBe(true);
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file of bars', () => {
  test('cut off after any byte is sound up to there, or named as truncated', async () => {
    const bytes = bytesOf(BARS_TEXT);
    for (let length = 0; length < bytes.length; length++) {
      const result = await read(bytes.subarray(0, length));
      if (!(result instanceof DataError)) expectSoundBars(result);
    }
  });

  test('with bytes changed at random is sound, or its lines are named', async () => {
    const change = fc.record({ at: fc.nat(BARS_TEXT.length - 1), to: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = bytesOf(BARS_TEXT);
        for (const { at, to } of changes) bytes[at] = to;
        const result = await read(bytes);
        if (!(result instanceof DataError)) expectSoundBars(result);
      }),
      { numRuns: 3_000 },
    );
  });

  test('of any bytes at all is never accepted with unsound rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const result = await read(bytes);
        if (!(result instanceof DataError)) expectSoundBars(result);
      }),
      { numRuns: 1_000 },
    );
  });

  test('with its rows in another order is refused', async () => {
    const [header, ...rows] = BARS_TEXT.trimEnd().split('\n');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        fc.pre(shuffled.some((row, i) => row !== rows[i]));
        const result = await read(bytesOf([header, ...shuffled].join('\n')));
        expect(result).toMatchObject({ code: 'bars-out-of-order' });
      }),
      { numRuns: 300 },
    );
  });

  test('with a row twice is refused, wherever the second stands', async () => {
    const [header, ...rows] = BARS_TEXT.trimEnd().split('\n');
    for (let row = 0; row < rows.length; row++) {
      for (let to = 0; to <= rows.length; to++) {
        const result = await read(bytesOf([header, ...rows.toSpliced(to, 0, rows[row]!)].join('\n')));
        expect(['bars-doubled', 'bars-out-of-order', 'file-invalid']).toContain((result as DataError).code);
      }
    }
  });

  test('compressed and cut off after any byte is refused', async () => {
    const bytes = gzipSync(BARS_TEXT);
    for (let length = 0; length < bytes.length; length++) {
      expect(await read(bytes.subarray(0, length), 'BTC.csv.gz')).toBeInstanceOf(DataError);
    }
  });

  test('compressed, with bytes changed, is sound or refused', async () => {
    const whole = gzipSync(BARS_TEXT);
    for (let at = 0; at < whole.length; at++) {
      for (const bit of [0, 3, 7]) {
        const bytes = Uint8Array.from(whole);
        bytes[at]! ^= 1 << bit;
        const result = await read(bytes, 'BTC.csv.gz');
        if (!(result instanceof DataError)) expectSoundBars(result);
      }
    }
  });
});

test('a file of funding cut off after any byte has finite rates at rising times, or is refused', async () => {
  const bytes = bytesOf(FUNDING_TEXT);
  for (let length = 0; length < bytes.length; length++) {
    const result = await read(bytes.subarray(0, length), 'funding.csv', FUNDING);
    if (result instanceof DataError) continue;
    expect(result.columns['rate']!.every(Number.isFinite)).toBe(true);
    expect(result.time.every((time, i) => i === 0 || time > result.time[i - 1]!)).toBe(true);
  }
});

describe('a market', () => {
  const files = { 'BTC.csv': BARS_TEXT, 'BTC-PERP.csv': BARS_TEXT, 'funding.csv': FUNDING_TEXT };
  const request = (catalog: string) =>
    requestOf(catalog, { perpetuals: [{ base: 'BTC', contract: 'linear' }], to: '2024-01-04', cacheDir });

  test('from a changed file is loaded, or refused with what to do', async () => {
    const change = fc.record({
      file: fc.constantFrom('BTC.csv', 'BTC-PERP.csv', 'funding.csv'),
      at: fc.nat(BARS_TEXT.length - 1),
      to: fc.integer({ min: 0, max: 255 }),
    });
    const catalog = catalogOf([spotSeries('BTC'), perpetualSeries('BTC', { funding: 'funding.csv' })], files);
    await fc.assert(
      fc.asyncProperty(change, async ({ file, at, to }) => {
        for (const [name, text] of Object.entries(files)) {
          const bytes = bytesOf(text);
          if (name === file) bytes[at % bytes.length] = to;
          writeFileSync(join(catalog, name), bytes);
        }
        const error = await loadMarket(request(catalog)).catch((thrown: unknown) => thrown);
        if (!(error instanceof Error)) return;
        expect(error).toBeInstanceOf(DataError);
        expect((error as DataError).message).toBeTruthy();
        expect((error as DataError).hint).toBeTruthy();
      }),
      { numRuns: 1_000 },
    );
  });

  test('whose catalog states a hash is refused after any change at all', async () => {
    const catalog = catalogOf([spotSeries('BTC', { sha256: sha256(BARS_TEXT) })], files);
    const load = () => loadMarket(requestOf(catalog, { to: '2024-01-04', cacheDir }));
    await expect(load()).resolves.toMatchObject({ length: 4 });
    for (let at = 0; at < BARS_TEXT.length; at++) {
      const bytes = bytesOf(BARS_TEXT);
      bytes[at]! ^= 1;
      writeFileSync(join(catalog, 'BTC.csv'), bytes);
      await expect(load()).rejects.toBeInstanceOf(DataError);
    }
  });
});
