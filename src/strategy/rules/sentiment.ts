import { DAY, YEAR } from '../../core/time.ts';
import type { MarketView, Step } from '../types.ts';

/**
 * Funding of a perpetual over the trailing days as a yearly rate: positive, longs pay shorts. The interval is whatever the data has; of a
 * history that begins within these days, its own days count.
 *
 * @returns fraction of notional per year; NaN where nothing was settled
 */
export function fundingPerYear(market: MarketView, symbol: string, days: number): number {
  const rates = market.fundingRates(symbol, days);
  if (rates.length === 0) return NaN;
  return rates.reduce((sum, rate) => sum + rate, 0) * (YEAR / (daysOfHistory(market, symbol, days, rates.length) * DAY));
}

/** The days asked for, or as many whole ones as hold all that was ever settled. */
function daysOfHistory(market: MarketView, symbol: string, days: number, settled: number): number {
  if (market.fundingRates(symbol, days + 1).length > settled) return days;
  let enough = days;
  while (enough > 1 && market.fundingRates(symbol, enough - 1).length === settled) enough--;
  return enough;
}

/**
 * What holding a notional costs a year by the funding of the trailing days, as a share of the notional: positive is paid. A short pays
 * when funding is negative, and is paid when it is positive.
 */
export function carryCost(market: MarketView, symbol: string, notional: number, days: number): number {
  return Math.sign(notional) * fundingPerYear(market, symbol, days);
}

/**
 * Where the last settled rate stands among those of the trailing days: the share of them that are not above it.
 *
 * @returns in (0, 1]; NaN where nothing was settled
 */
export function fundingPercentile(market: MarketView, symbol: string, days: number): number {
  const rates = market.fundingRates(symbol, days);
  const last = rates.at(-1);
  return last === undefined ? NaN : rates.filter((rate) => rate <= last).length / rates.length;
}

/**
 * Growth of a coin's open interest over the trailing days, as a fraction.
 *
 * @returns NaN where either end is unknown
 */
export function openInterestChange(market: MarketView, base: string, days: number): number {
  const bars = (days * DAY) / market.step;
  const interests = market.openInterests(base, bars + 1);
  const before = interests.length > bars ? interests[0]! : NaN;
  return before > 0 ? interests.at(-1)! / before - 1 : NaN;
}

/**
 * How far a symbol's mark lies under its highest of the trailing days' bars, the present one included.
 *
 * @returns fraction in [0, 1); 0 at a high
 */
export function drawdownFrom(market: MarketView, symbol: string, days: number): number {
  const marks = market.marks(symbol, (days * DAY) / market.step);
  const high = marks.reduce((highest, mark) => Math.max(highest, mark), 0);
  return high > 0 ? 1 - marks.at(-1)! / high : 0;
}

/**
 * How the coins move with the anchor: mean correlation and mean beta, weighted by what is held of each, or equally where nothing is.
 *
 * @returns NaN where one is unknown, or there are no coins
 */
export function meanCorrelation(
  { market, portfolio }: Pick<Step, 'market' | 'portfolio'>,
  coins: readonly string[],
  anchor: string,
  days: number,
): { readonly correlation: number; readonly beta: number } {
  const values = coins.map((coin) => portfolio.value(coin));
  const total = values.reduce((sum, value) => sum + value, 0);
  let [correlation, beta] = [0, 0];
  coins.forEach((coin, i) => {
    const share = total > 0 ? values[i]! / total : 1 / coins.length;
    correlation += share * market.correlation(coin, anchor, days);
    beta += share * market.beta(coin, days);
  });
  return coins.length === 0 ? { correlation: NaN, beta: NaN } : { correlation, beta };
}
