import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { baseUrl, fetchRequest } from '../../src/cli/fetch-options.ts';
import { dataFetchSchema } from '../../src/cli/fetch-report.ts';
import { pace } from '../../src/cli/pace.ts';
import { DAY, parseDate } from '../../src/core/time.ts';
import { type ExchangeServer, startExchange } from '../support/exchange-server.ts';
import { contentOf, newFolder } from '../support/fetching.ts';
import { kedge } from '../support/kedge.ts';

const NOW = parseDate('2024-06-15') + DAY / 2;
const GIVEN = {
  ...{ venue: 'binance', assets: 'BTC', from: '2024-01-01', to: '2024-03-31', interval: '1d', kinds: 'spot' },
  ...{ contract: 'linear', quote: 'USDT', renamed: undefined, parallel: 4 },
};
const asked = (more: object) => fetchRequest({ ...GIVEN, ...more }, NOW);

describe('the options of kedge data fetch', () => {
  test('name coins in any case, each once, and whole days', () => {
    const { request } = asked({ venue: 'Binance', assets: 'btc, ETH,BTC', contract: 'inverse,linear' });
    expect(request).toMatchObject({ venue: 'binance', assets: ['BTC', 'ETH'], contracts: ['linear', 'inverse'] });
    expect([request.from, request.to]).toEqual([parseDate('2024-01-01'), parseDate('2024-04-01')]);
  });

  test('end with yesterday where nothing is said, and say so where more is wanted', () => {
    expect(asked({ to: undefined })).toMatchObject({ request: { to: parseDate('2024-06-15') }, remarks: [] });
    const ahead = asked({ to: '2024-12-31' });
    expect(ahead.request.to).toBe(parseDate('2024-06-15'));
    expect(ahead.remarks[0]).toContain('up to 2024-06-14');
  });

  test('tell of changed names', () => {
    expect(asked({ renamed: 'old=new@2024-02-05' }).request.renames).toEqual([
      { from: 'OLD', to: 'NEW', date: parseDate('2024-02-05') },
    ]);
  });

  test.each<[object, string, string]>([
    [{ from: '2024-02-30' }, 'option-not-a-date', '2024-02-30'],
    [{ from: '2024-06-15', to: undefined }, 'option-unfit', 'lies after'],
    [{ from: '2024-05-01' }, 'option-unfit', 'lies after'],
    [{ interval: '7h' }, 'option-unfit', '7h'],
    [{ assets: 'BTC,,ETH' }, 'option-unfit', 'item 2 is empty'],
    [{ assets: '../BTC' }, 'option-unfit', '../BTC'],
    [{ assets: 'BTC/USDT' }, 'option-unfit', 'BTC/USDT'],
    [{ kinds: 'spot,perpetuals' }, 'kind-unknown', 'Did you mean "perpetual"?'],
    [{ kinds: 'spot,mark' }, 'kinds-unfit', 'marks belong to a perpetual'],
    [{ contract: 'quanto' }, 'kind-unknown', 'quanto'],
    [{ renamed: 'OLD=NEW' }, 'option-unfit', 'OLD=NEW'],
    [{ parallel: 0 }, 'option-not-whole', '1 to 16'],
    [{ parallel: 2.5 }, 'option-not-whole', '1 to 16'],
  ])('%o is wrong usage', (more, code, message) => {
    expect(() => asked(more)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  test('name a mirror, by option before environment', () => {
    expect(baseUrl(undefined, {})).toBe(null);
    expect(baseUrl(undefined, { KEDGE_BASE_URL: 'http://a' })).toBe('http://a');
    expect(baseUrl('https://b/c', { KEDGE_BASE_URL: 'http://a' })).toBe('https://b/c');
    for (const wrong of ['mirror', 'ftp://a', 'https://me:secret@a', 'https://a/?x=1']) {
      expect(() => baseUrl(wrong, {})).toThrow(expect.objectContaining({ code: 'option-unfit' }));
    }
  });
});

test('the pace tells bytes a second and the time left', () => {
  let now = 0;
  const speed = pace(() => now);
  expect(speed.text(0, 10)).toBe('');
  speed.add(3_000_000);
  now = 2_000;
  expect(speed.text(1, 11)).toBe('1.5 MB/s, 20 s left');
  now = 200_000;
  expect(speed.text(10, 20)).toBe('15 kB/s, 3 min left');
});

describe('kedge data fetch', () => {
  let server: ExchangeServer;
  let cwd: string;
  beforeAll(async () => {
    server = await startExchange();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    cwd = newFolder();
    server.faults = () => undefined;
    server.requests.length = 0;
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const typed = (...more: string[]) => [
    ...['data', 'fetch', 'binance', '--assets', 'BTC', '--from', '2024-01-01', '--to', '2024-03-31'],
    ...['--base-url', server.url, ...more],
  ];

  test('prints what came, and one document under --json', async () => {
    const { code, stdout, stderr } = await kedge(typed('--into', 'mine'), { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^BTC +spot +2024-01-01 +2024-03-31 +91/m);
    expect(stdout).toMatch(/mine: 2 series from the archive at .* \(12 fetched, 0 replaced, 0 there already\)\n$/);
    const again = await kedge(typed('--into', 'mine', '--json'), { cwd });
    const document = dataFetchSchema.parse(JSON.parse(again.stdout));
    expect(document).toMatchObject({
      directory: 'mine',
      venue: 'binance',
      from: '2024-01-01',
      to: '2024-03-31',
      kept: 12,
      fetched: 0,
    });
    expect(document.series[1]).toMatchObject({
      symbol: 'BTC-PERP',
      files: ['binance/perpetual-1d/BTC-USDT.csv', 'binance/mark-1h/BTC-USDT.csv', 'binance/funding/BTC-USDT.csv'],
    });
  });

  test('stopped by Ctrl-C says what is kept, and goes on from there', async () => {
    const moment = new Promise<void>((resolve) => {
      server.faults = (_path, index) => {
        if (index === 15) resolve();
        return index > 14 ? { kind: 'silence' } : undefined;
      };
    });
    const { code, stderr } = await kedge(typed(), { cwd, signal: 'SIGINT', moment });
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted: \d of 12 months are kept in history; the same command fetches the rest/);
    expect(Object.keys(contentOf(cwd, true)).filter((name) => /tmp$|lock/.test(name))).toEqual([]);
    server.faults = () => undefined;
    const { stdout } = await kedge(typed('--json'), { cwd });
    const { kept, fetched } = dataFetchSchema.parse(JSON.parse(stdout));
    expect(kept).toBeGreaterThan(0);
    expect(kept + fetched).toBe(12);
  });

  test('fails with one document when the source has nothing', async () => {
    const { code, stdout } = await kedge(typed('--assets', 'NOPE', '--json').toSpliced(3, 2), { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'fetch-empty' } });
  });

  test('takes the mirror from the environment', async () => {
    process.env['KEDGE_BASE_URL'] = server.url;
    const args = typed('--kinds', 'spot').toSpliced(9, 2);
    const { code } = await kedge(args, { cwd });
    delete process.env['KEDGE_BASE_URL'];
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'history/binance/spot-1d/BTC-USDT.csv'), 'utf8').split('\n')).toHaveLength(93);
  });
});
