import { dateTime, HOUR, MINUTE, SECOND } from '../../core/time.ts';

/** How long to wait after failures, and when to give up. */
export interface Backoff {
  /** Requests for one file or page, the first included. */
  readonly attempts: number;
  /** ms before the first repetition; doubled before each one after. */
  readonly base: number;
  readonly longest: number;
  /** A server that asks for more patience than this is left alone, ms. */
  readonly longestAsked: number;
}

export const BACKOFF: Backoff = { attempts: 6, base: SECOND, longest: 60 * SECOND, longestAsked: 600 * SECOND };

/**
 * Wait before a repetition: exponential, with jitter between half and the whole, so that clients that failed together do not come back
 * together.
 *
 * @param failures - so far, at least 1
 * @param uniform - on [0, 1)
 * @see Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015), "equal jitter"
 */
export function delayAfter(failures: number, uniform: number, { base, longest }: Backoff = BACKOFF): number {
  const whole = Math.min(longest, base * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * uniform;
}

/**
 * What a server asks to be left alone for: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 *
 * @returns ms from now, at least 0; undefined when it does not ask
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * SECOND;
  const moment = parseHttpDate(text);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}

const REMAINING = ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-bapi-limit-status'];
const RESET = ['ratelimit-reset', 'x-ratelimit-reset', 'x-bapi-limit-reset-timestamp'];

/**
 * How long to pause because a successful answer says that the allowance is used up: `RateLimit-Remaining: 0` and when it is filled
 * again, in seconds from now, or as an epoch in seconds or milliseconds (told by size).
 *
 * @returns ms from now; 0 while something is left or nothing is said
 */
export function allowancePause(headers: Headers, now: number): number {
  const number = (names: readonly string[]): number => Number(names.map((name) => headers.get(name)).find((text) => text) ?? NaN);
  const remaining = number(REMAINING);
  const reset = number(RESET);
  if (!(remaining <= 0) || Number.isNaN(reset)) return 0;
  if (reset < 1e8) return reset * SECOND;
  return Math.max(0, (reset < 1e11 ? reset * SECOND : reset) - now);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent (RFC 9110, 5.6.7).
function parseHttpDate(text: string): number {
  const match = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text);
  const month = MONTHS.indexOf(match?.[2] ?? '') + 1;
  if (match === null || month === 0) return NaN;
  const [day, year, hours, minutes, seconds] = [1, 3, 4, 5, 6].map((group) => Number(match[group]));
  return dateTime(year!, month, day!) + hours! * HOUR + minutes! * MINUTE + seconds! * SECOND;
}
