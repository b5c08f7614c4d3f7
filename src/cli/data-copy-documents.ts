import { z } from 'zod';
import { formatTime } from '../core/time.ts';
import type { Copied } from '../market/write/copy.ts';

const moment = z.string().nullable().describe('UTC, ISO 8601; null where there are no rows');

/** The document of `data export --json` and `data import --json`. */
export const dataCopySchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    directory: z.string().describe('as it was given'),
    series: z.array(
      z.strictObject({
        symbol: z.string(),
        kind: z.string().describe('spot, perpetual, future, open-interest, funding or fx; mark'),
        venue: z.string(),
        interval: z.string().nullable().describe('length of a bar; null for settlements and derived contracts'),
        file: z.string().nullable().describe('relative to the directory; null for derived contracts'),
        rows: z.int().describe('bars, settlements or records'),
        from: moment.describe('first time stamp'),
        to: moment.describe('last time stamp'),
        incomplete: z.int().describe('longer bars that lack some of the shorter ones they are made of'),
      }),
    ),
    empty: z.array(z.string()).describe('series without a row in what was asked for; they are left out'),
  })
  .meta({ title: 'kedge data export --json, kedge data import --json' });
export type DataCopyDocument = z.output<typeof dataCopySchema>;

/** What `--json` prints of series that were written. */
export function dataCopyDocument(directory: string, { series, empty }: Copied): DataCopyDocument {
  return {
    schemaVersion: 1,
    directory,
    series: series.map((each) => ({ ...each, from: stamp(each.from), to: stamp(each.to) })),
    empty: [...empty],
  };
}

function stamp(time: number | null): string | null {
  return time === null ? null : formatTime(time);
}
