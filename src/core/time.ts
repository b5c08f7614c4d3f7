import { DAY, HOUR, MINUTE, SECOND, YEAR } from './durations.ts';
import { ConfigError } from './errors.ts';

/** Moments are UTC milliseconds since 1970 everywhere; a `Date` appears only inside this file. */

export { DAY, HOUR, MINUTE, SECOND, YEAR };

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

/** The moment it is: for what deals with the world outside (fetching). A result never depends on it. */
export function wallClock(): number {
  return Date.now();
}

/**
 * Length of a bar interval such as `1m`, `15m`, `1h`, `8h`, `1d`, in milliseconds.
 *
 * @throws {ConfigError} `interval-unknown` unless it is a whole number of minutes that divides a day
 */
export function parseInterval(text: string): number {
  const match = /^([1-9]\d*)([mhd])$/.exec(text);
  const step = match ? Number(match[1]) * UNITS[match[2]!]! : NaN;
  if (!(step <= DAY && DAY % step === 0)) {
    throw new ConfigError('interval-unknown', `"${text}" is not a bar interval`, {
      hint: 'use 1m, 5m, 15m, 30m, 1h, 4h, 8h, 12h or 1d (a length that divides a day)',
    });
  }
  return step;
}

/** The shortest name of an interval: 3600000 → `1h`. */
export function formatInterval(step: number): string {
  if (step % DAY === 0) return `${step / DAY}d`;
  return step % HOUR === 0 ? `${step / HOUR}h` : `${step / MINUTE}m`;
}

/** The clock's moment. For the command line only: nothing of a run may depend on it. */
export function now(): number {
  return Date.now();
}

/** `2024-03-10T02:00:00.000Z` → `2024-03-10T02:00Z`; seconds appear only where they are not zero. */
export function formatTime(time: number): string {
  if (!Number.isFinite(time)) return String(time);
  return new Date(time)
    .toISOString()
    .replace(/:00\.000Z$/, 'Z')
    .replace(/\.000Z$/, 'Z');
}

/** `2024-03-10T02:12Z`, the minute that holds the moment: what is told of moments between two bars, which no price is known for. */
export function formatMinute(time: number): string {
  return formatTime(Math.floor(time / MINUTE) * MINUTE);
}

/** `2024-03-10T02:00:00.000Z`: the same width for every moment, for files. */
export function formatStamp(time: number): string {
  return new Date(time).toISOString();
}

/** `2024-03-10`, the UTC date that holds the moment. */
export function formatDate(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : String(time);
}

/** The moment 00:00 UTC of a `YYYY-MM-DD` date, or NaN when it is no such calendar date. */
export function parseDate(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return NaN;
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return formatDate(time) === text ? time : NaN;
}

export function startOfDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** A proleptic Gregorian date; `month` is 1 to 12. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function civilDate(time: number): CivilDate {
  const date = new Date(time);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 00:00 UTC of a civil date; a day past the month's end is clamped to its last day (29 February → 28). */
export function dateTime(year: number, month: number, day: number): number {
  // Every month has 28 days.
  const lastDay = day <= 28 ? day : new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Date.UTC(year, month - 1, Math.min(day, lastDay));
}

/** The same civil date `years` later, at 00:00 UTC; 29 February becomes 28 February in a common year. */
export function anniversary(time: number, years: number): number {
  const { year, month, day } = civilDate(time);
  return dateTime(year + years, month, day);
}

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';
export const CALENDAR_UNITS: readonly CalendarUnit[] = ['day', 'week', 'month', 'quarter', 'year'];

/** The first boundary (00:00 UTC; weeks start on Monday) strictly after `time`. */
export function nextBoundary(time: number, unit: CalendarUnit): number {
  const { year, month } = civilDate(time);
  switch (unit) {
    case 'day':
      return startOfDay(time) + DAY;
    case 'week': {
      // 1970-01-05 was a Monday.
      const monday = 4 * DAY;
      return (Math.floor((time - monday) / (7 * DAY)) + 1) * 7 * DAY + monday;
    }
    case 'month':
      return Date.UTC(year, month, 1);
    case 'quarter':
      return Date.UTC(year, Math.floor((month - 1) / 3) * 3 + 3, 1);
    case 'year':
      return Date.UTC(year + 1, 0, 1);
    default:
      return unit satisfies never;
  }
}

/**
 * Has `note` called whenever anything in the process asks `Date` what time it is; `new Date(ms)` only writes a time and is not told.
 *
 * @returns what puts the old `Date` back
 */
export function watchClock(note: () => void): () => void {
  const original = globalThis.Date;
  globalThis.Date = new Proxy(original, {
    apply(target, self, args) {
      note();
      return Reflect.apply(target, self, args) as string;
    },
    construct(target, args, newTarget) {
      if (args.length === 0) note();
      return Reflect.construct(target, args, newTarget) as Date;
    },
    get(target, name, receiver) {
      if (name === 'now') note();
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  return () => {
    globalThis.Date = original;
  };
}
