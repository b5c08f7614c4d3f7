import { rmSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeFileAtomically } from '../../../src/core/atomic-file.ts';
import { parseDate, SECOND } from '../../../src/core/time.ts';
import { BACKOFF } from '../../../src/market/fetch/backoff.ts';
import { zipOf } from '../../support/exchange-market.ts';
import { type ExchangeServer, type ServerFault, startExchange } from '../../support/exchange-server.ts';
import { contentOf, fastClock, fetchFrom, newFolder, openExchange, requestFor } from '../../support/fetching.ts';

let server: ExchangeServer;
let folder: string;
beforeEach(async () => {
  const opened = await openExchange();
  ({ server, folder } = opened);
  return opened.close;
});

/** The fault for the first `times` requests of a path that ends so. */
function faultOn(ending: string, fault: ServerFault, times = Infinity): void {
  let met = 0;
  server.faults = (path) => (path.endsWith(ending) && met++ < times ? fault : undefined);
}

const JANUARY = '2024-01.zip';
const request = requestFor({ to: '2024-02-29' });
const clean = async (): Promise<Readonly<Record<string, string>>> => {
  const other = newFolder();
  const { faults } = server;
  server.faults = () => undefined;
  await fetchFrom(server, other, request);
  server.faults = faults;
  const content = contentOf(other);
  rmSync(other, { recursive: true });
  return content;
};

