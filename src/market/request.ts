/** What of a catalog a run needs. */
export interface MarketRequest {
  /** Directory with a catalog.json. */
  readonly catalog: string;
  readonly interval: string;
  /** First and last UTC day, both inclusive (00:00 of each), UTC ms. */
  readonly from: number;
  readonly to: number;
  /** Venue name, preference list, or map per symbol (`{ BTC: 'binance', default: [...] }`). */
  readonly venue: string | readonly string[] | Readonly<Record<string, string | readonly string[]>>;
  /** Spot symbols, in order; duplicates are folded. */
  readonly spot: readonly string[];
  /** Derivative symbols by name, in order. */
  readonly derivatives: readonly string[];
  /** Base coins of which a perpetual with this contract is wanted; its symbol is looked up. */
  readonly perpetuals: readonly { readonly base: string; readonly contract: 'linear' | 'inverse' }[];
  /** Base coins of which all dated futures with this contract are wanted that trade in the period; default none. */
  readonly futures?: readonly { readonly base: string; readonly contract: 'linear' | 'inverse' }[];
  /** Venue whose funding series a perpetual settles by, by its symbol, where it is not its own; default none. */
  readonly funding?: Readonly<Record<string, string>>;
  /** What decisions look back; fewer days are a notice. */
  readonly lookbackDays: number;
  /** What costs look back, where it is longer; fewer days are none. Default 0. */
  readonly leadDays?: number;
  readonly missingFunding: 'stop' | 'zero' | 'carry';
  /** Where binary caches go; null: no cache. */
  readonly cacheDir: string | null;
  /** Compare every file with its sha256 even when a cache is fresh. */
  readonly verify: boolean;
}
