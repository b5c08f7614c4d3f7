/** What can be fetched of a coin. */
export const FETCH_KINDS = ['spot', 'perpetual', 'funding', 'mark', 'future', 'open-interest'] as const;
export type FetchKind = (typeof FETCH_KINDS)[number];

/** A coin's earlier name on its exchange: the old one traded until, and the new one from, about this day. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** UTC ms of the day. */
  readonly date: number;
}

/** What to fetch. */
export interface FetchRequest {
  /** How the catalog calls the exchange. */
  readonly venue: string;
  readonly assets: readonly string[];
  /** UTC ms of the first day. */
  readonly from: number;
  /** UTC ms, exclusive: the end of the last day, which is over. */
  readonly to: number;
  /** Length of a bar, ms. */
  readonly step: number;
  readonly kinds: readonly FetchKind[];
  /** Of perpetuals and dated futures. */
  readonly contracts: readonly ('linear' | 'inverse')[];
  /** What spot and linear contracts are priced in. */
  readonly quote: string;
  readonly renames: readonly Rename[];
}
