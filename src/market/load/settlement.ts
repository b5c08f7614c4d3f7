import { formatTime } from '../../core/time.ts';
import { lastPriceAt, openAt, type Bars } from '../bars.ts';
import type { Instrument } from '../instrument.ts';
import type { SeriesNotices } from './series-notices.ts';

/**
 * Price at which a dated future settles (accounting.md, section 2): the venue's, else spot at the expiry from its finest series,
 * else the open of the bar in which it expires.
 *
 * @param published - the catalog's `settlement`, quote currency
 * @param spot - the finest spot bars of its coin; null: the catalog has none
 * @param own - the contract's bars: their last price is what is left where spot does not reach
 */
export function settlementPrice(
  { symbol, base }: Instrument,
  expiry: number,
  published: number | null,
  spot: Bars | null,
  own: Bars,
  notices: SeriesNotices,
): number {
  if (published !== null) return published;
  const exact = spot === null ? NaN : openAt(spot, expiry);
  if (!Number.isNaN(exact)) return exact;
  const before = spot === null ? undefined : lastPriceAt(spot, expiry);
  if (before) {
    const sentence = 'futures settled at the last spot price known before their expiry, because no bar opens at it';
    notices.add('settlement-before-expiry', sentence, `${symbol} at ${base} of ${formatTime(before.time)}`, { time: expiry });
    return before.price;
  }
  const sentence = 'futures settled at their own last price, because spot is not known at their expiry';
  notices.add('settlement-from-future', sentence, symbol, { time: expiry });
  return lastPriceAt(own, expiry)!.price;
}
