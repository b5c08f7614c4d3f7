import { ConfigError } from '../../core/errors.ts';
import type { Instrument } from '../instrument.ts';
import type { SeriesNotices } from './series-notices.ts';

const DOLLARS: ReadonlySet<string> = new Set(['USD', 'USDT', 'USDC']);

/** Whether two quote currencies pass as one in an account: the same, or both US dollars in some form. */
export function inOneCurrency(a: string, b: string): boolean {
  return a === b || (DOLLARS.has(a) && DOLLARS.has(b));
}

/**
 * Checks that everything is quoted in one currency; USD, USDT and USDC pass as one, with a notice.
 *
 * @throws {ConfigError} `quote-currencies-mixed`
 */
export function checkQuotes(instruments: readonly Instrument[], notices: SeriesNotices): void {
  const quotes = [...new Set(instruments.map(({ quote }) => quote))];
  if (quotes.every((quote) => DOLLARS.has(quote))) {
    const coins = quotes.filter((quote) => quote !== 'USD');
    if (coins.length > 0)
      notices.add('stablecoins-as-dollars', 'these quote currencies are treated as US dollars', coins.join(', '));
    return;
  }
  if (quotes.length === 1) return;
  const named = quotes.map((quote) => `${quote} (${instruments.find((each) => each.quote === quote)!.symbol})`).join(', ');
  throw new ConfigError('quote-currencies-mixed', `one account cannot hold series quoted in ${named}`, {
    hint: 'choose series of one quote currency (USD, USDT and USDC count as one)',
  });
}

/**
 * Checks that an account is kept in the currency that prices are quoted in.
 *
 * @throws {ConfigError} `quote-currencies-mixed`
 */
export function checkAccountCurrency(currency: string, instruments: readonly Instrument[]): void {
  const foreign = instruments.find(({ quote }) => !inOneCurrency(quote, currency));
  if (foreign === undefined) return;
  const message = `${foreign.symbol} is quoted in ${foreign.quote}, the account is kept in ${currency}`;
  throw new ConfigError('quote-currencies-mixed', message, {
    hint: 'choose series in US dollars (USD, USDT or USDC); prices in another currency are to be converted before they are imported',
  });
}
