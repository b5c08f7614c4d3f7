import { upperBound } from '../../core/column.ts';
import type { Clock } from '../rolling.ts';
import type { MarketRequest } from '../request.ts';
import type { Catalog, CatalogSeries } from './catalog.ts';
import { venuesFor } from './pick.ts';

/** A record stays known for this many of its intervals; after that open interest is unknown again. */
const LONGEST_CARRY = 3;

/**
 * The open-interest series of a coin: of the venues wanted, else of all venues together, else the only one; undefined when the
 * catalog does not say which.
 */
export function pickOpenInterest(catalog: Catalog, base: string, venue: MarketRequest['venue']): CatalogSeries | undefined {
  const there = catalog.series.filter((series) => series.kind === 'open-interest' && series.base === base);
  const wanted = [...venuesFor(venue, [base], catalog), 'all'];
  const preferred = wanted.map((name) => there.find((series) => series.venue === name)).find((series) => series !== undefined);
  return preferred ?? (there.length === 1 ? there[0] : undefined);
}

/**
 * Open interest known at the close of each bar.
 *
 * A record stamped at the open of its interval is taken as known only when the interval ends: whether sources mean the state at
 * its start or at its end is not stated, and this choice cannot look ahead.
 */
export function openInterestColumn(
  { time, columns }: { readonly time: Float64Array; readonly columns: Readonly<Record<string, Float64Array>> },
  step: number,
  stamp: 'open' | 'close',
  clock: Clock,
): Float64Array {
  const known = stamp === 'open' ? time.map((moment) => moment + step) : time;
  return Float64Array.from({ length: clock.length }, (_, bar) => {
    const now = clock.start + (bar + 1) * clock.step;
    const index = upperBound(known, now) - 1;
    return index >= 0 && now - known[index]! <= LONGEST_CARRY * step ? columns.open_interest![index]! : NaN;
  });
}
