import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseDate } from '../../src/core/time.ts';
import { ccxtAnswer } from './exchange-api.ts';
import { archiveCsv, checksumOf, LIVES, type SymbolLife, zipOf } from './exchange-market.ts';

/** What may go wrong with one answer. */
export type ServerFault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Half of the answer, then the connection is gone. */
  | { readonly kind: 'reset' }
  /** Half of the answer as if it were all. */
  | { readonly kind: 'half' }
  /** Nothing, for ever. */
  | { readonly kind: 'silence' }
  /** A pause in the middle, ms. */
  | { readonly kind: 'slow'; readonly pause: number }
  | { readonly kind: 'body'; readonly body: string | Uint8Array };

/** Which fault the request of a number (from 0, in order of arrival) and path meets, if any. */
export type FaultPlan = (path: string, index: number) => ServerFault | undefined;

/** An exchange on this machine: archives as of Binance, APIs as of Bybit and OKX. */
export interface ExchangeServer {
  readonly url: string;
  /** Paths with their queries, in order of arrival. */
  readonly requests: string[];
  faults: FaultPlan;
  /** Replaces what an archive holds: the text of its CSV, or a whole zip; null: it is not there. */
  readonly archives: Map<string, string | Uint8Array | null>;
  lives: Readonly<Record<string, SymbolLife>>;
  /** UTC ms; what is not over is not published. */
  now: number;
  /** Most requests that were under way at once. */
  busiest: number;
  close(): Promise<void>;
}

/** Starts the exchange on a free port of the loopback interface. */
export async function startExchange(
  more: Partial<Pick<ExchangeServer, 'lives' | 'now' | 'faults'>> = {},
): Promise<ExchangeServer> {
  const zips = new Map<string, Uint8Array | undefined>();
  let under = 0;
  const http = createServer((request, response) => {
    under++;
    exchange.busiest = Math.max(exchange.busiest, under);
    response.on('close', () => under--);
    answer(request, response);
  });
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url!.slice(1);
    const index = exchange.requests.length;
    exchange.requests.push(path);
    const fault = exchange.faults(path, index);
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'status') {
      response.writeHead(fault.status, fault.headers).end();
      return;
    }
    const body = fault?.kind === 'body' ? Buffer.from(fault.body) : bodyOf(path);
    if (body === undefined) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    else send(response, body, fault);
  };
  const bodyOf = (path: string): Uint8Array | undefined => {
    if (!path.startsWith('data/')) return ccxtAnswer(path, exchange.lives, exchange.now);
    const name = path.replace(/\.zip(\.CHECKSUM)?$/, '');
    const zip = zipAt(name);
    if (zip === undefined) return undefined;
    return path.endsWith('.CHECKSUM') ? Buffer.from(checksumOf(zip, name.split('/').at(-1)!)) : zip;
  };
  const zipAt = (name: string): Uint8Array | undefined => {
    const file = name.split('/').at(-1)!;
    const own = exchange.archives.get(name);
    if (own !== undefined) return own === null ? undefined : typeof own === 'string' ? zipOf(`${file}.csv`, own) : own;
    const key = `${name}@${exchange.now}`;
    if (!zips.has(key)) {
      const csv = archiveCsv(name, exchange.lives, exchange.now);
      zips.set(key, csv === undefined ? undefined : zipOf(`${file}.csv`, csv));
    }
    return zips.get(key);
  };
  const exchange: ExchangeServer = {
    url: '',
    requests: [],
    faults: () => undefined,
    archives: new Map(),
    lives: LIVES,
    now: parseDate('2024-06-15'),
    busiest: 0,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
    ...more,
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(exchange, { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
}

function send(response: ServerResponse, body: Uint8Array, fault: ServerFault | undefined): void {
  const half = body.subarray(0, Math.floor(body.length / 2));
  const sent = fault?.kind === 'half' ? half : body;
  response.writeHead(200, { 'content-length': sent.length });
  if (fault?.kind === 'reset') response.write(half, () => response.destroy());
  else if (fault?.kind === 'slow') {
    response.write(half);
    setTimeout(() => response.end(body.subarray(half.length)), fault.pause);
  } else response.end(sent);
}
