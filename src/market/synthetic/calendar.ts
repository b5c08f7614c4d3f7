import { DAY, HOUR, parseDate } from '../../core/time.ts';

/** First moment of the sample, and the moment at which its last day ends, UTC ms. */
export const SAMPLE_START = parseDate('2020-01-01');
export const SAMPLE_END = parseDate('2025-01-01');

export const SAMPLE_DAYS = (SAMPLE_END - SAMPLE_START) / DAY;
export const SAMPLE_HOURS = (SAMPLE_END - SAMPLE_START) / HOUR;

/** Days from the sample's start to a `YYYY-MM-DD` date. */
export function dayOf(date: string): number {
  return (parseDate(date) - SAMPLE_START) / DAY;
}
