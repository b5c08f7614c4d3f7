import { DataError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import { allowancePause, BACKOFF, type Backoff, delayAfter, retryAfter } from './backoff.ts';
import type { FetchClock } from './clock.ts';
import { type Limiter, limiter } from './limit.ts';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpOptions {
  /** `host` or `host:port`: nothing else is contacted, whoever asks for it. */
  readonly hosts: ReadonlySet<string>;
  readonly clock: FetchClock;
  /** Uniform on [0, 1), for jitter. */
  readonly uniform: () => number;
  /** Requests under way at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told of every piece that arrives. */
  readonly onBytes?: (count: number) => void;
  readonly backoff?: Backoff;
  /** ms without a byte until an answer is taken for dead. */
  readonly patience?: number;
}

/** Answers larger than this are refused: a month of 1m bars is 2 MB compressed. */
const LARGEST_ANSWER = 64 * 2 ** 20;
const PATIENCE = 30 * SECOND;
const MOST_REDIRECTS = 5;
const RETRIED = new Set([408, 418, 425, 429]);
const ACCOUNTS = 'kedge fetches public data without an account';

/** Thrown inside for what another attempt may mend. */
class Passing extends Error {
  /** What the server asks to wait, ms. */
  readonly asked: number | undefined;

  constructor(message: string, asked?: number, cause?: unknown) {
    super(message, { cause });
    this.asked = asked;
  }
}

/** An HTTP client for servers that must not be burdened: few requests at once, pauses when asked, repetitions that end. */
export class Http {
  readonly #options: HttpOptions;
  readonly #limit: Limiter;
  readonly #backoff: Backoff;
  /** UTC ms: no request begins before. */
  #pausedUntil = 0;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#limit = limiter(options.concurrency);
    this.#backoff = options.backoff ?? BACKOFF;
  }

  /**
   * Fetches, again and again where that may help: on 408, 418, 425, 429 and 5xx, on resets, silence and answers cut short.
   *
   * @returns any other answer, 404 among them
   * @throws {DataError} `source-unreachable` when attempts are used up, `source-busy` when it asks for more patience than there is,
   *   `host-not-asked`, `answer-too-large`; the signal's reason when it aborts
   */
  async request(url: string, options: RequestOptions = {}): Promise<Answer> {
    const { clock, signal, uniform } = this.#options;
    for (let failures = 1; ; failures++) {
      try {
        return await this.#limit(() => this.#attempt(url, options));
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Passing)) throw error;
        const { asked } = error;
        if (asked !== undefined && asked > this.#backoff.longestAsked) throw busy(url, asked);
        if (failures >= this.#backoff.attempts) throw unreachable(url, failures, error);
        const delay = Math.max(asked ?? 0, delayAfter(failures, uniform(), this.#backoff));
        // Who is asked to wait waits with everything it has for this server.
        if (asked !== undefined) this.#pausedUntil = Math.max(this.#pausedUntil, clock.now() + delay);
        await clock.sleep(delay, signal);
      }
    }
  }

  async #attempt(url: string, options: RequestOptions): Promise<Answer> {
    const { clock, signal } = this.#options;
    for (let wait = this.#pausedUntil - clock.now(); wait > 0; wait = this.#pausedUntil - clock.now()) {
      await clock.sleep(wait, signal);
    }
    signal.throwIfAborted();
    const answer = await this.#follow(url, options);
    const now = clock.now();
    if (RETRIED.has(answer.status) || answer.status >= 500) {
      throw new Passing(`it answered ${answer.status}`, retryAfter(answer.headers, now));
    }
    this.#pausedUntil = Math.max(
      this.#pausedUntil,
      now + Math.min(allowancePause(answer.headers, now), this.#backoff.longestAsked),
    );
    return answer;
  }

  async #follow(url: string, options: RequestOptions): Promise<Answer> {
    let target = new URL(url);
    for (let redirects = 0; ; redirects++) {
      this.#mustBeAsked(target, url);
      const answer = await this.#exchange(target, options);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status >= 400 || location === null) return answer;
      if (redirects >= MOST_REDIRECTS) throw new Passing(`it redirects more than ${MOST_REDIRECTS} times`);
      target = new URL(location, target);
    }
  }

  #mustBeAsked(target: URL, url: string): void {
    const { hosts } = this.#options;
    const web = target.protocol === 'https:' || (target.protocol === 'http:' && !url.startsWith('https:'));
    if (web && hosts.has(target.host)) return;
    const from = target.href === url ? '' : `, where ${url} redirects to`;
    throw new DataError('host-not-asked', `${target.origin}${from} is no server that was asked for`, {
      hint: `only ${[...hosts].join(', ')} is contacted; name another server with --base-url if you trust it`,
    });
  }

  /** One request and its whole answer. */
  async #exchange(target: URL, { method = 'GET', headers = {}, body }: RequestOptions): Promise<Answer> {
    const { signal, onBytes, patience = PATIENCE } = this.#options;
    const stop = new AbortController();
    const abort = (): void => stop.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    let timer = setTimeout(() => stop.abort(), patience);
    try {
      const response = await fetch(target, {
        method,
        headers,
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: stop.signal,
      });
      const pieces: Uint8Array[] = [];
      let size = 0;
      for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), patience);
        size += piece.length;
        if (size > LARGEST_ANSWER) throw tooLarge(target.href);
        pieces.push(piece);
        onBytes?.(piece.length);
      }
      return { status: response.status, headers: response.headers, body: Buffer.concat(pieces) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DataError) throw error;
      const silent = stop.signal.aborted ? `nothing came for ${patience / SECOND} s` : reasonOf(error);
      throw new Passing(silent, undefined, error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      stop.abort();
    }
  }
}

/** The error for an answer that says no and would say so again. */
export function refusal(url: string, { status }: Answer): DataError {
  const hints: Readonly<Record<number, string>> = {
    401: ACCOUNTS,
    403: 'the server refuses this address or region; --base-url names a mirror',
    451: 'the exchange does not serve this region; --base-url names a mirror',
  };
  return new DataError('source-refused', `${url} answered ${status}`, {
    hint: hints[status] ?? 'check --base-url; the server does not know what it was asked for',
  });
}

function unreachable(url: string, attempts: number, cause: Passing): DataError {
  return new DataError('source-unreachable', `${url} failed ${attempts} times; the last time ${cause.message}`, {
    hint: 'check the network, or try again later: what is there is not fetched again',
    cause,
  });
}

function busy(url: string, asked: number): DataError {
  return new DataError(
    'source-busy',
    `${new URL(url).host} asks to be left alone for ${Math.ceil(asked / 60 / SECOND)} minutes`,
    {
      hint: 'run the same command again after that: what is there is not fetched again',
    },
  );
}

function tooLarge(url: string): DataError {
  return new DataError('answer-too-large', `${url} is larger than ${LARGEST_ANSWER / 2 ** 20} MB`, {
    hint: 'do not trust this server: no archive of bars is that large',
  });
}

// `fetch failed` says nothing; its cause does.
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const inner = cause as NodeJS.ErrnoException | undefined;
  return inner === undefined ? message : inner.message || inner.code || message;
}
