import { civilDate, DAY, dateTime, formatDate } from '../../core/time.ts';

/** A calendar month, or a day of one, in UTC. */
export interface Span {
  /** `2024-03`, `2024-03-05` */
  readonly name: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The calendar months that a period touches. */
export function monthsOf(from: number, to: number): readonly Span[] {
  const months: Span[] = [];
  for (let month = monthAt(from); month.from < to; month = monthAt(month.to)) months.push(month);
  return months;
}

/** The days of a span that lie wholly before an end. */
export function daysOf({ from, to }: Span, end: number): readonly Span[] {
  const days: Span[] = [];
  for (let day = from; day + DAY <= Math.min(to, end); day += DAY) days.push({ name: formatDate(day), from: day, to: day + DAY });
  return days;
}

/** The month that holds a moment. */
export function monthAt(time: number): Span {
  const { year, month } = civilDate(time);
  const from = dateTime(year, month, 1);
  const to = month === 12 ? dateTime(year + 1, 1, 1) : dateTime(year, month + 1, 1);
  return { name: formatDate(from).slice(0, 7), from, to };
}
