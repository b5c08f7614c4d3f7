import { ConfigError } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import { formatInterval } from '../../core/time.ts';
import type { MarketRequest } from '../request.ts';
import type { Catalog, CatalogSeries } from './catalog.ts';

/** What is wanted of the series that fit by name: from which venue, at which interval. */
export interface Preference {
  /** Most wanted first; empty: any, if there is no choice to make. */
  readonly venues: readonly string[];
  /** Bar length of the market, ms. */
  readonly step: number;
}

/**
 * The venues wanted for a series, most wanted first.
 *
 * @param names - under which a map may have it, the nearest first: its symbol, then its coin
 * @throws {ConfigError} `series-venue-unknown`, `symbol-unknown` (of a map's key), with the nearest known name
 */
export function venuesFor(setting: MarketRequest['venue'], names: readonly string[], { series }: Catalog): readonly string[] {
  const listed = (venues: string | readonly string[] | undefined) => (typeof venues === 'string' ? [venues] : (venues ?? []));
  const isMap = (value: typeof setting): value is Readonly<Record<string, string | readonly string[]>> =>
    typeof value === 'object' && !Array.isArray(value);
  const entries = isMap(setting) ? Object.entries(setting) : [['default', setting] as const];
  const symbols = new Set(['default', ...series.map((each) => each.symbol)]);
  const venues = new Set(series.map((each) => each.venue));
  for (const [key, value] of entries) {
    if (!symbols.has(key)) throw unknown('symbol-unknown', `market.venue names the symbol "${key}"`, key, symbols);
    const stranger = listed(value).find((venue) => !venues.has(venue));
    if (stranger !== undefined) throw unknown('series-venue-unknown', `market.venue names "${stranger}"`, stranger, venues);
  }
  const chosen = new Map(entries);
  return listed([...names, 'default'].map((name) => chosen.get(name)).find((venues) => venues !== undefined));
}

/**
 * The series of a symbol: from the most wanted venue that can serve the interval, exact or else the finest that divides it.
 *
 * @param kinds - which kinds of series the symbol may name
 * @throws {ConfigError} `symbol-unknown`, `series-not-on-venue`, `interval-too-fine`, `series-ambiguous`
 */
export function pickSeries(
  catalog: Catalog,
  symbol: string,
  kinds: readonly CatalogSeries['kind'][],
  preference: Preference,
): CatalogSeries {
  const fitting = catalog.series.filter((series) => kinds.includes(series.kind));
  const named = fitting.filter((series) => series.symbol === symbol);
  if (named.length > 0) return choose(named, symbol, preference);
  const other = catalog.series.find((series) => series.symbol === symbol);
  if (other) {
    throw new ConfigError('symbol-unknown', `"${symbol}" is a ${other.kind} in the catalog, expected ${kinds.join(' or ')}`, {
      hint: didYouMean(other.base, new Set(fitting.map((series) => series.symbol))),
    });
  }
  throw unknown('symbol-unknown', `"${symbol}"`, symbol, new Set(fitting.map((series) => series.symbol)));
}

/**
 * The perpetual of a coin with the contract wanted, chosen as `pickSeries` does.
 *
 * @throws {ConfigError} `perpetual-missing`, saying which perpetuals the coin has, and what `pickSeries` throws
 */
export function pickPerpetual(
  catalog: Catalog,
  { base, contract }: MarketRequest['perpetuals'][number],
  preference: Preference,
): CatalogSeries {
  const ofCoin = catalog.series.filter((series) => series.kind === 'perpetual' && series.base === base);
  const fitting = ofCoin.filter((series) => series.contract === contract);
  if (fitting.length > 0) return choose(fitting, `the ${contract} perpetual of ${base}`, preference);
  const collateral = contract === 'inverse' ? 'collateral in coin needs one' : 'collateral in cash needs one';
  throw new ConfigError('perpetual-missing', `the catalog has no ${contract} perpetual of ${base}, and ${collateral}`, {
    hint:
      ofCoin.length === 0
        ? noneOf(base, 'perpetual', catalog)
        : `it has ${namesOf(ofCoin)}; choose the collateral that fits, or derive one in catalog.json (priceFrom, fundingFrom)`,
  });
}

/**
 * The dated futures of a coin with the contract wanted that expire after a moment, in order of expiry, each chosen as `pickSeries` does.
 *
 * @throws {ConfigError} `futures-missing`, saying which futures the coin has, and what `pickSeries` throws
 */
