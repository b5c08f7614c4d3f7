import { DAY, anniversary, civilDate, dateTime, startOfDay } from '../core/time.ts';

const MARCH = 3;

/**
 * Tells which lots are long-term: those whose anniversary lies on a UTC date before the sale's. The anniversary of 29 February is the 28th
 * in a common year.
 *
 * Between one 1 March and the next, the day `years` before a date is always the same number of days back (a leap day, if any, ends the
 * span), so a moment costs two comparisons and a floor, and the calendar is asked once a year.
 */
export class LongTermClock {
  readonly #years: number;
  #from = Infinity;
  #to = -Infinity;
  #lag = Infinity;

  /** @param years - whole years a lot must be older than; null when time does not matter */
  constructor(years: number | null) {
    this.#years = years ?? Infinity;
    if (years !== null) return;
    this.#from = -Infinity;
    this.#to = Infinity;
  }

  /** Lots acquired before the returned moment (UTC ms) are long-term in a sale at `time`. */
  cutoff(time: number): number {
    if (time < this.#from || time >= this.#to) this.#enterSpan(time);
    return startOfDay(time) - this.#lag;
  }

  /** A moment before which no lot acquired at `acquired` or later is long-term, as far as the calendar is known since `cutoff` was last asked. */
  earliest(acquired: number): number {
    return Math.min(startOfDay(acquired + this.#lag) + DAY, this.#to);
  }

  #enterSpan(time: number): void {
    const { year, month } = civilDate(time);
    const begins = month >= MARCH ? year : year - 1;
    this.#from = dateTime(begins, MARCH, 1);
    this.#to = dateTime(begins + 1, MARCH, 1);
    this.#lag = this.#from - dateTime(begins - this.#years, MARCH, 1);
  }
}

/**
 * The first moment at which a sale of a lot is long-term: 00:00 UTC of the day after its anniversary.
 *
 * @param years - as for `LongTermClock`
 * @returns UTC ms; null where time does not matter
 */
export function longTermFrom(acquired: number, years: number | null): number | null {
  return years === null ? null : anniversary(acquired, years) + DAY;
}
