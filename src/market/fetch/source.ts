import { createRandom } from '../../core/random.ts';
import { BINANCE_ARCHIVE, binanceArchive } from './archive/binance.ts';
import type { Backoff } from './backoff.ts';
import type { FetchClock } from './clock.ts';
import { Http } from './http.ts';
import type { FetchRequest } from './request.ts';
import type { Source } from './series-plan.ts';

export interface SourceOptions {
  /** Of a mirror; null: the exchange's own. */
  readonly base: string | null;
  readonly clock: FetchClock;
  /** Of the jitter of waiting times: other clients should have another. */
  readonly seed: number;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onBytes?: (count: number) => void;
  readonly backoff?: Backoff;
  readonly patience?: number;
}

/** Exchanges whose archive is read; all others are reached through ccxt. */
const ARCHIVES = { binance: { base: BINANCE_ARCHIVE, open: binanceArchive } } as const;

/**
 * The source of a request: the public archive of an exchange that has one, else the exchange's API through ccxt.
 *
 * @throws {ConfigError} `venue-unknown`, `package-missing`, `interval-not-on-venue`
 */
export async function openSource(request: FetchRequest, options: SourceOptions): Promise<Source> {
  const { base, clock, seed, signal } = options;
  const { uniform } = createRandom(seed, 'fetch/jitter');
  const client = (hosts: ReadonlySet<string>): Http => new Http({ ...options, hosts, uniform });
  const now = clock.now();
  if (Object.hasOwn(ARCHIVES, request.venue)) {
    const archive = ARCHIVES[request.venue as keyof typeof ARCHIVES];
    const address = base ?? archive.base;
    return archive.open(request, client(new Set([new URL(address).host])), address, now);
  }
  // Loaded when it is needed: ccxt takes a second and a half to start.
  const [{ openExchange }, { ccxtSource }] = await Promise.all([import('./ccxt/exchange.ts'), import('./ccxt/source.ts')]);
  const exchange = await openExchange({ venue: request.venue, base, clock, uniform, signal, client });
  return ccxtSource(request, exchange, now);
}
