import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, parseDate } from '../../src/core/time.ts';
import type { FetchClock } from '../../src/market/fetch/clock.ts';
import { fetchIntoCatalog, type FetchOptions, type FetchReport } from '../../src/market/fetch/fetch.ts';
import type { FetchRequest } from '../../src/market/fetch/request.ts';
import { openSource, type SourceOptions } from '../../src/market/fetch/source.ts';
import { type ExchangeServer, startExchange } from './exchange-server.ts';

/** A clock whose waiting takes no time; `slept` remembers it. */
export function fastClock(start: number): FetchClock & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export function requestFor(more: Partial<Omit<FetchRequest, 'from' | 'to'>> & { from?: string; to?: string } = {}): FetchRequest {
  const { from = '2024-01-01', to = '2024-03-31', ...rest } = more;
  return {
    ...{ venue: 'binance', assets: ['BTC'], kinds: ['spot'], contracts: ['linear'], quote: 'USDT', step: DAY, renames: [] },
    ...rest,
    from: parseDate(from),
    to: parseDate(to) + DAY,
  };
}

/** Fetches from a made-up exchange into a folder, without waiting. */
export async function fetchFrom(
  server: ExchangeServer,
  directory: string,
  request: FetchRequest,
  more: Partial<FetchOptions & SourceOptions> = {},
): Promise<FetchReport> {
  const { stop = new AbortController(), concurrency = 4, clock = fastClock(server.now), ...rest } = more;
  const source = { base: server.url, seed: 1, concurrency, clock, signal: stop.signal, ...rest };
  return fetchIntoCatalog(directory, request, () => openSource(request, source), { concurrency, stop, ...rest });
}

/** A made-up exchange and an empty folder to fetch into; `close` takes both away. */
export async function openExchange(): Promise<{ server: ExchangeServer; folder: string; close: () => Promise<void> }> {
  const server = await startExchange();
  const folder = newFolder();
  const close = async (): Promise<void> => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, folder, close };
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'kedge-fetch-'));

/** Everything that lies in a folder, by its path; hidden folders with `all`. */
export function contentOf(directory: string, all = false): Readonly<Record<string, string>> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.filter((name) => (all || !name.startsWith('.')) && statSync(join(directory, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), 'latin1')]));
}

/** The lines of a file in a folder. */
export function linesOf(directory: string, file: string): string[] {
  return readFileSync(join(directory, file), 'utf8').trimEnd().split('\n');
}
