import { DataError } from '../../../core/errors.ts';
import { formatTime, HOUR, MINUTE } from '../../../core/time.ts';
import { FUNDING_JITTER } from '../../load/funding-gaps.ts';
import { epochStamp, parseStamp } from '../../load/timestamp.ts';
import { canonicalDecimal } from '../decimal.ts';
import type { Span } from '../month.ts';

/** A column to take from an archive's file: where it stands, what a header may call it, and how its decimal point moves. */
export interface ArchiveColumn {
  readonly position: number;
  readonly names: readonly string[];
  readonly shift: number;
}

/** What one kind of archive file holds; the moment is its first column. */
export interface ArchiveForm {
  readonly time: readonly string[];
  readonly columns: readonly ArchiveColumn[];
  /** Length of a bar or between records, ms; null: settlements, which are rounded to the hour they belong to. */
  readonly step: number | null;
  /** What happens at the very end of a span belongs to it: settlements and records, not bars, which open then. */
  readonly closing: boolean;
  /** Rows without a value are passed over: the exchange had none to record. */
  readonly sparse: boolean;
}

const column = (position: number, shift: number, ...names: string[]): ArchiveColumn => ({ position, names, shift });

/**
 * Bars: open time, open, high, low, close, volume, and more that is not taken.
 *
 * @param unit - coins of one unit of the contract as a power of ten: 3 for `1000SHIBUSDT`, whose prices are those of 1,000 coins
 * @see github.com/binance/binance-public-data, README, "Klines" (2025): first without header line, futures with one since; spot in
 *   microseconds from 2025-01-01
 */
export function barForm(step: number, unit: number, volume: boolean, volumeShift = unit): ArchiveForm {
  const prices = ['open', 'high', 'low', 'close'].map((name, i) => column(i + 1, -unit, name));
  const columns = volume ? [...prices, column(5, volumeShift, 'volume')] : prices;
  return { time: ['open_time', 'open time'], step, columns, closing: false, sparse: false };
}

/** Settlements: `calc_time,funding_interval_hours,last_funding_rate`. */
export const FUNDING_FORM: ArchiveForm = {
  time: ['calc_time'],
  step: null,
  columns: [column(2, 0, 'last_funding_rate', 'funding_rate')],
  closing: true,
  sparse: false,
};

/**
 * Records of open interest every five minutes: `create_time,symbol,sum_open_interest,sum_open_interest_value,…`, the time as
 * `2021-12-01 00:05:00` in UTC.
 *
 * @param shift - decimal places from what is counted to units of the catalog
 */
export function metricsForm(shift: number): ArchiveForm {
  const columns = [column(2, shift, 'sum_open_interest'), column(3, 0, 'sum_open_interest_value')];
  return { time: ['create_time'], step: 5 * MINUTE, columns, closing: true, sparse: true };
}

/**
 * The lines of an archive's file in one form: moment in UTC ms, then numbers without needless digits; ascending, each moment once.
 *
 * A header line is told by its first cell, the unit of time by its size.
 *
 * @param span - what the archive is about; a moment outside is a fault
 * @throws {DataError} `archive-lines`, naming the line
 */
export function archiveLines(csv: string, form: ArchiveForm, span: Span, file: string): string[] {
  const rows = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = headerOf(rows[0]!);
  const places = header === undefined ? form.columns.map(({ position }) => position) : placesOf(header, form, file);
  const timePlace = header === undefined ? 0 : find(header, form.time, file);
  const lines: string[] = [];
  let before = { time: -Infinity, line: '' };
  for (let i = header === undefined ? 0 : 1; i < rows.length; i++) {
    const row = rows[i]!;
    if (row.trim() === '') continue;
    const cells = row.split(',');
    const time = timeOf(cells[timePlace] ?? '', form);
    const values = form.columns.map(({ shift }, c) => canonicalDecimal(cells[places[c]!] ?? '', shift));
    if (form.sparse && places.some((place) => (cells[place] ?? '').trim() === '')) continue;
    const wrong = values.indexOf(undefined);
    if (time === undefined) throw faulty(file, i, `"${cells[timePlace] ?? ''}" is no moment`);
    if (wrong >= 0)
      throw faulty(file, i, `${form.columns[wrong]!.names[0]} is "${cells[places[wrong]!] ?? ''}", expected a number`);
    if (time < span.from || time > span.to || (time === span.to && !form.closing)) {
      throw faulty(file, i, `${formatTime(time)} lies outside of ${span.name}`);
    }
    const line = [time, ...values].join();
    if (line === before.line) continue;
    // Records of open interest are published twice at times; the later one corrects.
    if (time === before.time && form.closing) lines.pop();
    else if (time <= before.time) throw faulty(file, i, `${formatTime(time)} comes after ${formatTime(before.time)}`);
    lines.push(line);
    before = { time, line };
  }
  return lines;
}

function headerOf(row: string): readonly string[] | undefined {
  const cells = row.split(',').map((cell) => cell.trim().toLowerCase());
  return /^[a-z]/.test(cells[0]!) ? cells : undefined;
}

function placesOf(header: readonly string[], { columns }: ArchiveForm, file: string): readonly number[] {
  return columns.map(({ names }) => find(header, names, file));
}

function find(header: readonly string[], names: readonly string[], file: string): number {
  const place = header.findIndex((name) => names.includes(name));
  if (place < 0) throw faulty(file, 0, `there is no column "${names[0]}" in the header (${header.join(', ')})`);
  return place;
}

function timeOf(cell: string, { step }: ArchiveForm): number | undefined {
  const text = cell.trim();
  const stamp = /^\d+$/.test(text) ? epochStamp(Number(text)) : parseStamp(text);
  if (stamp === undefined) return undefined;
  const hour = Math.round(stamp.time / HOUR) * HOUR;
  return step === null && Math.abs(hour - stamp.time) <= FUNDING_JITTER ? hour : stamp.time;
}

function faulty(file: string, row: number, what: string): DataError {
  return new DataError('archive-lines', `${file}, line ${row + 1}: ${what}`, {
    hint: 'the archive is not in a form that kedge knows; please report it with the name of the file',
  });
}
