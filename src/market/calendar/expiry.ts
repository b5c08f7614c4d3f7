import { HOUR, parseDate } from '../../core/time.ts';
import { commonBusinessDay } from './business-days.ts';
import { lastWeekday, WEEKDAY } from './weekdays.ts';
import { isBritishSummer } from './zones.ts';

/** Hour (UTC) at which the crypto venues deliver. */
const DELIVERY_HOUR = 8;
/** Hour (London) at which CME's bitcoin contracts stop trading. */
const CME_LAST_HOUR = 16;
/** Delivery months by the letter that futures symbols carry: F is January. */
const MONTH_LETTERS = 'FGHJKMNQUVXZ';
const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * Expiry of a monthly or quarterly contract on the crypto venues: the last Friday of its month, 08:00 UTC. Holidays do not shift it.
 *
 * @param month - 1 to 12
 * @returns UTC ms
 * @see Binance FAQ a3401595..., "Delivery & settlement of quarterly futures"; Deribit and Kraken state the same
 */
export function monthlyExpiry(year: number, month: number): number {
  return lastWeekday(year, month, WEEKDAY.friday) + DELIVERY_HOUR * HOUR;
}

/** Expiry of a quarter's contract on the crypto venues: that of its last month; quarter 5 is the first of the next year. */
export function quarterlyExpiry(year: number, quarter: number): number {
  return monthlyExpiry(year, quarter * 3);
}

/**
 * End of trading of a CME bitcoin contract: 16:00 in London on the last Friday of its month, or where that is no business day in both
 * the United Kingdom and the United States, on the last one before it that is.
 *
 * @returns UTC ms; 15:00 UTC in British summer
 * @see CME contract specifications of BTC and MBT
 */
export function cmeExpiry(year: number, month: number): number {
  const day = commonBusinessDay(lastWeekday(year, month, WEEKDAY.friday));
  const moment = day + CME_LAST_HOUR * HOUR;
  return isBritishSummer(moment) ? moment - HOUR : moment;
}

/**
 * Expiry that a crypto venue's symbol states: a date (`BTCUSD_261225`, `BTC-USD-261225`, `BTC-25DEC26`), which ends at 08:00 UTC, or a
 * delivery month (`BTCUSDZ26`), whose last Friday it is.
 *
 * @returns UTC ms; null when the symbol names none, or no day of the calendar
 */
export function symbolExpiry(symbol: string): number | null {
  const digits = /[-_](\d{2})(\d{2})(\d{2})$/.exec(symbol);
  if (digits) return deliveryOn(`20${digits[1]!}-${digits[2]!}-${digits[3]!}`);
  const named = /-(\d{1,2})([A-Z]{3})(\d{2})$/.exec(symbol);
  if (named) {
    const month = String(MONTH_NAMES.indexOf(named[2]!) + 1);
    return deliveryOn(`20${named[3]!}-${month.padStart(2, '0')}-${named[1]!.padStart(2, '0')}`);
  }
  const delivery = deliveryMonth(symbol);
  return delivery && monthlyExpiry(delivery.year, delivery.month);
}

/** Delivery month that a symbol with a month letter states: `BTCZ26` is December 2026; null when it states none. */
export function deliveryMonth(symbol: string): { readonly year: number; readonly month: number } | null {
  const match = /[A-Z]([FGHJKMNQUVXZ])(\d{2})$/.exec(symbol);
  return match && { year: 2000 + Number(match[2]), month: MONTH_LETTERS.indexOf(match[1]!) + 1 };
}

function deliveryOn(date: string): number | null {
  const day = parseDate(date);
  return Number.isNaN(day) ? null : day + DELIVERY_HOUR * HOUR;
}