describe('what passes is waited for', () => {
  test.each<[string, ServerFault]>([
    ['418', { kind: 'status', status: 418 }],
    ['429', { kind: 'status', status: 429 }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a connection that breaks off', { kind: 'reset' }],
    ['half a file, as if it were all', { kind: 'half' }],
    ['another file than the checksum is of', { kind: 'body', body: zipOf('x.csv', 'x') }],
    ['silence', { kind: 'silence' }],
    ['a slow answer', { kind: 'slow', pause: 60 }],
  ])('%s', async (_name, fault) => {
    faultOn(JANUARY, fault, 2);
    await fetchFrom(server, folder, request, { patience: fault.kind === 'silence' ? 500 : 5_000 });
    expect(contentOf(folder)).toEqual(await clean());
  });

  test('for as long as the server asks, in seconds or until a date', async () => {
    const clock = fastClock(parseDate('2024-06-15'));
    faultOn(JANUARY, { kind: 'status', status: 429, headers: { 'retry-after': '17' } }, 1);
    await fetchFrom(server, folder, request, { clock, concurrency: 1 });
    expect(clock.slept.some((ms) => ms >= 17 * SECOND)).toBe(true);
    rmSync(folder, { recursive: true });
    const dated = fastClock(parseDate('2024-06-15'));
    faultOn(JANUARY, { kind: 'status', status: 503, headers: { 'retry-after': 'Sat, 15 Jun 2024 00:01:30 GMT' } }, 1);
    await fetchFrom(server, folder, request, { clock: dated, concurrency: 1 });
    expect(dated.slept.some((ms) => ms >= 80 * SECOND && ms <= 90 * SECOND)).toBe(true);
  });

  test('before the allowance is overdrawn', async () => {
    const clock = fastClock(parseDate('2024-06-15'));
    server.faults = (_path, index) =>
      index === 0 ? { kind: 'status', status: 404, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': '9' } } : undefined;
    await fetchFrom(server, folder, requestFor({ from: '2024-01-01', to: '2024-02-29' }), { clock, concurrency: 1 });
    expect(clock.slept).toContain(9 * SECOND);
  });
});

describe('what does not pass ends the fetch', () => {
  test('after a bounded number of attempts, with growing waits in between', async () => {
    const clock = fastClock(parseDate('2024-06-15'));
    faultOn('.zip', { kind: 'status', status: 503 });
    await expect(fetchFrom(server, folder, request, { clock, concurrency: 1 })).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('503'),
    });
    expect(server.requests).toHaveLength(BACKOFF.attempts);
    expect(clock.slept).toHaveLength(BACKOFF.attempts - 1);
    for (const [i, ms] of clock.slept.entries()) {
      expect(ms).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(ms).toBeLessThanOrEqual(1_000 * 2 ** i);
    }
    expect(contentOf(folder)).toEqual({});
  });

  test('at once when the server wants to be left alone for long', async () => {
    faultOn(JANUARY, { kind: 'status', status: 418, headers: { 'retry-after': '7200' } });
    await expect(fetchFrom(server, folder, request)).rejects.toMatchObject({
      code: 'source-busy',
      message: expect.stringContaining('120 minutes'),
    });
  });

  test.each([403, 451])('at once when it refuses: %i', async (status) => {
    faultOn(JANUARY, { kind: 'status', status });
    await expect(fetchFrom(server, folder, request)).rejects.toMatchObject({ code: 'source-refused' });
    expect(server.requests.filter((path) => path.endsWith(JANUARY))).toHaveLength(1);
  });

  test('when it cannot be reached', async () => {
    await server.close();
    await expect(fetchFrom(server, folder, request)).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('when it redirects to another server, which is not contacted', async () => {
    const other = await startExchange();
    faultOn(JANUARY, { kind: 'status', status: 302, headers: { location: `${other.url}/data.zip` } });
    await expect(fetchFrom(server, folder, request)).rejects.toMatchObject({ code: 'host-not-asked' });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  test('a redirect on the server itself is followed, but not in circles', async () => {
    const target = `/data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01.zip?again`;
    faultOn(JANUARY, { kind: 'status', status: 302, headers: { location: target } });
    server.archives.set('data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01.zip?again', null);
    await expect(fetchFrom(server, folder, request)).resolves.toMatchObject({ fetched: 1 });
    server.faults = () => ({ kind: 'status', status: 302, headers: { location: '/round' } });
    await expect(fetchFrom(server, newFolder(), request)).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('redirects'),
    });
  });
});

describe('a broken archive', () => {
  const NAME = 'data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01';
  const whole = zipOf('BTCUSDT-1d-2024-01.csv', '1704067200000,1,2,0.5,1.5,9\n');
  const row = '1704067200000,1,2,0.5,1.5,9\n';

  test.each<[string, string | Uint8Array, string, string]>([
    ['that is cut off', whole.subarray(0, whole.length - 60), 'archive-broken', 'cannot be unpacked'],
    ['that is no zip', Buffer.from('<html>sorry</html>'), 'archive-broken', 'no file'],
    ['that unpacks to very much', zipOf('BTCUSDT-1d-2024-01.csv', new Uint8Array(70 * 2 ** 20)), 'archive-too-large', '64 MB'],
    ['whose file would climb out of its folder', zipOf('../../evil.csv', row), 'archive-path', '../../evil.csv'],
    ['whose file is a path', zipOf('/etc/evil.csv', row), 'archive-path', '/etc/evil.csv'],
    ['with a word for a price', `${row}1704153600000,1,two,0.5,1.5,9\n`, 'archive-lines', 'line 2: high is "two"'],
    [
      'with a bar of another month',
      '1701388800000,1,2,0.5,1.5,9\n',
      'archive-lines',
      '2023-12-01T00:00Z lies outside of 2024-01',
    ],
    ['out of order', `1704153600000,1,2,0.5,1.5,9\n${row}`, 'archive-lines', 'comes after'],
    ['with another header', 'a,b,c\n1,2,3\n', 'archive-lines', 'no column "open"'],
  ])('%s is refused by name, and the other series are fetched', async (_what, content, _code, message) => {
    server.archives.set(NAME, content);
    const both = requestFor({ to: '2024-02-29', assets: ['BTC', 'ETH'] });
    await expect(fetchFrom(server, folder, both)).rejects.toMatchObject({
      code: 'fetch-incomplete',
      faults: [{ message: expect.stringContaining(message) }],
    });
    expect(Object.keys(contentOf(folder))).toEqual(['binance/spot-1d/ETH-USDT.csv', 'catalog.json']);
    server.archives.clear();
    await fetchFrom(server, folder, both);
    const other = newFolder();
    await fetchFrom(server, other, both);
    expect(contentOf(folder)).toEqual(contentOf(other));
    rmSync(other, { recursive: true });
  });

  test.each<[string, ServerFault, string]>([
    [
      'with a checksum that is never its own',
      { kind: 'body', body: `${'0'.repeat(64)}  BTCUSDT-1d-2024-01.zip\n` },
      'its .CHECKSUM says 0000',
    ],
    ['with the checksum of another file', { kind: 'body', body: `${'0'.repeat(64)}  OTHER.zip\n` }, 'is no checksum of'],
    ['with nonsense for a checksum', { kind: 'body', body: '<html>' }, 'is no checksum of'],
    ['without a checksum', { kind: 'status', status: 404 }, 'no .CHECKSUM beside it'],
  ])('%s is refused', async (_what, fault, message) => {
    faultOn('2024-01.zip.CHECKSUM', fault);
    await expect(fetchFrom(server, folder, request)).rejects.toMatchObject({
      code: 'fetch-incomplete',
      message: expect.stringContaining(message),
    });
    expect(contentOf(folder)).toEqual({});
  });

  test('leaves the series as it was', async () => {
    await fetchFrom(server, folder, requestFor({ to: '2024-02-29' }));
    const before = contentOf(folder);
    server.archives.set(NAME, 'nonsense');
    await expect(fetchFrom(server, folder, requestFor())).rejects.toMatchObject({ code: 'fetch-incomplete' });
    expect(contentOf(folder)).toEqual(before);
  });
});

describe('manners', () => {
  test('no more requests than allowed are under way at once', async () => {
    server.faults = () => ({ kind: 'slow', pause: 5 });
    await fetchFrom(server, folder, requestFor({ from: '2023-01-01', assets: ['BTC', 'ETH'] }), { concurrency: 3 });
    expect(server.busiest).toBe(3);
  });

  test('two fetches into one folder exclude each other', async () => {
    server.faults = () => ({ kind: 'slow', pause: 20 });
    const results = await Promise.allSettled([fetchFrom(server, folder, request), fetchFrom(server, folder, request)]);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: 'catalog-locked' });
    expect(contentOf(folder)).toEqual(await clean());
  });

  test('a stop keeps what is there, and the same fetch goes on from it', async () => {
    const stop = new AbortController();
    let months = 0;
    const long = requestFor({ from: '2023-01-01', to: '2024-02-29' });
    const stopped = fetchFrom(server, folder, long, {
      ...{ stop, concurrency: 1 },
      onProgress: () => void (++months === 5 && stop.abort()),
    });
    await expect(stopped).rejects.toThrow('abort');
    expect(contentOf(folder)).toEqual({});
    expect(await fetchFrom(server, folder, long)).toMatchObject({ kept: 5, fetched: 9 });
  });

  test('a full disk is named, and loses nothing', async () => {
    await fetchFrom(server, folder, requestFor({ to: '2024-01-31' }));
    const before = contentOf(folder);
    let room = 1;
    const write = (path: string, content: string | Uint8Array): Promise<void> =>
      room-- > 0 ? writeFileAtomically(path, content) : Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    await expect(fetchFrom(server, folder, requestFor(), { write })).rejects.toMatchObject({
      code: 'disk-full',
      hint: expect.stringContaining('same command again'),
    });
    expect(contentOf(folder)).toEqual(before);
    expect(await fetchFrom(server, folder, requestFor())).toMatchObject({ kept: 2, fetched: 1 });
  });
});
