import type { Fact, Product } from './facts.ts';

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
  readonly facts: readonly Fact[];
}

/** Dollars and the stablecoins that count as such. */
export const DOLLARS: readonly string[] = ['USD', 'USDT', 'USDC'];
