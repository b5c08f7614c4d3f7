import type { CatalogFile } from './files.ts';
import type { Finding, Observation } from './finding.ts';

/** Moments and lines of a file's rows. */
export interface Rows {
  readonly time: Float64Array;
  readonly lines: Float64Array;
}

/** An observation with the place it was made at. @param rows - null where it belongs to no row */
export function located({ file, series }: CatalogFile, observation: Observation, rows: Rows | null): Finding {
  const { code, severity, message, hint, count, row } = observation;
  const prefix = `${file}: `;
  return {
    ...{ code, severity, symbol: series.symbol, venue: series.venue, file, count, hint },
    line: rows && row !== null ? rows.lines[row]! : null,
    time: rows && row !== null ? rows.time[row]! : null,
    message: message.startsWith(prefix) ? message.slice(prefix.length) : message,
  };
}
