import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, parseDate } from '../../../src/core/time.ts';
import { checkCatalog } from '../../../src/market/check/check.ts';
import { type Page, readPages } from '../../../src/market/fetch/ccxt/pages.ts';
import { barAt, life, LIVES, rateAt } from '../../support/exchange-market.ts';
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
const history = (): string[] => server.requests.filter((path) => /kline|candles|funding/.test(path));

describe.each(['bybit', 'okx'])('%s through ccxt', (venue) => {
  const kinds = ['spot', 'perpetual', 'funding', 'mark'] as const;

  test('gives bars, marks and settlements of every month, as the exchange has them', async () => {
    const report = await fetchFrom(server, folder, requestFor({ venue, kinds, assets: ['BTC'] }));
    expect(report).toMatchObject({ fetched: 12, remarks: [], source: `${venue} through ccxt` });
    const days = lines(`${venue}/spot-1d/BTC-USDT.csv`);
    expect(days).toHaveLength(92);
    expect(days[1]).toBe(`2024-01-01T00:00Z,${barAt('BTCUSDT', parseDate('2024-01-01'), DAY).join()}`);
    expect(lines(`${venue}/mark-1h/BTC-USDT.csv`)).toHaveLength(1 + 91 * 24);
    const funding = lines(`${venue}/funding/BTC-USDT.csv`);
    expect(funding).toHaveLength(1 + 91 * 3);
    expect(funding[2]).toBe(`2024-01-01T08:00Z,${rateAt(parseDate('2024-01-01') + 8 * HOUR)}`);
    expect((await checkCatalog(folder)).findings).toEqual([]);
  });

  test('is not asked again for months that are there, and only for what is new in the last one', async () => {
    server.now = parseDate('2024-03-10') + HOUR;
    await fetchFrom(server, folder, requestFor({ venue, to: '2024-03-09' }));
    expect(lines(`${venue}/spot-1d/BTC-USDT.csv`)).toHaveLength(1 + 69);
    server.requests.length = 0;
    expect(await fetchFrom(server, folder, requestFor({ venue, to: '2024-03-09' }))).toMatchObject({ kept: 3, fetched: 0 });
    expect(history()).toEqual([]);
    server.now = parseDate('2024-04-10');
    expect(await fetchFrom(server, folder, requestFor({ venue }))).toMatchObject({ kept: 2, replaced: 1 });
    const extended = contentOf(folder);
    const atOnce = newFolder();
    await fetchFrom(server, atOnce, requestFor({ venue }));
    expect(extended).toEqual(contentOf(atOnce));
    rmSync(atOnce, { recursive: true });
  });

  test('leaves out the bar that is not over', async () => {
    server.now = parseDate('2024-03-10') + 90 * 60_000;
    await fetchFrom(server, folder, requestFor({ venue, step: HOUR, from: '2024-03-09', to: '2024-03-10' }));
    expect(lines(`${venue}/spot-1h/BTC-USDT.csv`).at(-1)).toMatch(/^2024-03-10T00:00Z/);
  });

  test('begins with the listing', async () => {
    server.lives = { ...LIVES, SOLUSDT: life('2024-02-20') };
    const report = await fetchFrom(server, folder, requestFor({ venue, assets: ['SOL'] }));
    expect(report.remarks).toEqual(['SOL (prices) begins on 2024-02-20: there is nothing before']);
    expect(lines(`${venue}/spot-1d/SOL-USDT.csv`)).toHaveLength(1 + 10 + 31);
  });

  test('waits when it is told to, and gives the same', async () => {
    const clean = newFolder();
    await fetchFrom(server, clean, requestFor({ venue, kinds }));
    const met = new Set<string>();
    server.faults = (path) => {
      if (!/kline|candles|funding/.test(path) || met.has(path)) return undefined;
      met.add(path);
      return { kind: 'status', status: 429 };
    };
    await fetchFrom(server, folder, requestFor({ venue, kinds }));
    expect(contentOf(folder)).toEqual(contentOf(clean));
    rmSync(clean, { recursive: true });
  });

  test('offers the nearest coin for one that it does not list', async () => {
    await expect(fetchFrom(server, folder, requestFor({ venue, assets: ['ETHH'] }))).rejects.toMatchObject({
      code: 'asset-unknown',
      message: expect.stringContaining('Did you mean "ETH"?'),
    });
  });

  test('says what it does not have', async () => {
    const report = await fetchFrom(server, folder, requestFor({ venue, kinds: ['spot', 'perpetual'], contracts: ['inverse'] }));
    expect(report.remarks).toEqual([expect.stringContaining('lists no inverse perpetual')]);
    const none = fetchFrom(server, folder, requestFor({ venue, kinds: ['open-interest'] }));
    await expect(none).rejects.toMatchObject({ code: 'kind-not-on-venue' });
    const odd = fetchFrom(server, folder, requestFor({ venue, step: 20 * 60_000 }));
    await expect(odd).rejects.toMatchObject({ code: 'interval-not-on-venue' });
  });

  test('stands for funding alone where no perpetual is asked for', async () => {
    await fetchFrom(server, folder, requestFor({ venue, kinds: ['funding'], to: '2024-01-31' }));
    const { series } = JSON.parse(readFileSync(join(folder, 'catalog.json'), 'utf8')) as { series: object[] };
    expect(series).toEqual([
      expect.objectContaining({ symbol: 'BTC-FUNDING', kind: 'funding', file: `${venue}/funding/BTC-USDT.csv` }),
    ]);
  });
});

