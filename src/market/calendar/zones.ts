import { HOUR } from '../../core/time.ts';
import { lastWeekday, nthWeekday, WEEKDAY, yearOf } from './weekdays.ts';

/** Whether clocks in London are an hour ahead of UTC: from 01:00 UTC on the last Sunday of March to that of October (since 1996). */
export function isBritishSummer(time: number): boolean {
  const year = yearOf(time);
  const { sunday } = WEEKDAY;
  return time >= lastWeekday(year, 3, sunday) + HOUR && time < lastWeekday(year, 10, sunday) + HOUR;
}

/**
 * Milliseconds that clocks in Chicago are behind UTC: five hours from 02:00 on the second Sunday of March to 02:00 on the first Sunday
 * of November (since 2007), else six.
 */
export function chicagoBehind(time: number): number {
  const year = yearOf(time);
  const { sunday } = WEEKDAY;
  const begins = nthWeekday(year, 3, sunday, 2) + (2 + 6) * HOUR;
  const ends = nthWeekday(year, 11, sunday, 1) + (2 + 5) * HOUR;
  return (time >= begins && time < ends ? 5 : 6) * HOUR;
}
