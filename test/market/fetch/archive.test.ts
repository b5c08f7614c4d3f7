import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, parseDate } from '../../../src/core/time.ts';
import { checkCatalog } from '../../../src/market/check/check.ts';
import { readCatalog } from '../../../src/market/load/catalog.ts';
import { loadMarket } from '../../../src/market/load/load-market.ts';
import { requestOf } from '../../support/catalog.ts';
import { barAt, closeAt, life, LIVES, rateAt } from '../../support/exchange-market.ts';
import type { ExchangeServer } from '../../support/exchange-server.ts';
import { contentOf, fetchFrom, linesOf, newFolder, openExchange, requestFor } from '../../support/fetching.ts';

let server: ExchangeServer;
let folder: string;
beforeEach(async () => {
  const opened = await openExchange();
  ({ server, folder } = opened);
  return opened.close;
});

const lines = (file: string): string[] => linesOf(folder, file);
const zips = (): string[] => server.requests.filter((path) => path.endsWith('.zip')).toSorted();
const entries = (): Record<string, unknown>[] =>
  (JSON.parse(readFileSync(join(folder, 'catalog.json'), 'utf8')) as { series: Record<string, unknown>[] }).series;
const SPOT = 'binance/spot-1d/BTC-USDT.csv';
const ZIP = 'data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-0';

