import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkCatalog } from '../../src/market/check/check.ts';
import type { CheckReport } from '../../src/market/check/finding.ts';
import { importCatalog } from '../../src/market/import/import-catalog.ts';
import { listCatalog } from '../../src/market/list.ts';
import { ROOT } from '../support/modules.ts';

const DATA = join(ROOT, '..', 'shared', 'data');

describe.skipIf(!existsSync(DATA))('the whole of the real history (needs ../shared/data)', () => {
  let report: CheckReport;
  const into = join(mkdtempSync(join(tmpdir(), 'kedge-real-')), 'catalog');
  beforeAll(async () => {
    report = await checkCatalog(DATA);
  });
  const found = (code: string) => report.findings.filter((finding) => finding.code === code);
  const messages = (code: string) => found(code).map(({ file, message }) => `${file}: ${message}`);

  test('has no finding of severity error', () => {
    expect(report.series).toBe(123);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('no clock in it is doubted', () => {
    expect([...found('time-shifted'), ...found('time-doubtful'), ...found('price-level')]).toEqual([]);
  });

  test('what is found is what its notes name: outages, crashes, thin first days, venues that fell apart', () => {
    // The bars that exchanges missed, and the hours for which OKX stood still.
    expect(messages('bars-missing')).toContainEqual(
      expect.stringMatching(/^prices-1h\/BTC.csv.gz: 1h bars missing: 122; places: 27/),
    );
    expect(found('price-stale').every(({ venue, time }) => venue === 'okx' && time === Date.UTC(2022, 11, 18, 9))).toBe(true);
    // 2020-03-12, where BitMEX fell behind the others; 2021-05-19, where the BCH perpetual did.
    expect(messages('basis-outlier')).toContainEqual(expect.stringMatching(/BITMEX-XBTUSD.*the widest by 10\.\d% at 2020-03-13/));
    expect(messages('basis-outlier')).toContainEqual(
      expect.stringMatching(/perp-1h\/BCH.csv.gz.*the widest by 30\.0% at 2021-05-19T14:00Z/),
    );
    // First bars of a listing.
    expect(messages('price-wick')).toContainEqual(expect.stringMatching(/^prices-1d\/APT.csv: .*2022-10-19/));
    // BitMEX is quoted in USD.
    expect(found('quotes-differ')).toMatchObject([{ severity: 'info', venue: 'bitmex' }]);
  });

  test('passes through import whole: the same series, coverage and findings', async () => {
    const { series, empty } = await importCatalog(DATA, into, { format: 'parquet', cacheDir: null });
    expect([series.length, empty]).toEqual([123, []]);
    const [before, after] = await Promise.all([DATA, into].map((directory) => listCatalog(directory, { cacheDir: null })));
    expect(after!.series.map(({ symbol, venue, coverage, problem }) => ({ symbol, venue, coverage, problem }))).toEqual(
      before!.series.map(({ symbol, venue, coverage, problem }) => ({ symbol, venue, coverage, problem })),
    );
    const again = await checkCatalog(into);
    expect(again.findings.map(({ code, symbol, venue, count }) => `${code} ${symbol} ${venue} ${count}`)).toEqual(
      report.findings.map(({ code, symbol, venue, count }) => `${code} ${symbol} ${venue} ${count}`),
    );
  });
});
