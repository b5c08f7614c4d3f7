import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, parseDate } from '../../src/core/time.ts';
import { checkCatalog } from '../../src/market/check/check.ts';
import { exportCatalog } from '../../src/market/export.ts';
import { loadMarket } from '../../src/market/load/load-market.ts';
import type { Format } from '../../src/market/write/encode.ts';
import { barsCsv, catalogOf, fundingCsv, perpetualSeries, requestOf, spotSeries } from '../support/catalog.ts';
import { SAMPLE } from '../support/sample.ts';

const ALL = { symbols: null, venues: null, step: null };
const ALWAYS = { from: -Infinity, to: Infinity };
const target = () => join(mkdtempSync(join(tmpdir(), 'kedge-export-')), 'out');
const run = (
  catalog: string,
  out: string,
  selection: Partial<Parameters<typeof exportCatalog>[2]> = {},
  period = ALWAYS,
  format: Format = 'csv',
) => exportCatalog(catalog, out, { ...ALL, ...selection }, { period, format, cacheDir: null });

const CLOSES = [100, 101, 102, 103, 104, 105];
const perpetual = { ...perpetualSeries('BTC'), funding: 'f.csv', mark: 'm.csv', file: 'perp.csv' };
const derived = {
  ...perpetualSeries('BTC'),
  symbol: 'BTC-USD-PERP',
  contract: 'inverse',
  file: undefined,
  priceFrom: 'BTC-PERP',
  fundingFrom: 'BTC-PERP',
};
const FILES = {
  'BTC.csv': barsCsv(CLOSES),
  'ETH.csv': barsCsv(CLOSES),
  'perp.csv': barsCsv(CLOSES),
  'm.csv': barsCsv(CLOSES),
  'f.csv': fundingCsv(19),
};
const source = () => catalogOf([spotSeries('BTC'), spotSeries('ETH', { venue: 'other' }), perpetual, derived], FILES);

