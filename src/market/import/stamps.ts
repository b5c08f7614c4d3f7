import { Temporal } from 'temporal-polyfill';
import { ConfigError } from '../../core/errors.ts';
import { HOUR, MINUTE, SECOND } from '../../core/time.ts';
import { parseStamp, type Stamp } from '../load/timestamp.ts';

/** What 03/04/2024 means: day first or month first. */
export const DATE_ORDERS = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** How a file writes its moments. */
export interface StampForm {
  /** Of numeric dates that do not begin with the year. */
  readonly dateOrder: DateOrder;
  /** Of stamps that name none: UTC, an offset (`+09:00`) or a zone of the tz database. */
  readonly timezone: string;
}

/** Reads one cell of a file, in the file's order; undefined when it is no moment. */
export type StampReader = (text: string) => Stamp | undefined;

const CLOCK = String.raw`(?:[T ,]+(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?(?:[ -]?([AaPp][Mm]))?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${CLOCK}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})${CLOCK}$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(\d{2})?)?$/;
const NAMED = new RegExp(
  String.raw`^(?:([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})|(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4}))${CLOCK}$`,
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads ISO 8601 and epoch numbers as every reader here does, and besides these the dates of spreadsheets and download sites:
 * `31/12/2024 14:00`, `12/31/2024 2:00 PM`, `2024-12-31 02-PM`, `20241231`, `Dec 31, 2024`.
 *
 * @throws {ConfigError} `timezone-unknown`
 */
export function stampReader({ dateOrder, timezone }: StampForm): StampReader {
  const toUtc = zoneOf(timezone);
  return (text) => {
    const known = parseStamp(text);
    if (known && known.form !== 'no zone') return known;
    const local = known?.time ?? localTime(text, dateOrder);
    return local === undefined ? undefined : { time: toUtc(local), form: 'no zone' };
  };
}

/** The order that the dates of these cells prove; `either` when their numbers fit both, null when they have no such dates. */
export function provenOrder(cells: readonly string[]): DateOrder | 'either' | null {
  const dates =
    cells.flatMap((cell) => YEAR_LAST.exec(cell.trim()) ?? []).length === 0
      ? []
      : cells.map((cell) => YEAR_LAST.exec(cell.trim()));
  const numeric = dates.filter((match) => match !== null);
  if (numeric.length === 0) return null;
  // Dots are European without exception.
  if (numeric.some((match) => match[2] === '.' || Number(match[1]) > 12)) return 'dmy';
  return numeric.some((match) => Number(match[3]) > 12) ? 'mdy' : 'either';
}

function localTime(text: string, order: DateOrder): number | undefined {
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (yearFirst) return moment(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!, yearFirst.slice(4));
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [day, month] = order === 'dmy' ? [yearLast[1]!, yearLast[3]!] : [yearLast[3]!, yearLast[1]!];
    return moment(yearLast[4]!, month, day, yearLast.slice(5));
  }
  const named = NAMED.exec(text);
  if (!named) return undefined;
  const [month, day, year] = named[1] === undefined ? [named[5]!, named[4]!, named[6]!] : [named[1], named[2]!, named[3]!];
  const place = MONTHS.indexOf(month.toLowerCase());
  return place < 0 ? undefined : moment(year, String(place + 1), day, named.slice(7));
}

/** A calendar moment as if it were UTC; undefined when there is none such. */
function moment(
  year: string,
  month: string,
  day: string,
  [hour, minute, second, half]: readonly (string | undefined)[],
): number | undefined {
  const hours = half === undefined ? Number(hour ?? 0) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const padded = [month, day].map((digits) => digits.padStart(2, '0'));
  const clock = [hours, Number(minute ?? 0), Number(second ?? 0)].map((digits) => String(digits).padStart(2, '0'));
  return parseStamp(`${year}-${padded.join('-')}T${clock.join(':')}`)?.time;
}

/**
 * From local time, written as if it were UTC, to UTC. Offsets are looked up once an hour: a zone changes on the hour, or half past.
 *
 * @returns to be called row by row: which of the two is meant when an hour comes twice follows from the row before
 */
function zoneOf(timezone: string): (local: number) => number {
  if (timezone === 'UTC') return (local) => local;
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(timezone);
  if (offset) {
    const shift = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * HOUR + Number(offset[3] ?? 0) * MINUTE);
    return (local) => local - shift;
  }
  const offsets = new Map<number, readonly [number, number]>();
  const offsetsAt = (local: number): readonly [number, number] => {
    const half = Math.floor(local / (HOUR / 2));
    const known = offsets.get(half);
    if (known !== undefined) return known;
    const plain = Temporal.Instant.fromEpochMilliseconds(half * (HOUR / 2))
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime();
    const offset = (disambiguation: 'earlier' | 'later') =>
      plain.toZonedDateTime(timezone, { disambiguation }).epochMilliseconds - half * (HOUR / 2);
    const found = [offset('earlier'), offset('later')] as const;
    offsets.set(half, found);
    return found;
  };
  try {
    offsetsAt(0);
  } catch (cause) {
    throw new ConfigError('timezone-unknown', `"${timezone}" is no time zone`, {
      hint: 'UTC, an offset such as +09:00, or a name such as America/New_York',
      cause,
    });
  }
  let before = NaN;
  let isFalling = false;
  return (local) => {
    const [first, second] = offsetsAt(local).map((offset) => Math.round((local + offset) / SECOND) * SECOND) as [number, number];
    const isSecond = isFalling ? second < before : before >= first && before < second;
    const time = isSecond ? second : first;
    if (time !== before) isFalling = time < before;
    before = time;
    return time;
  };
}