export function pickFutures(
  catalog: Catalog,
  { base, contract }: MarketRequest['perpetuals'][number],
  after: number,
  preference: Preference,
): readonly CatalogSeries[] {
  const ofCoin = catalog.series.filter((series) => series.kind === 'future' && series.base === base);
  const fitting = ofCoin.filter((series) => series.contract === contract && series.expiry! > after);
  if (fitting.length === 0) {
    throw futuresMissing(
      { base, contract },
      ofCoin.length === 0
        ? noneOf(base, 'future', catalog)
        : `it has ${namesOf(ofCoin)}; choose the period and the collateral that fit`,
    );
  }
  // Those of other venues are other contracts; but where none is on a wanted venue, the error of choosing says what is there.
  const onVenue = fitting.filter(({ venue }) => preference.venues.length === 0 || preference.venues.includes(venue));
  const listed = onVenue.length > 0 ? onVenue : fitting;
  return [...new Set(listed.toSorted((a, b) => a.expiry! - b.expiry!).map(({ symbol }) => symbol))].map((symbol) =>
    choose(
      listed.filter((series) => series.symbol === symbol),
      symbol,
      preference,
    ),
  );
}

/** The error of dated futures that are wanted and not there. */
export function futuresMissing({ base, contract }: MarketRequest['perpetuals'][number], hint: string): ConfigError {
  return new ConfigError('futures-missing', `the catalog has no ${contract} dated futures of ${base} in the period`, { hint });
}

/**
 * The series of a venue with settlements of a coin's perpetual: a funding series, or a perpetual's own.
 *
 * @throws {ConfigError} `funding-not-on-venue`, saying which venues have settlements of the coin
 */
export function pickFunding({ series }: Catalog, { symbol, base }: CatalogSeries, venue: string): CatalogSeries {
  const paying = series.filter((each) => each.base === base && each.funding !== null);
  const found = ['funding', 'perpetual'].flatMap((kind) =>
    paying.filter((each) => each.kind === kind && each.venue === venue),
  )[0];
  if (found) return found;
  const venues = [...new Set(paying.map((each) => each.venue))];
  throw new ConfigError('funding-not-on-venue', `market.funding: no funding of ${base} on ${venue} for ${symbol}`, {
    hint: venues.length > 0 ? `the catalog has it on ${venues.join(', ')}` : `the catalog has no funding of ${base}`,
  });
}

function choose(candidates: readonly CatalogSeries[], what: string, { venues, step }: Preference): CatalogSeries {
  const there = [...new Set(candidates.map(({ venue }) => venue))];
  const wanted = venues.length === 0 ? there : venues.filter((venue) => there.includes(venue));
  if (wanted.length === 0) {
    throw new ConfigError(
      'series-not-on-venue',
      `${what} is not on ${venues.join(', ')}; the catalog has it on ${there.join(', ')}`,
      {
        hint: `add ${there.length === 1 ? `"${there[0]}"` : 'one of them'} to market.venue`,
      },
    );
  }
  if (venues.length === 0 && there.length > 1) throw ambiguous(what, candidates);
  for (const venue of wanted) {
    const usable = candidates.filter((series) => series.venue === venue && (series.step === null || step % series.step === 0));
    const best = bestStep(usable, step);
    const equals = usable.filter((series) => series.step === best);
    if (equals.length > 1) throw ambiguous(what, equals);
    if (equals.length === 1) return equals[0]!;
  }
  const steps = [
    ...new Set(candidates.filter(({ venue }) => wanted.includes(venue)).map((series) => formatInterval(series.step!))),
  ];
  throw new ConfigError(
    'interval-too-fine',
    `${what} is there at ${steps.join(', ')}; ${formatInterval(step)} bars cannot be made of them`,
    {
      hint: 'set market.interval to a multiple of what is there, or add finer data to the catalog',
    },
  );
}

// Exact, else the finest, else what is derived at any interval.
function bestStep(usable: readonly CatalogSeries[], step: number): number | null | undefined {
  const steps = usable.map((series) => series.step).filter((each) => each !== null);
  if (steps.includes(step)) return step;
  return steps.length > 0 ? Math.min(...steps) : usable[0]?.step;
}

function ambiguous(what: string, choices: readonly CatalogSeries[]): ConfigError {
  return new ConfigError('series-ambiguous', `${what} may be any of ${namesOf(choices)}`, {
    hint: 'choose with market.venue (a name, a list, or a map per symbol), or by naming the contract',
  });
}

/** What a catalog has in place of the contracts of a coin; a series may have been named in place of its coin. */
function noneOf(base: string, contracts: 'perpetual' | 'future', { series }: Catalog): string {
  const coin = series.find(({ kind, symbol }) => kind === 'spot' && symbol === base)?.base ?? base;
  if (coin !== base) return `${base} is a series of ${coin}: contracts go by the coin`;
  return `it has no ${contracts} of ${base} at all; known: ${namesOf(series.filter(({ kind }) => kind === contracts))}`;
}

function namesOf(series: readonly CatalogSeries[]): string {
  const nameOf = ({ symbol, kind, contract, quote, venue }: CatalogSeries) =>
    `${symbol} (${[contract, kind, `in ${quote}`, `on ${venue}`].filter(Boolean).join(' ')})`;
  return [...new Set(series.map(nameOf))].join(', ');
}

function unknown(code: string, what: string, name: string, known: Iterable<string>): ConfigError {
  return new ConfigError(code, `${what}, which the catalog does not have`, { hint: didYouMean(name, known) });
}
