import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bundled sample as its files say, and statistics of it: nothing of the generator or the readers is used. */

export const DAY = 86_400_000;
export const YEAR = 365.25 * DAY;
export const SAMPLE = join(import.meta.dirname, '../../data');
export const ALTS = ['ETH', 'SOL', 'LINK', 'DOGE'];
export const COINS = ['BTC', ...ALTS];

const FROM = Date.parse('2020-01-01');

/** A CSV file by columns. */
export interface Table {
  readonly time: readonly number[];
  readonly column: (name: string) => readonly number[];
}

export function readTable(file: string, directory = SAMPLE): Table {
  const [header, ...rows] = readFileSync(join(directory, file), 'utf8').trimEnd().split('\n');
  const cells = rows.map((row) => row.split(','));
  const names = header!.split(',');
  const columns = new Map(names.map((name, c) => [name, cells.map((row) => Number(row[c]))]));
  return { time: cells.map(([stamp]) => Date.parse(stamp!)), column: (name) => columns.get(name)! };
}

/** What the sample's catalog says of a series. */
export interface CatalogEntry {
  readonly symbol: string;
  readonly kind: string;
  readonly file?: string;
  readonly expiry?: string;
  readonly settlement?: number;
}

export const catalog = JSON.parse(readFileSync(join(SAMPLE, 'catalog.json'), 'utf8')) as {
  readonly kind: string;
  readonly series: readonly CatalogEntry[];
};

/** Spot bars by coin. */
export const spot: Readonly<Record<string, Table>> = Object.fromEntries(
  COINS.map((coin) => [coin, readTable(`prices-1d/${coin}.csv`)]),
);

/** Spot price at the start of each day and at the end of the last, by coin: one more than there are days. */
export const prices: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  COINS.map((coin) => [coin, [spot[coin]!.column('open')[0]!, ...spot[coin]!.column('close')]]),
);

/** Daily log returns by coin. */
export const returns: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  COINS.map((coin) => [coin, changes(prices[coin]!.map(Math.log))]),
);

/** Days from the sample's start to a moment or date. */
export function dayOf(moment: number | string): number {
  return Math.floor(((typeof moment === 'string' ? Date.parse(moment) : moment) - FROM) / DAY);
}

export function changes(values: readonly number[]): number[] {
  return values.slice(1).map((value, i) => value - values[i]!);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i]! - meanB), 0) / a.length;
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Largest distance of two columns, relative to the second. */
export function farthest(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value / b[i]! - 1)));
}
