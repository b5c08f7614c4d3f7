import { DAY, formatTime } from '../../core/time.ts';
import { lastPriceAt, openAt, type Bars, type KnownPrice } from '../bars.ts';
import type { Instrument } from '../instrument.ts';
import type { SeriesNotices } from './series-notices.ts';

/** Spot prices older than this say nothing about an expiry. */
const LONGEST_AGE = DAY;

/**
 * Price at which a dated future settles (accounting.md, section 2): the venue's, else spot at the expiry from its finest series,
 * else the open of the bar in which it expires.
 *
 * @param published - the catalog's `settlement`, quote currency
 * @param spots - reads the spot series of its coin, the finest first; each is read only if those before did not tell
 * @param own - the contract's bars: their last price is what is left where spot is not known
 */
export async function settlementPrice(
  { symbol, base }: Instrument,
  expiry: number,
  published: number | null,
  spots: readonly (() => Promise<Bars>)[],
  own: Bars,
  notices: SeriesNotices,
): Promise<number> {
  if (published !== null) return published;
  let latest: KnownPrice | undefined;
  for (const read of spots) {
    const spot = await read();
    const exact = openAt(spot, expiry);
    if (!Number.isNaN(exact)) return exact;
    const known = lastPriceAt(spot, expiry);
    if (known && known.time >= expiry - LONGEST_AGE && known.time > (latest?.time ?? -Infinity)) latest = known;
  }
  if (latest) {
    const sentence = 'futures settled at the last spot price known before their expiry, because no bar opens at it';
    notices.add('settlement-before-expiry', sentence, `${symbol} at ${base} of ${formatTime(latest.time)}`, { time: expiry });
    return latest.price;
  }
  const sentence = 'futures settled at their own last price, because spot is not known at their expiry';
  notices.add('settlement-from-future', sentence, symbol, { time: expiry });
  return lastPriceAt(own, expiry)!.price;
}
