/** Figures as every sentence, table and terminal line writes them: true minus sign, grouped thousands, `–` for undefined, never `−0`. */

export const UNDEFINED = '–';
const MINUS = '−';

/** A currency's sign where it has one of its own, else its code and a space that does not break: `$`, `€`, `CHF `. */
const CURRENCY_SIGNS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹' };

/** `1234.56` with 1 decimal → `1,234.6`. */
export function figure(value: number, decimals: number): string {
  const text = value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return /[1-9]/.test(text) ? text.replace('-', MINUS) : text.replace('-', '');
}

/** `1234.5` with 1 decimal → `1,234.5`; `–` for undefined. */
export function decimal(value: number | null, decimals: number): string {
  return value === null || !Number.isFinite(value) ? UNDEFINED : figure(value, decimals);
}

/** With its sign, also when positive; zero has none. */
export function signed(text: string): string {
  return text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** `0.4451` → `44.5%`; from 1,000% on without decimals. */
export function percent(fraction: number | null, decimals = 1): string {
  if (fraction === null || !Number.isFinite(fraction)) return UNDEFINED;
  return `${decimal(100 * fraction, Math.abs(fraction) >= 10 ? 0 : decimals)}%`;
}

/** Whole percent, with a decimal where that alone tells a share from none or from all: `77%`, `0.1%`, `99.7%`. */
export function wholePercent(fraction: number | null): string {
  const text = percent(fraction, 0);
  const exact = fraction === 0 || fraction === 1;
  return !exact && (text === '0%' || text === '100%') ? percent(fraction) : text;
}

/** A rate with the decimals it has, up to six significant digits: `0.26375` → `26.375%`, `-0.003` → `−0.3%`. */
export function rate(fraction: number): string {
  return `${String(Number((100 * fraction).toPrecision(6))).replace('-', MINUS)}%`;
}

/**
 * Units, or an amount in them, with up to six significant digits: `0.0009625`, `−2,495.18`; with an exponent where there would be more
 * zeros than one counts: `1e+18`, `2.5e-12`.
 */
export function sixDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-9)) return Number(value.toPrecision(6)).toExponential().replace(/^-/, MINUS);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 6 }).replace('-', MINUS);
}

/**
 * An amount without cents, or with them where it is under 100: `−$1,234`, `$0.52`.
 *
 * @param currency - null: unknown, and not shown
 */
export function money(value: number | null, currency: string | null, decimals?: number): string {
  if (value === null || !Number.isFinite(value)) return UNDEFINED;
  const text = decimal(value, decimals ?? (value !== 0 && Math.abs(value) < 100 ? 2 : 0));
  const sign = currency === null ? '' : (CURRENCY_SIGNS[currency] ?? `${currency}\u00a0`);
  return text.startsWith(MINUS) ? MINUS + sign + text.slice(MINUS.length) : sign + text;
}

const NUMBER_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Small counts as words: `five`; above twelve as digits. */
export function countWord(value: number): string {
  return NUMBER_WORDS[value] ?? decimal(value, 0);
}
