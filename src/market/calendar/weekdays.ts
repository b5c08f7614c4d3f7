import { DAY, civilDate, dateTime } from '../../core/time.ts';

/** Days of the week as numbers, Monday first. */
export const WEEKDAY = { monday: 0, tuesday: 1, wednesday: 2, thursday: 3, friday: 4, saturday: 5, sunday: 6 } as const;

/** Day of the week of a moment in UTC: 0 is Monday, 6 Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(time: number): number {
  const days = Math.floor(time / DAY) + WEEKDAY.thursday;
  return ((days % 7) + 7) % 7;
}

/** 00:00 UTC of the last such weekday of a month; `month` is 1 to 12. */
export function lastWeekday(year: number, month: number, weekday: number): number {
  const last = dateTime(year, month, 31);
  return last - ((weekdayOf(last) - weekday + 7) % 7) * DAY;
}

/** 00:00 UTC of the `nth` such weekday of a month, 1 the first. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  const first = dateTime(year, month, 1);
  return first + (((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1)) * DAY;
}

/** Year of a moment in UTC. */
export function yearOf(time: number): number {
  return civilDate(time).year;
}
