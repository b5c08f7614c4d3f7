import type { Instrument } from '../market/instrument.ts';
import type { CollateralTier } from './collateral.ts';

/** Maker and taker rates as fractions of the fill's notional; a negative maker rate is a rebate. */
export interface FeeRates {
  readonly maker: number;
  readonly taker: number;
}

/** One band of a maintenance table: applies to notionals in `(floor, next floor]`. */
export interface MaintenanceBracket {
  /** Quote currency (linear) or coin (inverse). */
  readonly floor: number;
  readonly rate: number;
  /** Cumulative amount that makes the schedule continuous: maintenance = notional × rate − amount. */
  readonly amount: number;
  readonly maxLeverage: number | null;
}

/** What a venue asks for one instrument; every number a fraction unless said. */
export interface InstrumentTerms {
  readonly fees: FeeRates;
  readonly halfSpread: number;
  /** Coefficient Y of `Y·σ·√(quantity / ADV)`; 0 switches impact off. */
  readonly impact: number;
  /** Largest share of a bar's volume that one order may take; Infinity: no cap. */
  readonly participation: number;
  /** Quantity step and minimums in units of the quantity; tick of the price; 0: none. */
  readonly step: number;
  readonly minQuantity: number;
  readonly minNotional: number;
  readonly tick: number;
  /** Empty for spot. Ascending floors, the first 0. */
  readonly maintenance: readonly MaintenanceBracket[];
  /** Fraction of the liquidated notional: the venue's, else its lowest maintenance rate, at most 1.5 %. */
  readonly liquidationFee: number;
  /** Fraction of notional charged when a dated contract settles: the venue's, else its taker rate. */
  readonly settlementFee: number;
}

/** What a venue must know of an instrument to state its terms. */
export type TradedInstrument = Pick<Instrument, 'symbol' | 'kind' | 'contract' | 'base' | 'quote'>;

/** Where a figure comes from; `asOf` is a date, or a year or version where no date is known. */
export interface FigureSource {
  readonly figure: string;
  readonly source: string;
  readonly asOf: string;
}

/** A venue as a run needs it: terms per instrument, and where they come from. */
export interface Venue {
  readonly name: string;
  /** `quote`: fees leave cash. `received`: a spot buy's fee is kept from the coin bought. */
  readonly feeIn: 'quote' | 'received';
  /** Whether the result of open contracts moves to cash every day instead of staying unrealised (CME). */
  readonly dailyVariation: boolean;
  /** Whether its contracts trade at a moment, UTC ms; null: around the clock. */
  readonly isOpen: ((time: number) => boolean) | null;
  /**
   * @throws {ConfigError} `venue-fact-unknown`, naming every fact that is lacking and how to give it; `venue-without-product` where the
   *   venue does not list such an instrument at all
   */
  terms(instrument: TradedInstrument): InstrumentTerms;
  /**
   * What of a coin counts as margin of linear contracts.
   *
   * @throws {ConfigError} `venue-fact-unknown`
   */
  collateral(coin: string): readonly CollateralTier[];
  /**
   * Sources with dates of the figures used for these instruments, for the report.
   *
   * @param pooled - whether coins count as margin, so that what of them counts is a figure in use
   */
  sources(instruments: readonly TradedInstrument[], pooled?: boolean): readonly FigureSource[];
}
