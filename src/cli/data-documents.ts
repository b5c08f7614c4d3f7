import { z } from 'zod';
import { formatTime } from '../core/time.ts';
import { SEVERITIES, type CheckReport } from '../market/check/finding.ts';
import type { CatalogListing } from '../market/list.ts';

// What `data … --json` gives; docs/json/data-*.schema.json are made from these.

const moment = z.string().nullable().describe('UTC, ISO 8601');
const catalog = {
  directory: z.string().describe('as it was given'),
  name: z.string(),
  synthetic: z.boolean().describe('made up: no evidence about any market'),
};

/** The document of `data list --json`. */
export const dataListSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    catalog: z.strictObject({ ...catalog, notes: z.string().nullable() }),
    series: z.array(
      z.strictObject({
        symbol: z.string(),
        kind: z.string().describe('spot, perpetual, future, open-interest, funding or fx'),
        contract: z.enum(['linear', 'inverse']).nullable(),
        base: z.string(),
        quote: z.string().nullable(),
        venue: z.string(),
        interval: z.string().nullable().describe('length of a bar; null for settlements and derived contracts'),
        from: moment.describe('open of the first bar; null for derived contracts and files that cannot be used'),
        to: moment.describe('open of the last bar'),
        bars: z.int().nullable().describe('bars, settlements or records'),
        missing: z.int().nullable().describe('bars that are missing in between'),
        file: z.string().nullable().describe('relative to the catalog'),
        mark: z.boolean().describe('whether it has a mark file of its own'),
        funding: z.boolean().describe('whether it has a funding file of its own'),
        derivedFrom: z.string().nullable().describe('symbol, or `spot`, whose prices it trades at'),
        expiry: moment,
        delisted: moment,
        source: z.string().nullable(),
        licence: z.string().nullable(),
        problem: z.string().nullable().describe('why its file cannot be used'),
      }),
    ),
  })
  .meta({ title: 'kedge data list --json' });

const findingPlace = z.strictObject({
  message: z.string(),
  hint: z.string().describe('what to do next'),
  symbol: z.string().describe('the first series that names the file'),
  venue: z.string(),
  file: z.string().nullable().describe('relative to the catalog'),
  line: z.int().nullable().describe('of the first occurrence, from 1; a row in Parquet'),
  time: moment.describe('of the first occurrence, UTC, ISO 8601'),
});

/** The document of `data check --json`. */
export const dataCheckSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    catalog: z.strictObject(catalog),
    series: z.int().describe('series looked at'),
    files: z.int().describe('files looked at'),
    counts: z
      .strictObject({ error: z.int(), warning: z.int(), info: z.int() })
      .describe('findings by severity; the exit code is 3 unless errors and warnings are 0'),
    findings: z.array(
      findingPlace.extend({
        code: z.string().describe('stable; see docs/errors.md'),
        severity: z.enum(SEVERITIES),
        count: z.int().describe('occurrences'),
      }),
    ),
  })
  .meta({ title: 'kedge data check --json' });

/** The document of `data synth --json`. */
export const dataSynthSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    directory: z.string().describe('as it was given'),
    seed: z.int(),
    files: z.array(z.string()).describe('relative to the directory'),
  })
  .meta({ title: 'kedge data synth --json' });

export type DataListDocument = z.output<typeof dataListSchema>;
export type DataCheckDocument = z.output<typeof dataCheckSchema>;
export type DataSynthDocument = z.output<typeof dataSynthSchema>;

/** What `data list --json` prints of a listing. */
export function dataListDocument(directory: string, { name, synthetic, notes, series }: CatalogListing): DataListDocument {
  return {
    schemaVersion: 1,
    catalog: { directory, name, synthetic, notes },
    series: series.map(({ coverage, marked, funded, expiry, delisted, ...known }) => ({
      ...known,
      from: stamp(coverage?.from),
      to: stamp(coverage?.to),
      bars: coverage?.rows ?? null,
      missing: coverage?.missing ?? null,
      mark: marked,
      funding: funded,
      expiry: stamp(expiry),
      delisted: stamp(delisted),
    })),
  };
}

/** What `data check --json` prints of a report. */
export function dataCheckDocument(directory: string, report: CheckReport): DataCheckDocument {
  const { name, synthetic, series, files, findings } = report;
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return {
    schemaVersion: 1,
    catalog: { directory, name, synthetic },
    ...{ series, files },
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    findings: findings.map((finding) => ({ ...finding, time: stamp(finding.time) })),
  };
}

function stamp(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : formatTime(time);
}
