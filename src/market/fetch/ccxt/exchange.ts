import type * as Ccxt from 'ccxt';
import { ConfigError, DataError, KedgeError } from '../../../core/errors.ts';
import { didYouMean } from '../../../core/suggest.ts';
import { BACKOFF, delayAfter } from '../backoff.ts';
import type { FetchClock } from '../clock.ts';
import type { Http } from '../http.ts';

type Exchange = Ccxt.Exchange;

/** What an exchange wants otherwise than the others. */
interface Habits {
  /** Only markets of these kinds are asked for: options are many, and not fetched. */
  readonly marketTypes?: readonly string[];
  /** Bars and settlements of one request. */
  readonly pageLimit?: number;
  /** How the end of a stretch of funding is named, besides ccxt's `until`: without it the newest settlements come. */
  readonly fundingEnd?: string;
}

/** @see the exchange classes of ccxt 4.5.84 */
const HABITS: Readonly<Record<string, Habits>> = {
  bybit: { marketTypes: ['spot', 'linear', 'inverse'], pageLimit: 200 },
  okx: { marketTypes: ['spot', 'future', 'swap'], pageLimit: 100, fundingEnd: 'after' },
};
const PAGE_LIMIT = 200;

/** One exchange through ccxt; its requests go through our own client, so that they are limited, repeated and paused as all others. */
export interface CcxtExchange {
  readonly exchange: Exchange;
  readonly version: string;
  /** null: the exchange's own servers. */
  readonly base: string | null;
  readonly pageLimit: number;
  readonly fundingEnd: string | undefined;
  /** Runs a call of ccxt; what the exchange says in its own words about load is waited for, what it refuses is an error. */
  call<T>(what: string, work: () => Promise<T>): Promise<T>;
}

export interface CcxtOptions {
  readonly venue: string;
  /** null: the exchange's own servers. */
  readonly base: string | null;
  readonly clock: FetchClock;
  readonly uniform: () => number;
  readonly signal: AbortSignal;
  /** Makes the client for the servers that are contacted. */
  readonly client: (hosts: ReadonlySet<string>) => Http;
}

/**
 * Opens an exchange by its name in ccxt.
 *
 * @throws {ConfigError} `package-missing` without ccxt; `venue-unknown`, with the nearest name
 */
export async function openExchange({ venue, base, clock, uniform, signal, client }: CcxtOptions): Promise<CcxtExchange> {
  const ccxt = await loadCcxt();
  const known = Object.values(ccxt.default.exchanges as unknown as Record<number, string>);
  if (!known.includes(venue)) {
    throw new ConfigError('venue-unknown', `there is no exchange "${venue}" to fetch from. ${didYouMean(venue, known)}`, {
      hint: 'exchanges go by their names in ccxt; binance has an archive of its own',
    });
  }
  const { marketTypes, pageLimit = PAGE_LIMIT, fundingEnd } = HABITS[venue] ?? {};
  const Class = (ccxt as unknown as Record<string, new (config: object) => Exchange>)[venue]!;
  const options = marketTypes === undefined ? {} : { fetchMarkets: { types: marketTypes } };
  // ccxt's own pauses are for the exchange; a mirror says by its answers what it bears.
  const exchange = new Class({ options, timeout: 2 ** 30, enableRateLimit: base === null });
  const http = client(base === null ? hostsOf(exchange.urls, exchange.hostname) : new Set([new URL(base).host]));
  exchange.fetchImplementation = async (url: string, { method, headers, body }: RequestInit) => {
    const answer = await http.request(base === null ? url : rebased(url, base), {
      method: method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(typeof body === 'string' && { body }),
    });
    // ccxt takes what is no JSON for a text that says nothing, and a page for empty.
    if (answer.status === 200 && !isJson(answer.body)) throw new ccxt.NetworkError(`${venue} answered something that is no JSON`);
    return new Response(Buffer.from(answer.body), { status: answer.status, headers: plainHeaders(answer.headers) });
  };

  const call = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    for (let failures = 1; ; failures++) {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof KedgeError || !(error instanceof ccxt.BaseError)) throw error;
        const passing = error instanceof ccxt.OperationFailed;
        if (!passing || failures >= BACKOFF.attempts) throw refused(venue, what, error);
        await clock.sleep(delayAfter(failures, uniform()), signal);
      }
    }
  };
  return { exchange, version: ccxt.version, base, pageLimit, fundingEnd, call };
}

async function loadCcxt(): Promise<typeof Ccxt> {
  try {
    return await import('ccxt');
  } catch (cause) {
    throw new ConfigError(
      'package-missing',
      'fetching from this exchange needs the optional package ccxt, which cannot be loaded',
      {
        hint: 'npm install ccxt@4.5.84; binance is fetched from its archive without it',
        cause,
      },
    );
  }
}

type Urls = { readonly api?: unknown };

/** The hosts of an exchange's API, wherever they stand in ccxt's nested list; `{hostname}` is a place for its name. */
function hostsOf({ api }: Urls, hostname: string | undefined): ReadonlySet<string> {
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value.replaceAll('{hostname}', hostname ?? '')];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
  };
  return new Set(texts(api).flatMap((text) => (URL.canParse(text) && text.startsWith('https:') ? [new URL(text).host] : [])));
}

function rebased(url: string, base: string): string {
  const { pathname, search } = new URL(url);
  return `${base.replace(/\/+$/, '')}${pathname}${search}`;
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(body).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

// The body is unpacked already.
function plainHeaders(headers: Headers): Headers {
  const plain = new Headers(headers);
  plain.delete('content-encoding');
  plain.delete('content-length');
  return plain;
}

function refused(venue: string, what: string, error: Error): DataError {
  return new DataError('exchange-refused', `${venue} refuses ${what}: ${error.message.slice(0, 300)}`, {
    hint: 'the exchange may not serve this region, symbol or interval; --base-url names a mirror',
    cause: error,
  });
}
