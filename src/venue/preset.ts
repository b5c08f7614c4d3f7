import type { FigureSource, InstrumentTerms, TradedInstrument } from './venue.ts';

/** The figures of a venue that its preset's sources speak of, by the names an override replaces. */
export type Figure =
  | 'spot fees'
  | 'perpetual fees'
  | 'future fees'
  | 'half-spread'
  | 'impact'
  | 'maintenance'
  | 'liquidation fee'
  | 'steps and minimums';

/** What is known of one venue. A fact that is not known is absent, never guessed. */
export interface VenuePreset {
  readonly name: string;
  readonly summary: string;
  readonly feeIn: 'quote' | 'received';
  /** What is known of an instrument; null when the venue does not trade its kind. */
  facts(instrument: TradedInstrument): Partial<InstrumentTerms> | null;
  readonly sources: readonly (FigureSource & { readonly figure: Figure })[];
}
