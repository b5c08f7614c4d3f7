import { ConfigError } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import { formatInterval } from '../../core/time.ts';
import type { CatalogSeries } from '../load/catalog.ts';
import { isSpotOf } from '../load/plan.ts';

/** Which part of a catalog is meant; null: all. */
export interface Selection {
  readonly symbols: readonly string[] | null;
  readonly venues: readonly string[] | null;
  /** ms; bars of this length, put together from shorter ones where need be. */
  readonly step: number | null;
}

/** A series that is wanted, and the length of bars it is wanted in (null: there are none). */
export interface Chosen {
  readonly series: CatalogSeries;
  readonly step: number | null;
}

/**
 * The series of a selection in the catalog's order, with those that they derive from.
 *
 * @throws {ConfigError} `symbol-unknown`, `series-venue-unknown`, `interval-too-fine`
 */
export function selectSeries(all: readonly CatalogSeries[], { symbols, venues, step }: Selection): Chosen[] {
  const known = [...new Set(all.map(({ symbol }) => symbol))];
  for (const symbol of symbols ?? []) {
    if (!known.includes(symbol)) {
      const message = `no series "${symbol}" in the catalog`;
      throw new ConfigError('symbol-unknown', message, { hint: didYouMean(symbol, known) });
    }
  }
  const knownVenues = [...new Set(all.map(({ venue }) => venue))];
  for (const venue of venues ?? []) {
    if (!knownVenues.includes(venue)) {
      const message = `no series of venue "${venue}" in the catalog`;
      throw new ConfigError('series-venue-unknown', message, { hint: didYouMean(venue, knownVenues) });
    }
  }
  const wanted = new Set(withOrigins(all, symbols ?? known));
  const named = all.filter(({ symbol, venue }) => wanted.has(symbol) && (venues === null || venues.includes(venue)));
  return step === null ? named.map((series) => ({ series, step: series.step })) : atStep(named, step);
}

/** Symbols with those that their prices or funding are derived from. */
function withOrigins(all: readonly CatalogSeries[], symbols: readonly string[]): string[] {
  const origins = all
    .filter(({ symbol }) => symbols.includes(symbol))
    .flatMap((series) => {
      const { priceFrom, fundingFrom } = series;
      return [priceFrom === 'spot' ? all.find((each) => isSpotOf(each, series))?.symbol : priceFrom, fundingFrom];
    })
    .filter((origin): origin is string => typeof origin === 'string' && !symbols.includes(origin));
  return origins.length === 0 ? [...symbols] : withOrigins(all, [...symbols, ...origins]);
}

/** Of series that differ only in the length of their bars, the one of that length, else the finest that divides it. */
function atStep(series: readonly CatalogSeries[], step: number): Chosen[] {
  const alike = (a: CatalogSeries, b: CatalogSeries) =>
    (['symbol', 'kind', 'contract', 'venue', 'quote', 'expiry'] as const).every((key) => a[key] === b[key]);
  const chosen = series.flatMap((each): Chosen[] => {
    // Settlements have no interval, and derived contracts have that of what they derive from.
    if (each.step === null || each.file === null) return [{ series: each, step: each.step === null ? null : step }];
    if (each.kind === 'open-interest') return each.step <= step ? [{ series: each, step: each.step }] : [];
    const twins = series.filter((other) => alike(each, other) && other.file !== null && step % other.step! === 0);
    const best = twins.find((twin) => twin.step === step) ?? twins.toSorted((a, b) => a.step! - b.step!)[0];
    return best === each ? [{ series: each, step }] : [];
  });
  const hasBars = ({ kind, file }: CatalogSeries) => file !== null && kind !== 'funding' && kind !== 'open-interest';
  if (!series.some(hasBars) || chosen.some((each) => hasBars(each.series))) return chosen;
  throw new ConfigError('interval-too-fine', `no series has bars of which ${formatInterval(step)} bars can be made`, {
    hint: 'choose a longer interval: bars are put together, never taken apart',
  });
}
