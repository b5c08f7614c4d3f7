import type { Extent } from '../extent.ts';

/** `error`: a run that reads it stops or is wrong. `warning`: it can be right, but ought to be looked at. `info`: worth knowing. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule noticed in one file: the same thing several times over is one observation with a count. */
export interface Observation {
  /** Stable; listed in docs/data.md. */
  readonly code: string;
  readonly severity: Severity;
  /** What was found and what was expected, without the file. */
  readonly message: string;
  readonly hint: string;
  /** How often. */
  readonly count: number;
  /** Row of the first one among the rows that were read; null where it belongs to none. */
  readonly row: number | null;
}

/** An observation, and where it was made. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly symbol: string;
  readonly venue: string;
  /** Relative to the catalog; null where the series has none. */
  readonly file: string | null;
  /** Line (CSV) or row (Parquet) of the first one, 1-based. */
  readonly line: number | null;
  /** Moment of the first one, UTC ms. */
  readonly time: number | null;
  readonly count: number;
  readonly message: string;
  readonly hint: string;
}

/** What time one file covers. */
export interface Calendar {
  /** Relative to the catalog. */
  readonly file: string;
  readonly role: 'prices' | 'mark' | 'funding' | 'open-interest';
  /** Of the first series that names it. */
  readonly symbol: string;
  readonly venue: string;
  /** null where its rows cannot be used. */
  readonly extent: Extent | null;
}

/** Everything found in a catalog, file by file in its order. */
export interface CheckReport {
  readonly name: string;
  readonly synthetic: boolean;
  /** How many series and files were looked at. */
  readonly series: number;
  readonly files: number;
  readonly findings: readonly Finding[];
  /** A calendar of each file, in the same order. */
  readonly calendars: readonly Calendar[];
}
