import type { CatalogEntry } from '../load/catalog-schema.ts';
import type { Span } from './month.ts';
import type { PartStore } from './parts.ts';

/** What the lines of a stream become. */
export type Role = 'prices' | 'mark' | 'funding' | 'open-interest';

/** How a fetch of one month went. */
export interface MonthNews {
  /** Whether there is anything of the month. */
  readonly found: boolean;
  /** Whether the source has all of the month that it will ever have: a month that is not published yet is not settled. */
  readonly settled: boolean;
  /** Files or months that came now, those that replaced others, those that were there. */
  readonly fetched: number;
  readonly replaced: number;
  readonly kept: number;
}

/** One column of data from one source: becomes one file of a catalog. */
export interface Stream {
  /** Names its parts, and with an ending its file: `binance/spot-1d/BTC`. */
  readonly key: string;
  readonly role: Role;
  /** Names of the columns after the timestamp. */
  readonly columns: readonly string[];
  /** Length of a bar, ms; null for settlements. */
  readonly step: number | null;
  /** What the catalog says of where it comes from. */
  readonly origin: Readonly<Record<string, string>>;
  /** First and last moment it can have anything, UTC ms. */
  readonly life: { readonly from: number; readonly to: number };
  /** Brings the month into the store, what is there already excepted; `whole` excludes makeshifts for a month not published. */
  fetchMonth(month: Span, store: PartStore, makeshift: boolean): Promise<MonthNews>;
  /** Whether a month without anything, between months that have something, is worth a second look. */
  readonly hasMakeshift: boolean;
}

/** One series of the catalog to be. */
export interface SeriesPlan {
  /** Without what the files will tell. */
  readonly entry: CatalogEntry;
  readonly streams: readonly Stream[];
  /** What to say when the source has nothing of it; null: that is usual. */
  readonly absence: string | null;
}

/** Where series come from. */
export interface Source {
  /** How the report calls it. */
  readonly name: string;
  plan(): Promise<readonly SeriesPlan[]>;
}
