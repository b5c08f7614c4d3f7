import { UNDEFINED, decimal, money, percent, signed } from '../core/figures.ts';
import { formatDate } from '../core/time.ts';

/** What tables, charts and captions show: the figures of `core/figures.ts`, and those that only they need. */
export { UNDEFINED, countWord, decimal, money, percent, rate, wholePercent } from '../core/figures.ts';

export function count(value: number | null): string {
  return decimal(value, 0);
}

/** A fall as a reader expects it: `0.445` → `−44.5%`; a fall of nothing is `0.0%`. */
export function fall(fraction: number | null): string {
  return percent(fraction === null ? null : -fraction);
}

/** Amounts that stand under each other: with cents only where all of them are small. */
export function moneyColumn(values: readonly (number | null)[], currency: string): string[] {
  const decimals = values.every((value) => value === null || Math.abs(value) < 100) ? 2 : 0;
  return values.map((value) => money(value, currency, value === 0 ? 0 : decimals));
}

/** A price of one unit: whole from 1,000 on, cents from 1 on, four significant digits below. */
export function price(value: number, currency: string): string {
  if (Math.abs(value) >= 1 || value === 0) return money(value, currency, Math.abs(value) >= 1000 ? 0 : 2);
  return money(value, currency, 3 - Math.floor(Math.log10(Math.abs(value))));
}

/** Short form for axes: `$50k`, `$1.2M`. */
export function axisMoney(value: number, currency: string): string {
  const size = Math.abs(value);
  const [unit, letter] = size >= 1e9 ? [1e9, 'B'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e3 ? [1e3, 'k'] : [1, ''];
  return money(value / unit, currency, decimalsNeeded(value / unit)) + letter;
}

export function ratio(value: number | null): string {
  return decimal(value, 2);
}

export function days(value: number | null): string {
  return value === null ? UNDEFINED : `${decimal(value, 0)}\u00a0d`;
}

/** A difference with its sign, `–` for undefined; see `signed`. */
export function difference(text: string): string {
  return text === UNDEFINED ? text : signed(text);
}

/** The UTC day that a bar's close ends: a close at 00:00 belongs to the day before. */
export function closingDay(close: number): string {
  return formatDate(close - 1);
}

/** Units of a coin or contract, to six significant digits. */
export function quantity(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return decimal(value, 0);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const text = decimal(value, Math.min(12, Math.max(0, 5 - magnitude)));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function decimalsNeeded(value: number): number {
  for (let decimals = 0; decimals < 3; decimals++) if (Math.abs(value - Number(value.toFixed(decimals))) < 1e-9) return decimals;
  return 3;
}
