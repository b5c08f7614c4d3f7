import { ConfigError } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import type { Instrument, InstrumentKind } from '../instrument.ts';
import type { MarketRequest } from '../request.ts';
import type { Catalog, CatalogSeries } from './catalog.ts';
import { pickFunding, pickFutures, pickPerpetual, pickSeries, venuesFor, type Preference } from './pick.ts';
import { inOneCurrency } from './quotes.ts';

/** One instrument of a market and the catalog series that its figures are read from. */
export interface InstrumentPlan {
  readonly instrument: Instrument;
  readonly series: CatalogSeries;
  /** Has a file: the series itself, or what it derives from. */
  readonly prices: CatalogSeries;
  /** Has a mark file; null where the contract is marked at its own or its source's trades. */
  readonly mark: CatalogSeries | null;
  /** Has a funding file; null where there is none. */
  readonly funding: CatalogSeries | null;
  /** Left out where it does not trade in the period: it is there only because all futures of its coin are wanted. */
  readonly optional: boolean;
}

/**
 * Finds the catalog's series for everything a request names, spot first, doubles folded.
 *
 * @throws {ConfigError} what `pickSeries`, `pickPerpetual`, `pickFutures` and `pickFunding` throw; `market-empty`; `contract-derived-in-circle`;
 *   `funding-of-nothing`
 */
export function planInstruments(catalog: Catalog, request: MarketRequest, step: number): readonly InstrumentPlan[] {
  const prefer = (...names: string[]): Preference => ({ venues: venuesFor(request.venue, names, catalog), step });
  const coinOf = (symbol: string) => catalog.series.find((series) => series.symbol === symbol)?.base ?? symbol;
  const spot = request.spot.map((symbol) => pickSeries(catalog, symbol, ['spot'], prefer(symbol)));
  const named = request.derivatives.map((symbol) =>
    pickSeries(catalog, symbol, ['perpetual', 'future'], prefer(symbol, coinOf(symbol))),
  );
  const perpetuals = request.perpetuals.map((wanted) => {
    const symbols = catalog.series
      .filter(({ kind, base }) => kind === 'perpetual' && base === wanted.base)
      .map(({ symbol }) => symbol);
    return pickPerpetual(catalog, wanted, prefer(...symbols, wanted.base));
  });
  const futures = (request.futures ?? []).flatMap((wanted) => {
    const symbols = catalog.series
      .filter(({ kind, base }) => kind === 'future' && base === wanted.base)
      .map(({ symbol }) => symbol);
    return pickFutures(catalog, wanted, request.from, prefer(...symbols, wanted.base));
  });
  const chosen = new Map<string, CatalogSeries>();
  for (const series of [...spot, ...named, ...perpetuals, ...futures]) {
    const twin = chosen.get(series.symbol);
    if (twin && twin !== series) throw wantedTwice(twin, series);
    chosen.set(series.symbol, series);
  }
  if (chosen.size === 0)
    throw new ConfigError('market-empty', 'no instrument is asked for', { hint: 'name at least one coin in target.weights' });
  const asked = new Set([...spot, ...named, ...perpetuals]);
  const plans = [...chosen.values()].map((series) => ({
    ...planOf(series, catalog, request, step, []),
    optional: !asked.has(series) && series.kind === 'future',
  }));
  checkFundingChoice(request, plans);
  return plans;
}

/** One market has one series of a symbol: columns, fills and lots go by it. */
function wantedTwice(first: CatalogSeries, second: CatalogSeries): ConfigError {
  const nameOf = ({ contract, kind, venue, file }: CatalogSeries): string =>
    `${[contract, kind].filter(Boolean).join(' ')} on ${venue} (${file ?? 'derived'})`;
  return new ConfigError('series-ambiguous', `${first.symbol} is wanted twice: as ${nameOf(first)} and as ${nameOf(second)}`, {
    hint: 'a market has one series of a symbol: give the strategies that need the other an experiment of their own, or one of the two another symbol in catalog.json',
  });
}

