import { describe, expect, test } from 'vitest';
import { parseDate, SECOND } from '../../../src/core/time.ts';
import { allowancePause, delayAfter, retryAfter } from '../../../src/market/fetch/backoff.ts';

const NOW = parseDate('2024-06-15');

test('waits double, with jitter in their upper half, up to a longest one', () => {
  expect([1, 2, 3, 7, 20].map((failures) => delayAfter(failures, 0))).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  expect([1, 2, 3, 7, 20].map((failures) => delayAfter(failures, 0.5))).toEqual([750, 1_500, 3_000, 45_000, 45_000]);
});

describe('Retry-After', () => {
  test.each([
    ['120', 120 * SECOND],
    ['Sat, 15 Jun 2024 00:00:30 GMT', 30 * SECOND],
    ['Fri, 14 Jun 2024 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('"%s" is %s ms', (text, expected) => {
    expect(retryAfter(new Headers({ 'retry-after': text }), NOW)).toBe(expected);
  });
});

describe('an allowance', () => {
  const pause = (headers: Record<string, string>) => allowancePause(new Headers(headers), NOW);

  test('that is used up is waited for, in seconds or until a moment', () => {
    expect(pause({ 'ratelimit-remaining': '0', 'ratelimit-reset': '7' })).toBe(7 * SECOND);
    expect(pause({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / SECOND + 5) })).toBe(5 * SECOND);
    expect(pause({ 'x-bapi-limit-status': '0', 'x-bapi-limit-reset-timestamp': String(NOW + 900) })).toBe(900);
  });

  test('of which something is left, or nothing is said, is not', () => {
    expect(pause({ 'ratelimit-remaining': '1', 'ratelimit-reset': '7' })).toBe(0);
    expect(pause({ 'ratelimit-remaining': '0' })).toBe(0);
    expect(pause({})).toBe(0);
  });
});
