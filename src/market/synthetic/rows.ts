import { formatTime } from '../../core/time.ts';

/** Significant digits of a number of coins. */
const AMOUNT_DIGITS = 4;

/** Decimals of a funding rate, as venues print them. */
const RATE_DECIMALS = 8;

/** A CSV file: a header line, then one line per moment; line ends are LF. */
export function csv(
  header: readonly string[],
  times: readonly number[],
  ...columns: readonly ((row: number) => string)[]
): string {
  const lines = times.map((time, row) => [formatTime(time), ...columns.map((cell) => cell(row))].join(','));
  return [header.join(','), ...lines, ''].join('\n');
}

/** A price in significant digits: few enough that the last rounding of a calculation never shows; never in exponent form. */
export function price(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

/** A number of coins, never in exponent form. */
export function amount(value: number): string {
  return String(Number(value.toPrecision(AMOUNT_DIGITS)));
}

/** A funding rate, never in exponent form. */
export function rate(value: number): string {
  return value
    .toFixed(RATE_DECIMALS)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}
