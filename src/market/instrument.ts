export type InstrumentKind = 'spot' | 'perpetual' | 'future';

/** One tradable series of a market. Quantities are base units (spot, linear) or quote units (inverse); shorts are negative. */
export interface Instrument {
  /** Unique within its market, as the catalog names it: `BTC`, `BTC-PERP`, `BTC-240628`. */
  readonly symbol: string;
  readonly kind: InstrumentKind;
  /** null for spot. */
  readonly contract: 'linear' | 'inverse' | null;
  readonly base: string;
  readonly quote: string;
  readonly venue: string;
  /** UTC ms; null for spot and perpetuals. */
  readonly expiry: number | null;
  /** Moment after which the series is frozen and untradable, if the catalog says `delisted`; else null. */
  readonly delisted: number | null;
  /** Symbol (or `spot`) whose prices this derived contract trades at; null where it has its own. */
  readonly priceFrom: string | null;
  /** Symbol whose funding it pays, where derived; else null. */
  readonly fundingFrom: string | null;
}

export function isDerivative(instrument: Pick<Instrument, 'kind'>): boolean {
  return instrument.kind !== 'spot';
}

/** The coin of each spot series, its base, by the name that the catalog gives the series: `BTC`, or `XBT` of base BTC. */
export function coinsOf(
  series: readonly { readonly symbol: string; readonly kind: string; readonly base: string }[],
): Record<string, string> {
  return Object.fromEntries(series.flatMap(({ symbol, kind, base }) => (kind === 'spot' ? [[symbol, base]] : [])));
}
