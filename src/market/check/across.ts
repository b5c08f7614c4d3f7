import type { Finding } from './finding.ts';
import { located } from './locate.ts';
import { pairsOf } from './pairs.ts';
import type { Priced } from './priced.ts';
import { findShiftedClocks } from './rules/clocks.ts';
import { findDepartures } from './rules/departures.ts';
import { findQuotes } from './rules/quotes.ts';

/**
 * Holds the files of each asset against each other: quote currencies, clocks, prices, the basis of its contracts.
 *
 * @param priced - files of trades and marks whose own rows are sound
 */
export function findAcross(priced: readonly Priced[]): Finding[] {
  const bases = [...new Set(priced.map(({ file }) => file.series.base))];
  return bases.flatMap((base) => {
    const asset = priced.filter(({ file }) => file.series.base === base);
    const shifted = findShiftedClocks(asset);
    const apart = new Set(shifted.map((each) => each.priced));
    // Against a clock that is wrong, every price is.
    const pairs = pairsOf(asset).filter(({ own, other }) => !apart.has(own) && !apart.has(other));
    const found = [...findQuotes(asset), ...shifted, ...pairs.flatMap(findDepartures)];
    return found.map((each) =>
      located(each.priced.file, each.observation, { time: each.priced.opens, lines: each.priced.lines }),
    );
  });
}
