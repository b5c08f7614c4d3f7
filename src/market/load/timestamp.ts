import { DAY, HOUR, MINUTE, SECOND, dateTime } from '../../core/time.ts';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const EPOCH = /^-?\d+(\.\d+)?$/;
const MONTH_LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** How a stamp is written: in UTC, with another offset, without one, or as an epoch number of some unit. */
export type StampForm = 'UTC' | 'no zone' | `offset ${string}` | 'epoch seconds' | 'epoch milliseconds' | 'epoch microseconds';

/** A moment and the form it was written in. */
export interface Stamp {
  /** UTC ms */
  readonly time: number;
  readonly form: StampForm;
}

/** Reads ISO 8601 or an epoch number; undefined when it is neither. A stamp without a zone is read as UTC. */
export function parseStamp(text: string): Stamp | undefined {
  const match = ISO.exec(text);
  if (!match) return EPOCH.test(text) ? epochStamp(Number(text)) : undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const inCalendar = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!inCalendar || hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = match[7] === undefined ? 0 : Math.floor(Number(`0.${match[7]}`) * SECOND + 1e-6);
  const local = dateTime(year, month, day) + hour * HOUR + minute * MINUTE + second * SECOND + milliseconds;
  const zone = match[8];
  if (zone === undefined) return { time: local, form: 'no zone' };
  const offset = offsetOf(zone);
  return { time: local - offset, form: offset === 0 ? 'UTC' : `offset ${zone}` };
}

/** Reads an epoch number in seconds (from 1973), milliseconds or microseconds, told apart by magnitude up to the year 5138. */
export function epochStamp(value: number): Stamp | undefined {
  const size = Math.abs(value);
  if (size >= 1e8 && size < 1e11) return { time: Math.round(value * SECOND), form: 'epoch seconds' };
  if (size >= 1e11 && size < 1e14) return { time: Math.round(value), form: 'epoch milliseconds' };
  if (size >= 1e14 && size < 1e17) return { time: Math.round(value / 1_000), form: 'epoch microseconds' };
  return undefined;
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && !leap ? 28 : MONTH_LENGTHS[month - 1]!;
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * MINUTE;
}

/** The moment a catalog's date means as an end: a plain date the end of that UTC day, a stamp itself; NaN when it is neither. */
export function parseEnd(text: string): number {
  const stamp = parseStamp(text);
  if (stamp === undefined) return NaN;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? stamp.time + DAY : stamp.time;
}