describe('the archive of Binance', () => {
  test('gives spot bars of whole months, as the exchange has them', async () => {
    const report = await fetchFrom(server, folder, requestFor());
    expect(report).toMatchObject({ fetched: 3, replaced: 0, kept: 0, remarks: [] });
    const [header, first, ...rest] = lines(SPOT);
    expect(header).toBe('timestamp,open,high,low,close,volume');
    expect(first).toBe(`2024-01-01T00:00Z,${barAt('BTCUSDT', parseDate('2024-01-01'), DAY).join()}`);
    expect(rest).toHaveLength(90);
    expect(zips()).toEqual(['1', '2', '3'].map((month) => `${ZIP}${month}.zip`));
  });

  test('records source, period, hash and what was asked for', async () => {
    await fetchFrom(server, folder, requestFor());
    expect(entries()).toEqual([
      {
        ...{
          symbol: 'BTC',
          kind: 'spot',
          base: 'BTC',
          quote: 'USDT',
          venue: 'binance',
          interval: '1d',
          file: SPOT,
          stamp: 'open',
        },
        source: `binance, archive ${server.url}`,
        licence: 'published by Binance, under its terms of use; for private research',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        retrieval: {
          by: 'kedge data fetch',
          prices: {
            ...{ source: 'archive', base: server.url, path: 'data/spot/monthly/klines', symbol: 'BTCUSDT' },
            ...{ from: '2024-01-01', to: '2024-03-31', first: '2024-01-01T00:00Z', last: '2024-03-31T00:00Z', rows: 91 },
          },
        },
      },
    ]);
  });

  test('gives a catalog that loads, with marks and funding of the perpetual, and in which nothing is found', async () => {
    const kinds = ['spot', 'perpetual', 'funding', 'mark'] as const;
    await fetchFrom(server, folder, requestFor({ kinds, assets: ['BTC', 'ETH'] }));
    expect((await checkCatalog(folder)).findings).toEqual([]);
    const market = await loadMarket({
      ...requestOf(folder, { from: '2024-01-05', to: '2024-03-30', venue: 'binance', spot: ['BTC', 'ETH'] }),
      perpetuals: [{ base: 'BTC', contract: 'linear' }],
    });
    expect(market.instruments.map(({ symbol }) => symbol)).toContain('BTC-PERP');
    expect(lines('binance/funding/BTC-USDT.csv').slice(0, 3)).toEqual([
      'timestamp,rate',
      `2024-01-01T00:00Z,${rateAt(parseDate('2024-01-01'))}`,
      `2024-01-01T08:00Z,${rateAt(parseDate('2024-01-01') + 8 * HOUR)}`,
    ]);
    expect(entries()[2]).toMatchObject({ mark: 'binance/mark-1h/BTC-USDT.csv', fundingSha256: expect.any(String) });
  });

  test('reads microseconds and header lines', async () => {
    server.now = parseDate('2025-03-01');
    await fetchFrom(server, folder, requestFor({ from: '2024-12-30', to: '2025-01-02', kinds: ['spot', 'perpetual'] }));
    const days = ['2024-12-30', '2024-12-31', '2025-01-01', '2025-01-02'];
    for (const file of [SPOT, 'binance/perpetual-1d/BTC-USDT.csv']) {
      expect(
        lines(file)
          .slice(1)
          .map((line) => line.slice(0, 10)),
      ).toEqual(days);
    }
  });

  test('takes a month that is not published yet from its days, and the month as a whole once it is there', async () => {
    server.now = parseDate('2024-03-20') + 12 * HOUR;
    const request = requestFor({ from: '2024-02-01', to: '2024-03-19' });
    expect(await fetchFrom(server, folder, request)).toMatchObject({ fetched: 20 });
    expect(lines(SPOT)).toHaveLength(1 + 29 + 19);
    server.now = parseDate('2024-04-20');
    const later = requestFor({ from: '2024-02-01', to: '2024-03-31' });
    expect(await fetchFrom(server, folder, later)).toMatchObject({ fetched: 1, kept: 1 });
    expect(lines(SPOT)).toHaveLength(1 + 29 + 31);
    expect(Object.keys(contentOf(folder, true)).filter((name) => name.endsWith('.part'))).toHaveLength(2);
  });

  test('fills a missing month between others from its days', async () => {
    server.archives.set(`${ZIP}2`, null);
    expect(await fetchFrom(server, folder, requestFor())).toMatchObject({ fetched: 2 + 29 });
    expect(lines(SPOT)).toHaveLength(92);
  });

  test('begins with the listing and says so', async () => {
    const report = await fetchFrom(server, folder, requestFor({ assets: ['SOL'], from: '2020-06-01', to: '2020-08-31' }));
    expect(report.remarks).toEqual(['SOL (prices) begins on 2020-08-11: there is nothing before']);
    expect(report.series[0]).toMatchObject({ first: parseDate('2020-08-11'), rows: 21 });
  });

  test('ends with the delisting, records it, and takes it back when the coin trades again', async () => {
    server.lives = { ...LIVES, XYZUSDT: life('2023-01-01', '2024-02-10') };
    const request = requestFor({ assets: ['XYZ'] });
    expect((await fetchFrom(server, folder, request)).remarks).toEqual(['XYZ (prices) ends on 2024-02-09: taken as delisted']);
    expect(entries()[0]).toMatchObject({ delisted: '2024-02-09' });
    server.lives = { XYZUSDT: life('2023-01-01') };
    server.now += 1;
    await fetchFrom(server, folder, request);
    expect(entries()[0]).not.toHaveProperty('delisted');
    expect(lines('binance/spot-1d/XYZ-USDT.csv')).toHaveLength(92);
  });

  test('joins what a coin was called before', async () => {
    server.now = parseDate('2024-12-15');
    server.lives = { MATICUSDT: life('2019-04-26', '2024-09-10'), POLUSDT: life('2024-09-13') };
    await fetchFrom(server, folder, requestFor({ assets: ['POL'], from: '2024-08-01', to: '2024-10-31' }));
    const days = lines('binance/spot-1d/POL-USDT.csv')
      .slice(1)
      .map((line) => line.slice(0, 10));
    expect(days).toHaveLength(92 - 3);
    expect(days.slice(38, 42)).toEqual(['2024-09-08', '2024-09-09', '2024-09-13', '2024-09-14']);
    expect(entries()[0]).toMatchObject({ retrieval: { prices: { symbol: 'MATICUSDT, then POLUSDT' } } });
  });

  test('joins a name that the user tells of', async () => {
    server.lives = { OLDUSDT: life('2020-01-01', '2024-02-05'), NEWUSDT: life('2024-02-05') };
    const renames = [{ from: 'OLD', to: 'NEW', date: parseDate('2024-02-05') }];
    await fetchFrom(server, folder, requestFor({ assets: ['NEW'], renames }));
    expect(lines('binance/spot-1d/NEW-USDT.csv')).toHaveLength(92);
  });

  test('does not join a coin with another that had its name before', async () => {
    server.now = parseDate('2022-09-15');
    server.lives = { LUNAUSDT: life('2020-08-21') };
    await fetchFrom(server, folder, requestFor({ assets: ['LUNA'], from: '2022-05-01', to: '2022-06-30' }));
    expect(lines('binance/spot-1d/LUNA-USDT.csv')[1]).toMatch(/^2022-05-28/);
  });

  test('gives prices of one coin where contracts are of a thousand, exactly', async () => {
    server.lives = { '1000SHIBUSDT': life('2021-05-10') };
    const csv = '1704067200000,0.0123456,0.0130000,0.0120000,0.0125000,5,1704153599999,1,1,1,1,0\n';
    server.archives.set('data/futures/um/monthly/klines/1000SHIBUSDT/1d/1000SHIBUSDT-1d-2024-01', csv);
    await fetchFrom(server, folder, requestFor({ assets: ['SHIB'], kinds: ['perpetual'], to: '2024-01-31' }));
    expect(lines('binance/perpetual-1d/SHIB-USDT.csv')[1]).toBe(
      '2024-01-01T00:00Z,0.0000123456,0.000013,0.000012,0.0000125,5000',
    );
  });

  test('counts the volume of COIN-M contracts in dollars', async () => {
    server.lives = { BTCUSD_PERP: life('2020-08-11'), ETHUSD_PERP: life('2020-08-11') };
    const request = requestFor({
      assets: ['BTC', 'ETH'],
      kinds: ['perpetual', 'funding'],
      contracts: ['inverse'],
      to: '2024-01-31',
    });
    await fetchFrom(server, folder, request);
    expect(lines('binance/perpetual-1d/BTC-USD.csv')[1]).toMatch(/,1000$/);
    expect(lines('binance/perpetual-1d/ETH-USD.csv')[1]).toMatch(/,100$/);
    const [btc] = (await readCatalog(folder)).series;
    expect(btc).toMatchObject({
      symbol: 'BTC-USD-PERP',
      contract: 'inverse',
      quote: 'USD',
      funding: 'binance/funding/BTC-USD.csv',
    });
  });

  test('finds the quarterly contracts of a period', async () => {
    server.lives = { BTCUSDT_240329: life('2023-09-29', '2024-03-30'), BTCUSDT_240628: life('2023-12-29', '2024-06-29') };
    await fetchFrom(server, folder, requestFor({ kinds: ['future'] }));
    const { series } = await readCatalog(folder);
    expect(series.map(({ symbol, expiry }) => [symbol, expiry])).toEqual([
      ['BTC-240329', Date.UTC(2024, 2, 29, 8)],
      ['BTC-240628', Date.UTC(2024, 5, 28, 8)],
    ]);
  });

  test('gives the open interest at the end of each interval, stamped at its open', async () => {
    await fetchFrom(server, folder, requestFor({ kinds: ['open-interest'], from: '2024-01-01', to: '2024-01-03' }));
    const rows = lines('binance/open-interest-1d/BTC-USDT.csv');
    expect(rows[0]).toBe('timestamp,open_interest_btc,open_interest_usd');
    expect(rows.map((row) => row.slice(0, 10)).slice(1)).toEqual(['2024-01-01', '2024-01-02', '2024-01-03']);
    // The record of midnight closes the day before it.
    const midnight = parseDate('2024-01-02');
    expect(rows[1]).toBe(`2024-01-01T00:00Z,${1_000 + ((midnight / DAY) % 7)},${1_000 * closeAt('BTCUSDT', midnight)}`);
  });

  test('keeps minute bars compressed, which loads as well', async () => {
    const request = requestFor({ step: 60_000, to: '2024-01-31', from: '2024-01-31' });
    const report = await fetchFrom(server, folder, request);
    expect(report.series[0]!.files).toEqual(['binance/spot-1m/BTC-USDT.csv.gz']);
    const market = await loadMarket(
      requestOf(folder, { from: '2024-01-31', to: '2024-01-31', venue: 'binance', interval: '1h' }),
    );
    expect(market.length).toBe(24);
  });

  test('refuses an interval that nobody publishes, and names those that are', async () => {
    const fetch = fetchFrom(server, folder, requestFor({ step: 20 * 60_000 }));
    await expect(fetch).rejects.toMatchObject({ code: 'interval-not-on-venue', hint: expect.stringContaining('15m, 30m') });
  });

  test('says when there is nothing of a coin, and leaves no catalog behind', async () => {
    await expect(fetchFrom(server, folder, requestFor({ assets: ['NOPE'] }))).rejects.toMatchObject({
      code: 'fetch-empty',
      message: expect.stringContaining('NOPEUSDT'),
    });
    expect(contentOf(folder)).toEqual({});
  });
});

