import { UsageError } from '../core/errors.ts';
import { parseDate } from '../core/time.ts';

/** @throws {UsageError} `option-not-a-date` unless each option that is given is a calendar date, `2021-01-31` */
export function checkDates(options: Readonly<Record<string, string | undefined>>): void {
  for (const [name, date] of Object.entries(options)) {
    if (date === undefined || !Number.isNaN(parseDate(date))) continue;
    throw new UsageError('option-not-a-date', `--${name} ${date}: expected a date such as 2021-01-31`);
  }
}
