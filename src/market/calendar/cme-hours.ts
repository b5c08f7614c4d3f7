import { DAY, HOUR, parseDate } from '../../core/time.ts';
import { weekdayOf, WEEKDAY } from './weekdays.ts';
import { chicagoBehind } from './zones.ts';

/** From here on CME trades crypto contracts around the clock (announcement of 2026-02-19; not confirmed since). */
export const CME_ALWAYS_OPEN_SINCE = parseDate('2026-05-29');
/** Hours of Chicago at which the week and each day begin and end. */
const OPENS = 17;
const CLOSES = 16;

/**
 * Whether CME trades bitcoin contracts at a moment: Sunday to Friday, 17:00 to 16:00 in Chicago, with an hour's break every day; around
 * the clock since 2026-05-29. Exchange holidays, and the weekly maintenance since then, are not modelled.
 *
 * @param time - UTC ms
 * @see CME contract specifications of BTC and MBT
 */
export function isCmeOpen(time: number): boolean {
  if (time >= CME_ALWAYS_OPEN_SINCE) return true;
  const local = time - chicagoBehind(time);
  const day = weekdayOf(local);
  const hour = (local % DAY) / HOUR;
  if (day === WEEKDAY.saturday) return false;
  if (day === WEEKDAY.sunday) return hour >= OPENS;
  return hour < CLOSES || (day !== WEEKDAY.friday && hour >= OPENS);
}
