import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { checkCatalog } from '../../src/market/check/check.ts';
import { type ExchangeServer, type ServerFault, startExchange } from '../support/exchange-server.ts';
import { contentOf, fetchFrom, newFolder, requestFor } from '../support/fetching.ts';
import { kedge, KEDGE } from '../support/kedge.ts';

let server: ExchangeServer;
beforeAll(async () => {
  server = await startExchange();
});
afterAll(() => server.close());

const FAULTS: readonly ServerFault[] = [
  { kind: 'status', status: 418 },
  { kind: 'status', status: 429, headers: { 'retry-after': '30' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'reset' },
  { kind: 'half' },
  { kind: 'silence' },
  { kind: 'slow', pause: 20 },
];

describe('a fetch in which any one request fails once', () => {
  test.each([
    ['binance', ['spot', 'perpetual', 'funding', 'mark', 'future'], ['BTC', 'ETH']],
    ['bybit', ['spot', 'perpetual', 'funding', 'mark'], ['BTC']],
    ['okx', ['spot', 'perpetual', 'funding', 'mark'], ['BTC']],
  ] as const)('%s: ends with the catalog of a fetch without faults, byte for byte', async (venue, kinds, assets) => {
    const request = requestFor({ venue, kinds, assets, from: '2024-04-20', to: '2024-06-14' });
    const clean = newFolder();
    server.faults = () => undefined;
    server.requests.length = 0;
    await fetchFrom(server, clean, request);
    const expected = contentOf(clean, true);
    const count = server.requests.length;
    for (let failing = 0; failing < count; failing++) {
      const fault = FAULTS[failing % FAULTS.length]!;
      const folder = newFolder();
      server.requests.length = 0;
      server.faults = (_path, index) => (index === failing ? fault : undefined);
      await fetchFrom(server, folder, request, { patience: 300 });
      expect(contentOf(folder, true), `request ${failing} of ${count}: ${JSON.stringify(fault)}`).toEqual(expected);
      rmSync(folder, { recursive: true });
    }
    expect(count).toBeGreaterThan(10);
    rmSync(clean, { recursive: true });
  });

  test('with every fault at once, in any order, too', async () => {
    const request = requestFor({ kinds: ['spot', 'perpetual', 'funding'], assets: ['BTC', 'ETH'], from: '2023-01-01' });
    const clean = newFolder();
    server.faults = () => undefined;
    await fetchFrom(server, clean, request);
    const random = createRandom(3, 'faults');
    const folder = newFolder();
    server.faults = () => (random.uniform() < 0.2 ? FAULTS[random.integer(FAULTS.length)] : undefined);
    await fetchFrom(server, folder, request, {
      patience: 300,
      backoff: { attempts: 50, base: 1, longest: 10, longestAsked: 1e9 },
    });
    expect(contentOf(folder, true)).toEqual(contentOf(clean, true));
  });
});

describe('kedge data fetch, killed at any moment', () => {
  const args = (into: string): string[] => [
    ...['data', 'fetch', 'binance', '--assets', 'BTC,ETH', '--from', '2022-01-01', '--to', '2023-12-31'],
    ...['--base-url', server.url, '--into', into],
  ];
  const random = createRandom(11, 'kill');
  const draws = Array.from({ length: 20 }, () => random.uniform());
  const cwd = newFolder();
  let expected: ReturnType<typeof contentOf>;
  let duration: number;
  let fetched: number;

  beforeAll(async () => {
    server.faults = () => ({ kind: 'slow', pause: 2 });
    server.requests.length = 0;
    const start = performance.now();
    const { code, stderr } = await kedge(args('clean'), { cwd });
    expect(`${stderr}${KEDGE} ${code}`).toMatch(/0$/);
    duration = performance.now() - start;
    fetched = server.requests.length;
    expected = contentOf(`${cwd}/clean`);
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  test.each(draws)('at %f of its life, leaves a valid catalog and goes on from it', async (draw) => {
    const into = `killed-${draw}`;
    const folder = `${cwd}/${into}`;
    server.requests.length = 0;
    await kedge(args(into), { cwd, signal: 'SIGKILL', delay: draw * duration });
    const before = server.requests.filter((path) => path.endsWith('.zip')).length;
    // Whatever is in the catalog by then is whole.
    const found = await checkCatalog(folder).catch((error: { code?: string }) => error.code);
    if (typeof found === 'object') expect(found.findings).toEqual([]);
    else expect(found).toBe('catalog-not-found');
    server.requests.length = 0;
    const { code, stderr } = await kedge(args(into), { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(contentOf(folder)).toEqual(expected);
    const after = server.requests.filter((path) => path.endsWith('.zip')).length;
    // At most what was under way when it was killed came twice.
    expect(before + after).toBeLessThanOrEqual(fetched / 2 + 8);
    rmSync(folder, { recursive: true, force: true });
  });
});
