import { PRODUCTS, type Fact, type Product } from './facts.ts';

/** What is known of one venue. A figure that is not known is absent, never guessed. */
export interface VenuePreset {
  readonly name: string;
  readonly summary: string;
  readonly feeIn: 'quote' | 'received';
  /** What the venue lists, as far as this preset speaks of it. */
  readonly products: readonly Product[];
  /** Currencies its figures are for; null: any. */
  readonly quotes: readonly string[] | null;
  /** Whether the result of open contracts is paid in cash every day. */
  readonly dailyVariation: boolean;
  /** Whether it trades at a moment, UTC ms; absent: around the clock. */
  readonly isOpen?: (time: number) => boolean;
  readonly facts: readonly Fact[];
  /** Whether it stands for a venue file that builds on no preset: then all figures are to be found in that file. */
  readonly isFile?: boolean;
}

/** A venue of which nothing is known but what its own file says. */
export function unknownVenue(name: string): VenuePreset {
  return { name, summary: '', feeIn: 'quote', products: PRODUCTS, quotes: null, dailyVariation: false, facts: [], isFile: true };
}

/** Dollars and the stablecoins that count as such. */
export const DOLLARS: readonly string[] = ['USD', 'USDT', 'USDC'];