describe('exporting a catalog', () => {
  test.each(['csv', 'csv.gz', 'parquet'] as const)('as %s keeps every series, file and number', async (format) => {
    const [from, out] = [source(), target()];
    const { series, empty } = await run(from, out, {}, ALWAYS, format);
    expect(empty).toEqual([]);
    expect(series.map(({ symbol, rows, file }) => [symbol, rows, file])).toEqual([
      ['BTC', 6, `spot-1d/test-BTC.${format}`],
      ['ETH', 6, `spot-1d/other-ETH.${format}`],
      ['BTC-PERP', 6, `perpetual-1d/test-BTC-PERP.${format}`],
      ['BTC-USD-PERP', 0, null],
    ]);
    expect((await checkCatalog(out)).findings).toEqual((await checkCatalog(from)).findings);
    const request = { perpetuals: [{ base: 'BTC', contract: 'linear' as const }] };
    const [before, after] = [await loadMarket(requestOf(from, request)), await loadMarket(requestOf(out, request))];
    expect(after.columns).toEqual(before.columns);
    expect(after.funding).toEqual(before.funding);
  });

  test('of the bundled sample gives a catalog in which nothing is found, still synthetic', async () => {
    const out = target();
    await run(SAMPLE, out, { symbols: ['BTC', 'BTC-PERP', 'BTC-USD-PERP'] }, ALWAYS, 'parquet');
    const { findings, synthetic, series } = await checkCatalog(out);
    expect([findings, synthetic, series]).toEqual([[], true, 3]);
  });

  test('takes what a derived contract needs along', async () => {
    const { series } = await run(source(), target(), { symbols: ['BTC-USD-PERP'] });
    expect(series.map(({ symbol }) => symbol)).toEqual(['BTC-PERP', 'BTC-USD-PERP']);
  });

  test('cuts by venue and by days, bars by their open, and names what is left without a row', async () => {
    const late = catalogOf([spotSeries('BTC'), spotSeries('ETH')], {
      'BTC.csv': barsCsv(CLOSES),
      'ETH.csv': barsCsv(CLOSES, '2025-01-01'),
    });
    const out = target();
    const { series, empty } = await run(
      late,
      out,
      { venues: ['test'] },
      { from: parseDate('2024-01-02'), to: parseDate('2024-01-03') + DAY },
    );
    expect(series).toMatchObject([{ symbol: 'BTC', rows: 2, from: parseDate('2024-01-02'), to: parseDate('2024-01-03') }]);
    expect(empty).toEqual(['ETH at test']);
    expect(readFileSync(join(out, 'spot-1d/test-BTC.csv'), 'utf8').split('\n')).toHaveLength(4);
  });

  test('cuts bars that are stamped with their close by their open as well', async () => {
    const catalog = catalogOf([spotSeries('BTC', { stamp: 'close' })], { 'BTC.csv': barsCsv(CLOSES, '2024-01-02') });
    const { series } = await run(catalog, target(), {}, { from: parseDate('2024-01-01'), to: parseDate('2024-01-01') + DAY });
    expect(series).toMatchObject([{ rows: 1, from: parseDate('2024-01-02') }]);
  });

  test('keeps marks at their moments where stamps are those of closes, cut and beside longer bars', async () => {
    // The first close is at 01:00.
    const hours = [NaN, ...Array.from({ length: 96 }, (_, hour) => 100 + hour)];
    const marked = { ...perpetual, interval: '1h', stamp: 'close' };
    const files = {
      'BTC.csv': barsCsv(CLOSES),
      'f.csv': fundingCsv(19, '2024-01-01T00:00Z', 0.0001, 50),
      'perp.csv': barsCsv(hours, '2024-01-01', HOUR),
      'm.csv': barsCsv(
        hours.map((price) => price + 1000),
        '2024-01-01',
        HOUR,
      ),
    };
    const from = catalogOf([spotSeries('BTC'), marked], files);
    const days = { from: parseDate('2024-01-02'), to: parseDate('2024-01-04') };
    const request = { from: '2024-01-02', to: '2024-01-03', derivatives: ['BTC-PERP'] };
    const { columns, funding } = await loadMarket(requestOf(from, request));
    for (const step of [null, DAY]) {
      const out = target();
      await run(from, out, { step }, days);
      const copy = await loadMarket(requestOf(out, request));
      expect([copy.columns, copy.funding]).toEqual([columns, funding]);
    }
  });

  test('takes along the spot that a contract is priced at, whatever its symbol', async () => {
    const euro = spotSeries('BTC', { quote: 'EUR' });
    const atSpot = perpetualSeries('BTC', { file: undefined, priceFrom: 'spot', funding: 'f.csv' });
    const from = catalogOf([euro, spotSeries('XBT', { base: 'BTC', file: 'BTC.csv' }), atSpot], FILES);
    const { series } = await run(from, target(), { symbols: ['BTC-PERP'] });
    expect(series.map(({ symbol }) => symbol)).toEqual(['XBT', 'BTC-PERP']);
  });

  test('keeps the settlement at the end of the last day', async () => {
    const out = target();
    await run(source(), out, { symbols: ['BTC-PERP'] }, { from: parseDate('2024-01-01'), to: parseDate('2024-01-02') });
    expect(
      readFileSync(join(out, 'funding/test-BTC-PERP.csv'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 13)),
    ).toEqual(['timestamp,rat', '2024-01-01T00', '2024-01-01T08', '2024-01-01T16', '2024-01-02T00']);
  });

  test('puts longer bars together, from the shorter ones only where there are none, and counts those that lack a part', async () => {
    const hours = [1, 5, 3, NaN, 4, 6];
    const series = [
      spotSeries('BTC', { interval: '1h' }),
      spotSeries('BTC', { file: 'day.csv' }),
      spotSeries('ETH', { interval: '1h' }),
    ];
    const files = {
      'BTC.csv': barsCsv(hours, '2024-01-01', HOUR),
      'ETH.csv': barsCsv(hours, '2024-01-01', HOUR),
      'day.csv': barsCsv([7]),
    };
    const daily = await run(catalogOf(series, files), target(), { step: DAY });
    expect(daily.series.map(({ symbol, rows, incomplete }) => [symbol, rows, incomplete])).toEqual([
      ['BTC', 1, 0],
      ['ETH', 1, 1],
    ]);
    const out = target();
    await run(catalogOf(series, files), out, { symbols: ['ETH'], step: 3 * HOUR });
    expect(readFileSync(join(out, 'spot-3h/test-ETH.csv'), 'utf8')).toBe(
      'timestamp,open,high,low,close,volume\n2024-01-01T00:00:00.000Z,1,5,1,3,3\n2024-01-01T03:00:00.000Z,4,6,4,6,2\n',
    );
  });

  test.each([
    ['an unknown symbol', { symbols: ['BCT'] }, 'symbol-unknown'],
    ['an unknown venue', { venues: ['tset'] }, 'series-venue-unknown'],
    ['bars shorter than there are', { step: HOUR }, 'interval-too-fine'],
  ])('refuses %s and writes nothing', async (_, selection, code) => {
    const out = target();
    await expect(run(source(), out, selection)).rejects.toMatchObject({ code });
    expect(existsSync(join(out, 'catalog.json'))).toBe(false);
  });

  test('refuses a period without a row', async () => {
    await expect(run(source(), target(), {}, { from: parseDate('2030-01-01'), to: Infinity })).rejects.toMatchObject({
      code: 'export-empty',
    });
  });

  test('refuses a directory that has a catalog, and faulty files, and leaves no catalog', async () => {
    const from = source();
    await expect(run(from, from)).rejects.toMatchObject({ code: 'catalog-in-the-way' });
    const broken = catalogOf([spotSeries('BTC'), spotSeries('ETH')], {
      'BTC.csv': barsCsv(CLOSES),
      'ETH.csv': 'timestamp,open\n1,2\n',
    });
    const out = target();
    await expect(run(broken, out)).rejects.toMatchObject({ code: 'column-missing' });
    expect(existsSync(join(out, 'catalog.json'))).toBe(false);
    rmSync(from, { recursive: true });
  });
});
