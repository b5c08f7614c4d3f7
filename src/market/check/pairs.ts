import { inOneCurrency } from '../load/quotes.ts';
import type { Priced } from './priced.ts';

/** Why two files of one asset should show nearly the same prices. */
export type Relation = 'interval' | 'mark' | 'venue' | 'basis';

/** A file of prices and the one it is held against. */
export interface Pair {
  readonly relation: Relation;
  readonly own: Priced;
  readonly other: Priced;
}

/**
 * Whom each file of one asset is held against: a mark its trades, another interval the first one, another venue the first one, a
 * contract the spot price of its venue, or else of any.
 *
 * @param asset - the files of one base, in the catalog's order
 */
export function pairsOf(asset: readonly Priced[]): Pair[] {
  const pairs: Pair[] = [];
  const pair = (relation: Relation, own: Priced, other: Priced | undefined): void => {
    if (other && inOneCurrency(own.file.series.quote, other.file.series.quote)) pairs.push({ relation, own, other });
  };
  const trades = asset.filter(({ file }) => file.role === 'prices');
  for (const own of asset) {
    const { role, series } = own.file;
    const before = trades.slice(0, trades.indexOf(own));
    const alike = (other: Priced) => other.file.series.kind === series.kind && other.file.series.expiry === series.expiry;
    const atVenue = (other: Priced) => other.file.series.venue === series.venue;
    const named = (other: Priced) => other.file.series.symbol === series.symbol;
    if (role === 'mark') {
      pair(
        'mark',
        own,
        nearestStep(
          trades.filter((other) => alike(other) && atVenue(other) && named(other)),
          own,
        ),
      );
      continue;
    }
    pair(
      'interval',
      own,
      before.find((other) => alike(other) && atVenue(other) && named(other)),
    );
    pair(
      'venue',
      own,
      nearestStep(
        before.filter((other) => alike(other) && !atVenue(other)),
        own,
      ),
    );
    if (series.kind === 'spot') continue;
    const spot = trades.filter((other) => other.file.series.kind === 'spot');
    const here = spot.filter(atVenue);
    pair('basis', own, nearestStep(here.length > 0 ? here : spot, own));
  }
  return pairs;
}

/** The first of those whose bars are nearest in length. */
function nearestStep(others: readonly Priced[], own: Priced): Priced | undefined {
  const distance = (other: Priced) => Math.abs(Math.log(other.step / own.step));
  return others.toSorted((a, b) => distance(a) - distance(b))[0];
}