function planOf(
  series: CatalogSeries,
  catalog: Catalog,
  request: MarketRequest,
  step: number,
  through: readonly string[],
): Omit<InstrumentPlan, 'optional'> {
  if (through.includes(series.symbol)) {
    const circle = [...through, series.symbol].join(' → ');
    throw new ConfigError('contract-derived-in-circle', `${circle}: these contracts derive from each other`, {
      hint: 'correct priceFrom in catalog.json',
      at: series.place,
    });
  }
  const seriesNamed = (symbol: string, kinds: readonly CatalogSeries['kind'][]) => {
    const venues = [series.venue, ...venuesFor(request.venue, [symbol, series.base], catalog)];
    return pickSeries(catalog, symbol, kinds, { venues: known(venues, symbol, catalog), step });
  };
  const prices = (): Omit<InstrumentPlan, 'optional'> => {
    const symbol = series.priceFrom === 'spot' ? spotOf(series, catalog, request) : series.priceFrom!;
    const kinds = series.priceFrom === 'spot' ? (['spot'] as const) : (['spot', 'perpetual', 'future'] as const);
    return planOf(seriesNamed(symbol, kinds), catalog, request, step, [...through, series.symbol]);
  };
  const source = series.file === null ? prices() : null;
  const payer = series.fundingFrom === null ? null : seriesNamed(series.fundingFrom, ['perpetual', 'funding']);
  const chosen = chosenFunding(series, catalog, request);
  return {
    series,
    instrument: { ...instrumentOf(series), ...(chosen && { fundingFrom: `${chosen.symbol} on ${chosen.venue}` }) },
    prices: source?.prices ?? series,
    mark: series.mark === null ? (source?.mark ?? null) : series,
    funding: [chosen, series, payer].find((each) => each !== null && each.funding !== null) ?? null,
  };
}

/** The funding series of the venue that the request names for a perpetual; null where it names none, or its own. */
function chosenFunding(series: CatalogSeries, catalog: Catalog, request: MarketRequest): CatalogSeries | null {
  const wanted = request.funding?.[series.symbol];
  if (wanted === undefined || wanted === series.venue) return null;
  return pickFunding(catalog, series, wanted);
}

/**
 * Funding may be chosen only for perpetuals of the market.
 *
 * @throws {ConfigError} `funding-of-nothing`
 */
function checkFundingChoice({ funding = {} }: MarketRequest, plans: readonly InstrumentPlan[]): void {
  const perpetuals = plans.filter(({ instrument }) => instrument.kind === 'perpetual').map(({ instrument }) => instrument.symbol);
  const stranger = Object.keys(funding).find((symbol) => !perpetuals.includes(symbol));
  if (stranger === undefined) return;
  throw new ConfigError('funding-of-nothing', `market.funding names "${stranger}", which is no perpetual of this market`, {
    hint: perpetuals.length > 0 ? didYouMean(stranger, perpetuals) : 'no strategy here asks for a perpetual',
  });
}

// A venue of a derived contract may hold nothing else; then the venues of the request decide, then any.
function known(venues: readonly string[], symbol: string, { series }: Catalog): readonly string[] {
  return venues.filter((venue) => series.some((each) => each.symbol === symbol && each.venue === venue));
}

/** Whether a series is the spot of a contract's coin, in the contract's currency. */
export function isSpotOf({ kind, base, quote }: CatalogSeries, contract: CatalogSeries): boolean {
  return kind === 'spot' && base === contract.base && inOneCurrency(quote, contract.quote);
}

// The market's own series of the coin, where it has one: at any other's prices the contract would have a basis.
function spotOf(contract: CatalogSeries, { series }: Catalog, request: MarketRequest): string {
  const fitting = series.filter((each) => isSpotOf(each, contract)).map(({ symbol }) => symbol);
  const spot = fitting.find((symbol) => request.spot.includes(symbol)) ?? fitting[0];
  if (spot !== undefined) return spot;
  const { base, quote, place, symbol } = contract;
  const foreign = series.some((each) => each.kind === 'spot' && each.base === base) ? ` in ${quote}` : '';
  const message = `${symbol} trades at the spot price of ${base}, which the catalog does not have${foreign}`;
  throw new ConfigError('symbol-unknown', message, {
    hint: `add the spot series of ${base}${foreign}, or correct priceFrom`,
    at: place,
  });
}

function instrumentOf(series: CatalogSeries): Instrument {
  const { symbol, kind, contract, base, quote, venue, expiry, delisted, priceFrom, fundingFrom } = series;
  return { symbol, kind: kind as InstrumentKind, contract, base, quote, venue, expiry, delisted, priceFrom, fundingFrom };
}
