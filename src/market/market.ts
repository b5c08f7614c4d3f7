import type { Notice } from '../core/notice.ts';
import type { Instrument } from './instrument.ts';

/** Price fields held for every instrument. */
export const FIELDS = ['open', 'high', 'low', 'close', 'volume', 'mark', 'markOpen', 'markHigh', 'markLow'] as const;
export type Field = (typeof FIELDS)[number];

/** Where the mark of a funding settlement came from (accounting.md, section 2, in this order of preference). */
export const MARK_SOURCES = ['event', 'mark-series', 'perpetual-open', 'last-price'] as const;

/** Funding settlements of all instruments, in time order (ties in instrument order). */
export interface FundingEvents {
  readonly time: Float64Array;
  /** Index into `Market.instruments`. */
  readonly instrument: Int32Array;
  /** Fraction of notional; positive: longs pay shorts. */
  readonly rate: Float64Array;
  /** Quote currency; the fallback is already applied, never NaN. */
  readonly mark: Float64Array;
  /** Index into MARK_SOURCES. */
  readonly source: Uint8Array;
}

/** What was read for one instrument, for the manifest and the report. */
export interface SeriesSource {
  readonly symbol: string;
  readonly venue: string;
  readonly file: string;
  readonly sha256: string;
  readonly source: string | null;
  readonly licence: string | null;
}

/**
 * Everything a run may know about prices: one regular clock, columns, one shareable buffer.
 *
 * Bar `i` covers `(start + i·step, start + (i+1)·step]` and is known at `start + (i+1)·step`. Every price column holds
 * `instruments.length × length` values, instrument-major: the bars of instrument `j` are `[j·length, (j+1)·length)`.
 *
 * `open…volume`: NaN where the instrument did not trade in the bar. `mark…`: valuation, never NaN: the mark series where there
 * is one, else the traded series; carried forward over gaps; 0 before the first trade. All columns are views on `buffer`.
 */
export interface Market {
  /** Spot instruments first, then derivatives, each in the order asked for. */
  readonly instruments: readonly Instrument[];
  readonly spotCount: number;
  readonly interval: string;
  /** ms */
  readonly step: number;
  /** Open of bar 0 (look-back included), UTC ms. */
  readonly start: number;
  /** Number of bars, look-back included. */
  readonly length: number;
  /** Index of the period's bar 0; bars before it are look-back for indicators. */
  readonly first: number;
  readonly columns: Readonly<Record<Field, Float64Array>>;
  /**
   * The spot instrument index whose mark is the index price of each derivative (same base), −1 where the market has none;
   * for spot instruments, themselves.
   */
  readonly indexOf: Int32Array;
  readonly funding: FundingEvents;
  /** Settlement price per instrument at its expiry, where it falls in the period; NaN else. */
  readonly settlement: Float64Array;
  /** Open interest (base units, or quote where the source says so) known at each bar's close, per base coin. */
  readonly openInterest: Readonly<Record<string, Float64Array>>;
  readonly synthetic: boolean;
  readonly buffer: SharedArrayBuffer;
  /** sha256 of the buffer (header included), hex. */
  readonly hash: string;
  readonly sources: readonly SeriesSource[];
  readonly notices: readonly Notice[];
}

/** Moment at which bar `i` is known: its close, UTC ms. */
export function barTime(market: Market, bar: number): number {
  return market.start + (bar + 1) * market.step;
}
