import { DAY, dateTime, startOfDay } from '../../core/time.ts';
import { lastWeekday, nthWeekday, weekdayOf, WEEKDAY, yearOf } from './weekdays.ts';

const { monday, thursday, saturday, sunday } = WEEKDAY;

/** Days off by proclamation, and those a proclamation moved them from. Source: gov.uk bank holidays. */
const UK_MOVED: Readonly<Record<number, { readonly from?: readonly Day[]; readonly to: readonly Day[] }>> = {
  2020: { from: [[5, 4]], to: [[5, 8]] },
  2022: {
    from: [[5, 30]],
    to: [
      [6, 2],
      [6, 3],
      [9, 19],
    ],
  },
  2023: { to: [[5, 8]] },
};
/** First year in which 19 June is a holiday in the United States (Pub. L. 117-17). */
const JUNETEENTH_SINCE = 2021;

type Day = readonly [month: number, day: number];

/** Whether banks are open on a day in England and Wales: neither a weekend nor a bank holiday (as they stand since 1978). */
export function isUkBusinessDay(time: number): boolean {
  return isWeekday(time) && !ukHolidays(yearOf(time)).includes(startOfDay(time));
}

/**
 * Whether banks are open on a day in the United States: neither a weekend nor a holiday of the Federal Reserve, whose holidays on a
 * Sunday move to Monday while those on a Saturday do not move.
 */
export function isUsBusinessDay(time: number): boolean {
  return isWeekday(time) && !usHolidays(yearOf(time)).includes(startOfDay(time));
}

/** The last day at or before a day that is a business day in both countries, 00:00 UTC. */
export function commonBusinessDay(time: number): number {
  let day = startOfDay(time);
  while (!isUkBusinessDay(day) || !isUsBusinessDay(day)) day -= DAY;
  return day;
}

/** 00:00 UTC of Easter Sunday. Source: the anonymous Gregorian computus (Nature, 1876; Meeus, Astronomical Algorithms). */
export function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const shifted = epact + toSunday - 7 * late + 114;
  return dateTime(year, Math.floor(shifted / 31), (shifted % 31) + 1);
}

function ukHolidays(year: number): number[] {
  const easter = easterSunday(year);
  const { from = [], to = [] } = UK_MOVED[year] ?? {};
  const moved = from.map(([month, day]) => dateTime(year, month, day));
  const christmas = dateTime(year, 12, 25);
  const regular = [
    nextWeekday(dateTime(year, 1, 1)),
    easter - 2 * DAY,
    easter + DAY,
    nthWeekday(year, 5, monday, 1),
    lastWeekday(year, 5, monday),
    lastWeekday(year, 8, monday),
    ...twoHolidays(christmas, christmas + DAY),
  ];
  return [...regular.filter((day) => !moved.includes(day)), ...to.map(([month, day]) => dateTime(year, month, day))];
}

function usHolidays(year: number): number[] {
  return [
    mondayAfterSunday(dateTime(year, 1, 1)),
    nthWeekday(year, 1, monday, 3),
    nthWeekday(year, 2, monday, 3),
    lastWeekday(year, 5, monday),
    ...(year >= JUNETEENTH_SINCE ? [mondayAfterSunday(dateTime(year, 6, 19))] : []),
    mondayAfterSunday(dateTime(year, 7, 4)),
    nthWeekday(year, 9, monday, 1),
    nthWeekday(year, 10, monday, 2),
    mondayAfterSunday(dateTime(year, 11, 11)),
    nthWeekday(year, 11, thursday, 4),
    mondayAfterSunday(dateTime(year, 12, 25)),
  ];
}

// A holiday on a weekend is taken on the next weekday that is not one already.
function twoHolidays(first: number, second: number): [number, number] {
  const one = nextWeekday(first);
  const two = nextWeekday(second);
  if (!isWeekday(first)) return isWeekday(second) ? [nextWeekday(second + DAY), second] : [one, one + DAY];
  return [one, two];
}

function nextWeekday(time: number): number {
  let day = time;
  while (!isWeekday(day)) day += DAY;
  return day;
}

function mondayAfterSunday(time: number): number {
  return weekdayOf(time) === sunday ? time + DAY : time;
}

function isWeekday(time: number): boolean {
  return weekdayOf(time) < saturday;
}