test('an exchange says no in its own words', async () => {
  server.faults = (path) =>
    path.includes('kline') ? { kind: 'body', body: '{"retCode":10001,"retMsg":"params error: no such thing"}' } : undefined;
  await expect(fetchFrom(server, folder, requestFor({ venue: 'bybit' }))).rejects.toMatchObject({
    code: 'exchange-refused',
    message: expect.stringContaining('no such thing'),
  });
});

test('an exchange that nobody knows is told, with the nearest name', async () => {
  await expect(fetchFrom(server, folder, requestFor({ venue: 'bybitt' }))).rejects.toMatchObject({
    code: 'venue-unknown',
    message: expect.stringContaining('Did you mean "bybit"?'),
  });
});

describe('readPages', () => {
  const rows = (times: readonly number[]) => times.map((time) => [time, 1] as const);
  const reading = async (times: readonly number[], answer: (inWindow: number[], limit: number) => number[], spacing = 1) => {
    let pages = 0;
    const page: Page = (since, until, limit) => {
      pages++;
      return Promise.resolve(
        rows(
          answer(
            times.filter((time) => time >= since && time < until),
            limit,
          ),
        ),
      );
    };
    const found = await readPages(page, 0, 100, spacing, 10);
    return { times: found.map(([time]) => time), pages };
  };
  const all = Array.from({ length: 100 }, (_, i) => i);

  test.each<[string, (inWindow: number[], limit: number) => number[]]>([
    ['as many as asked for', (found) => found],
    ['the oldest four of them', (found) => found.slice(0, 4)],
    ['the newest four of them', (found) => found.slice(-4)],
    ['in descending order', (found) => found.toReversed()],
  ])('finds every row when a page holds %s', async (_name, answer) => {
    expect((await reading(all, answer)).times).toEqual(all);
  });

  test('asks no more often than pages are full', async () => {
    expect((await reading(all, (found) => found)).pages).toBe(10);
  });

  test('passes over gaps, and rows that were not asked for', async () => {
    const gappy = all.filter((time) => time < 13 || time > 57);
    expect((await reading(gappy, (found) => [...found, 500, -3])).times).toEqual(gappy);
  });

  test('finds settlements that come closer together for a while', async () => {
    const times = all.filter((time) => (time >= 40 && time < 60) || time % 8 === 0);
    expect((await reading(times, (found, limit) => found.slice(0, limit), 8)).times).toEqual(times);
  });
});
