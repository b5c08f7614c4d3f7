import { ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import { formatDate } from '../core/time.ts';
import { inOneCurrency } from '../market/load/quotes.ts';
import type { TaxSetup } from './setup.ts';

/** An exchange rate by day, in account currency per unit of the regime's. */
export interface ExchangeRate {
  /** The rate on the day of a moment: the last known by then, before the first the first. */
  at(time: number): number;
  /** Whether it changes. */
  readonly moves: boolean;
  /** In words, for reports. */
  readonly description: string;
  /** The day of the first rate, UTC ms; −Infinity for a constant. */
  readonly from: number;
  /** Whether it is one that kedge ships. */
  readonly shipped: boolean;
}

/** A rate read from a catalog, as plain data: what a setup carries. */
export interface ExchangeSeries {
  /** The regime's currency. */
  readonly currency: string;
  /** UTC ms, ascending: when each rate was known. */
  readonly time: readonly number[];
  /** Account currency per unit of `currency`. */
  readonly rate: readonly number[];
  /** The series it comes from. */
  readonly source: string;
}

// Units of the currency per US dollar, average of 2024: Internal Revenue Service, "Yearly Average Currency Exchange Rates",
// https://www.irs.gov/individuals/international-taxpayers/yearly-average-currency-exchange-rates (figures for 2024, as of 2025-01).
const PER_DOLLAR: Readonly<Record<string, number>> = {
  USD: 1,
  GBP: 0.783,
  EUR: 0.924,
  CAD: 1.37,
  AUD: 1.516,
  JPY: 151.353,
  INR: 83.677,
  CHF: 0.881,
  SGD: 1.336,
  AED: 3.673,
};
const SHIPPED = 'the average of 2024 (Internal Revenue Service, yearly average exchange rates)';

/**
 * The rate between the account's currency and the regime's: a constant of the experiment, else a series of the catalog, else the shipped one.
 *
 * @returns null where none is needed
 * @throws {ConfigError} `tax-fx-missing` where none is known, or where the experiment gives one of another currency
 */
export function exchangeRate(
  regimeCurrency: string | null,
  accountCurrency: string,
  { fx = {}, exchange = [] }: Pick<TaxSetup, 'fx' | 'exchange'>,
): ExchangeRate | null {
  if (regimeCurrency === null || inOneCurrency(regimeCurrency, accountCurrency)) return null;
  const given = fx[regimeCurrency];
  const pair = `${accountCurrency} per ${regimeCurrency}`;
  if (given !== undefined) return constantRate(given, `${given} ${pair} throughout, from the experiment`, false);
  const misnamed = Object.keys(fx)[0];
  if (misnamed !== undefined) {
    throw new ConfigError('tax-fx-missing', `tax.fx gives ${misnamed}, but the regime reckons in ${regimeCurrency}`, {
      hint: didYouMean(misnamed, [regimeCurrency]),
    });
  }
  const series = exchange.find(({ currency }) => currency === regimeCurrency);
  if (series) return seriesRate(series, pair);
  const [from, to] = [regimeCurrency, inOneCurrency(accountCurrency, 'USD') ? 'USD' : accountCurrency].map(
    (code) => PER_DOLLAR[code],
  );
  if (from === undefined || to === undefined) {
    throw new ConfigError('tax-fx-missing', `there is no exchange rate from ${regimeCurrency} to ${accountCurrency}`, {
      hint: `give one in the experiment: tax: { fx: { ${regimeCurrency}: 1.25 } }, in ${pair}, or a series of kind fx in the catalog`,
    });
  }
  const rate = Number((to / from).toPrecision(6));
  return constantRate(rate, `${rate} ${pair} throughout: ${SHIPPED}`, true);
}

function constantRate(rate: number, description: string, shipped: boolean): ExchangeRate {
  return { at: () => rate, moves: false, description, from: -Infinity, shipped };
}

function seriesRate({ time, rate, source }: ExchangeSeries, pair: string): ExchangeRate {
  let place = 0;
  return {
    at(moment) {
      // Moments mostly go forward: the search starts where the last one ended.
      if (time[place]! > moment) place = 0;
      while (place + 1 < time.length && time[place + 1]! <= moment) place++;
      return rate[place]!;
    },
    moves: true,
    description: `${pair} on the day of each event, from ${source} (${formatDate(time[0]!)} to ${formatDate(time.at(-1)!)})`,
    from: time[0]!,
    shipped: false,
  };
}