describe('a catalog that is there', () => {
  test('is extended: nothing is fetched twice, and what was there stays', async () => {
    await fetchFrom(server, folder, requestFor({ to: '2024-02-29' }));
    server.requests.length = 0;
    const report = await fetchFrom(server, folder, requestFor({ from: '2024-03-01', to: '2024-04-30' }));
    expect(report).toMatchObject({ fetched: 2, kept: 2 });
    expect(zips()).toEqual([`${ZIP}3.zip`, `${ZIP}4.zip`]);
    expect(lines(SPOT)).toHaveLength(1 + 121);
  });

  test('fetched at once or piece by piece is the same, byte for byte', async () => {
    const kinds = ['spot', 'perpetual', 'funding'] as const;
    await fetchFrom(server, folder, requestFor({ assets: ['ETH'], kinds: ['spot'], to: '2024-01-31' }));
    await fetchFrom(server, folder, requestFor({ assets: ['BTC'], kinds, from: '2024-02-01' }));
    await fetchFrom(server, folder, requestFor({ assets: ['BTC', 'ETH'], kinds }));
    const atOnce = newFolder();
    await fetchFrom(server, atOnce, requestFor({ assets: ['BTC', 'ETH'], kinds }));
    expect(contentOf(folder)).toEqual(contentOf(atOnce));
    rmSync(atOnce, { recursive: true });
  });

  test('takes a corrected archive in place of the one it has', async () => {
    await fetchFrom(server, folder, requestFor());
    const before = lines(SPOT);
    const corrected = '1704067200000,1,2,0.5,1.5,9,1704153599999,1,1,1,1,0\n';
    server.archives.set(`${ZIP}1`, corrected);
    expect(await fetchFrom(server, folder, requestFor())).toMatchObject({ replaced: 1, kept: 2, fetched: 0 });
    expect(lines(SPOT).slice(0, 3)).toEqual([before[0], '2024-01-01T00:00Z,1,2,0.5,1.5,9', before[32]]);
  });

  test('keeps what the exchange no longer publishes', async () => {
    await fetchFrom(server, folder, requestFor());
    const before = contentOf(folder);
    server.archives.set(`${ZIP}1`, null);
    expect(await fetchFrom(server, folder, requestFor())).toMatchObject({ kept: 3 });
    expect(contentOf(folder)).toEqual(before);
  });

  test('fetches anew what was damaged on disk', async () => {
    await fetchFrom(server, folder, requestFor());
    const before = contentOf(folder);
    const part = Object.keys(contentOf(folder, true)).find((name) => name.endsWith('2024-02.part'))!;
    writeFileSync(join(folder, part), readFileSync(join(folder, part), 'utf8').replace('4', '5'));
    expect(await fetchFrom(server, folder, requestFor())).toMatchObject({ kept: 2, fetched: 1 });
    expect(contentOf(folder)).toEqual(before);
  });

  test('keeps the series of others as they are, and replaces none of them', async () => {
    const own = {
      name: 'mine',
      kind: 'real',
      notes: 'by hand',
      series: [{ symbol: 'X', kind: 'fx', base: 'X', file: 'x.csv', interval: '1d', stamp: 'open' }],
    };
    writeFileSync(join(folder, 'catalog.json'), JSON.stringify(own));
    await fetchFrom(server, folder, requestFor());
    const after = JSON.parse(readFileSync(join(folder, 'catalog.json'), 'utf8')) as typeof own;
    expect(after).toMatchObject({ name: 'mine', notes: 'by hand' });
    expect(after.series[0]).toEqual(own.series[0]);
    const foreign = { ...entries()[1]!, retrieval: undefined };
    writeFileSync(join(folder, 'catalog.json'), JSON.stringify({ ...own, series: [foreign] }));
    await expect(fetchFrom(server, folder, requestFor())).rejects.toMatchObject({ code: 'series-not-fetched' });
  });

  test('keeps marks and funding when only prices are fetched again', async () => {
    await fetchFrom(server, folder, requestFor({ kinds: ['perpetual', 'funding', 'mark'], to: '2024-02-29' }));
    await fetchFrom(server, folder, requestFor({ kinds: ['perpetual'] }));
    expect((await readCatalog(folder)).series[0]).toMatchObject({
      mark: 'binance/mark-1h/BTC-USDT.csv',
      funding: 'binance/funding/BTC-USDT.csv',
    });
    expect(entries()[0]).toMatchObject({ retrieval: { funding: { to: '2024-02-29' }, prices: { to: '2024-03-31' } } });
  });
});
