import { z } from 'zod';
import { parseDate } from '../../core/time.ts';
import type { FutureView } from '../types.ts';

/** A UTC date, `YYYY-MM-DD`. */
export const dateParam = z.string().refine((text) => !Number.isNaN(parseDate(text)), {
  error: ({ input }) => `expected a date such as 2024-06-28, found "${String(input)}"`,
});

/**
 * The future to hedge with: the first that trades and has enough days left; none has: the last that trades.
 *
 * @param listed - the next to expire first
 * @param until - a moment that it should outlive, if one does; −Infinity where there is none
 */
export function futureFor(listed: readonly FutureView[], minDays: number, until: number): FutureView | null {
  const trading = listed.filter(({ tradable }) => tradable);
  const fits = until > -Infinity ? ({ expiry }: FutureView) => expiry >= until : ({ days }: FutureView) => days >= minDays;
  return trading.find(fits) ?? trading.at(-1) ?? null;
}
