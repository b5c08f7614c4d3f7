import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCatalog } from '../../../src/market/check/check.ts';
import { barsCsv, catalogOf, fundingCsv, perpetualSeries, spotSeries } from '../../support/catalog.ts';
import { SAMPLE } from '../../support/sample.ts';

const closes = [100, 101, 102, 101, 100, 102, 103, 102];

/** Codes, files and lines of what is found in a catalog with these series and files. */
async function found(series: readonly object[], files: Readonly<Record<string, string>>): Promise<string[]> {
  const { findings } = await checkCatalog(catalogOf(series, files));
  return findings.map(({ severity, code, file, line }) => `${severity} ${code} ${file ?? '-'}:${line ?? '-'}`);
}

describe('checking a catalog', () => {
  test('finds nothing in the bundled sample', async () => {
    const { findings, synthetic, files } = await checkCatalog(SAMPLE);
    expect(findings).toEqual([]);
    expect(synthetic).toBe(true);
    expect(files).toBe(67);
  });

  test('finds nothing in a sound catalog', async () => {
    const series = [spotSeries('BTC'), perpetualSeries('BTC', { funding: 'funding.csv', mark: 'mark.csv' })];
    const bars = barsCsv(closes);
    expect(
      await found(series, { 'BTC.csv': bars, 'BTC-PERP.csv': bars, 'mark.csv': bars, 'funding.csv': fundingCsv(25) }),
    ).toEqual([]);
  });

  test('names a missing file and goes on with the others', async () => {
    const series = [spotSeries('BTC'), spotSeries('ETH')];
    expect(await found(series, { 'ETH.csv': barsCsv([100, NaN, 101]) })).toEqual([
      'error file-not-found BTC.csv:-',
      'warning bars-missing ETH.csv:3',
    ]);
  });

  test('compares hashes, in either case', async () => {
    const hash = 'AB'.repeat(32);
    const catalog = catalogOf([spotSeries('BTC', { sha256: hash })], { 'BTC.csv': barsCsv(closes) });
    const [finding] = (await checkCatalog(catalog)).findings;
    expect(finding).toMatchObject({ code: 'hash-mismatch', severity: 'error', symbol: 'BTC', venue: 'test' });
    const actual = /sha256 is ([0-9a-f]{64})/.exec(finding!.message)![1]!;
    expect(await found([spotSeries('BTC', { sha256: actual.toUpperCase() })], { 'BTC.csv': barsCsv(closes) })).toEqual([]);
  });

  test('reports every fault of a file with its line, and looks no further into it', async () => {
    const lines = barsCsv(closes).split('\n');
    lines[2] = '2024-01-02T00:00Z,101,90,101,101,1'; // high under low
    lines[4] = '2024-01-04T00:00Z,101,101,x,101,1';
    lines[6] = lines[5]!; // doubled, and 2024-01-06 is gone
    expect(await found([spotSeries('BTC')], { 'BTC.csv': lines.join('\n') })).toEqual([
      'error high-below-price BTC.csv:3',
      'error number-invalid BTC.csv:5',
      'error bars-doubled BTC.csv:7',
    ]);
  });

  test('tells the moment of a fault, and no file name twice', async () => {
    const lines = barsCsv(closes).split('\n');
    [lines[2], lines[3]] = [lines[3]!, lines[2]!];
    const [finding] = (await checkCatalog(catalogOf([spotSeries('BTC')], { 'BTC.csv': lines.join('\n') }))).findings;
    expect(finding).toMatchObject({ code: 'bars-out-of-order', line: 4, time: Date.UTC(2024, 0, 2), count: 1 });
    expect(finding!.message).not.toContain('BTC.csv');
  });

  test('lists twenty faults of a file and counts the rest', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')}T00:00Z,-1,-1,-1,-1,1`);
    const { findings } = await checkCatalog(
      catalogOf([spotSeries('BTC')], { 'BTC.csv': ['timestamp,open,high,low,close,volume', ...rows].join('\n') }),
    );
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toMatchObject({ code: 'more-faults', severity: 'error', count: 10 });
  });

  test('names bars that do not lie on the grid the catalog gives', async () => {
    expect(await found([spotSeries('BTC', { interval: '1h' })], { 'BTC.csv': barsCsv(closes) })).toContain(
      'warning bars-missing BTC.csv:3',
    );
    const late = barsCsv(closes).replaceAll('T00:00Z', 'T05:00Z');
    expect(await found([spotSeries('BTC')], { 'BTC.csv': late })).toEqual(['error bars-off-grid BTC.csv:2']);
    const strays = barsCsv(closes).replace('-03T00:00Z', '-03T05:00Z').replace('-05T00:00Z', '-05T05:00Z');
    expect(await found([spotSeries('BTC')], { 'BTC.csv': strays })).toEqual([
      'error bars-off-grid BTC.csv:4',
      'error bars-off-grid BTC.csv:6',
    ]);
  });

  test('reads a file that two series share only once', async () => {
    const series = [spotSeries('BTC', { file: 'shared.csv' }), perpetualSeries('BTC', { file: 'shared.csv', funding: 'f.csv' })];
    expect(await found(series, { 'shared.csv': barsCsv([100, NaN, 101]), 'f.csv': fundingCsv(12) })).toEqual([
      'warning bars-missing shared.csv:3',
    ]);
  });

  test('names a perpetual without funding, own or derived', async () => {
    const paid = perpetualSeries('BTC', { funding: 'f.csv' });
    const derived = {
      ...perpetualSeries('BTC'),
      symbol: 'BTC-USD-PERP',
      contract: 'inverse',
      file: undefined,
      priceFrom: 'BTC-PERP',
    };
    const files = { 'BTC-PERP.csv': barsCsv(closes), 'f.csv': fundingCsv(25) };
    expect(await found([paid, { ...derived, fundingFrom: 'BTC-PERP' }], files)).toEqual([]);
    expect(await found([paid, derived], files)).toEqual(['warning funding-none -:-']);
    expect(await found([perpetualSeries('BTC')], files)).toEqual(['warning funding-none BTC-PERP.csv:-']);
  });

  test('holds funding against the whole life of its perpetual', async () => {
    const series = [perpetualSeries('BTC', { funding: 'f.csv' })];
    const files = { 'BTC-PERP.csv': barsCsv(closes) };
    expect(await found(series, { ...files, 'f.csv': fundingCsv(10, '2024-01-03T00:00Z') })).toEqual([
      'warning funding-missing f.csv:2',
    ]);
    expect(await found(series, { ...files, 'f.csv': fundingCsv(10) })).toEqual(['warning funding-missing f.csv:-']);
  });

  test('holds a funding series of its own against itself', async () => {
    const series = [{ symbol: 'BTC-FUNDING', kind: 'funding', base: 'BTC', venue: 'test', file: 'f.csv' }];
    expect(await found(series, { 'f.csv': fundingCsv(9) })).toEqual([]);
    const gap = fundingCsv(12).split('\n').toSpliced(6, 2).join('\n');
    expect(await found(series, { 'f.csv': gap })).toEqual(['warning funding-missing f.csv:7']);
  });

  test('looks for gaps in marks, at their own interval, and in open interest', async () => {
    const series = [
      perpetualSeries('BTC', { funding: 'f.csv', mark: 'mark.csv' }),
      { symbol: 'BTC-OI', kind: 'open-interest', base: 'BTC', interval: '1d', file: 'oi.csv', stamp: 'open' },
    ];
    const hours = [100, 101, NaN, 102, 103, 104];
    expect(
      await found(series, {
        'BTC-PERP.csv': barsCsv(closes),
        'f.csv': fundingCsv(25),
        'mark.csv': barsCsv(hours, '2024-01-01', 3_600_000),
        'oi.csv': 'timestamp,open_interest\n2024-01-01,5\n2024-01-03,6\n',
      }),
    ).toEqual(['warning bars-missing oi.csv:3', 'warning bars-missing mark.csv:4']);
  });

  test('asks between files, so that the work can be stopped', async () => {
    const catalog = catalogOf([spotSeries('BTC'), spotSeries('ETH')], { 'BTC.csv': barsCsv(closes), 'ETH.csv': barsCsv(closes) });
    const asked: string[] = [];
    const onFile = (file: string, done: number, total: number) => {
      asked.push(`${file} ${done}/${total}`);
      if (done === 1) throw new Error('stop');
    };
    await expect(checkCatalog(catalog, { onFile })).rejects.toThrow('stop');
    expect(asked).toEqual(['BTC.csv 0/2', 'ETH.csv 1/2']);
  });

  test('throws when there is no catalog to check', async () => {
    const catalog = catalogOf([]);
    rmSync(join(catalog, 'catalog.json'));
    await expect(checkCatalog(catalog)).rejects.toMatchObject({ code: 'catalog-not-found' });
  });
});
