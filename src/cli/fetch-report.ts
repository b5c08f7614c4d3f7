import pc from 'picocolors';
import { z } from 'zod';
import { DAY, formatDate, formatTime } from '../core/time.ts';
import type { FetchReport } from '../market/fetch/fetch.ts';
import type { FetchRequest } from '../market/fetch/request.ts';
import { count } from '../report/format.ts';
import { printable } from '../report/names.ts';
import { textTables } from '../report/text-table.ts';
import type { Terminal } from './terminal.ts';

/** The document of `data fetch --json`. */
export const dataFetchSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    directory: z.string().describe('as it was given'),
    venue: z.string(),
    source: z.string().describe('where it was fetched from'),
    from: z.string().describe('first day asked for, UTC'),
    to: z.string().describe('last day asked for, UTC'),
    fetched: z.int().describe('archives or months that came'),
    replaced: z.int().describe('those that were there and have changed at the source, or were not whole'),
    kept: z.int().describe('those that were there and were not fetched again'),
    series: z.array(
      z.strictObject({
        symbol: z.string(),
        kind: z.string().describe('spot, perpetual, future, open-interest or funding'),
        files: z.array(z.string()).describe('relative to the directory; the first is its own, marks and funding follow'),
        from: z.string().describe('first row, open of its bar; UTC, ISO 8601'),
        to: z.string().describe('last row'),
        rows: z.int().describe('of the first file'),
      }),
    ),
    remarks: z.array(z.string()).describe('late listings, delistings, what is not there or not published yet'),
  })
  .meta({ title: 'kedge data fetch --json' });

export type DataFetchDocument = z.output<typeof dataFetchSchema>;

/** What `data fetch --json` prints of a fetch. */
export function dataFetchDocument(directory: string, { venue, from, to }: FetchRequest, report: FetchReport): DataFetchDocument {
  const { source, fetched, replaced, kept, series, remarks } = report;
  return {
    schemaVersion: 1,
    ...{ directory, venue, source, from: formatDate(from), to: formatDate(to - DAY), fetched, replaced, kept },
    series: series.map(({ symbol, kind, files, first, last, rows }) => ({
      ...{ symbol, kind, files: [...files], from: formatTime(first), to: formatTime(last), rows },
    })),
    remarks: [...remarks],
  };
}

/** What a fetch brought, as a table, with remarks and a summary below. */
export function fetchText(
  directory: string,
  { source, series, fetched, replaced, kept, remarks }: FetchReport,
  terminal: Terminal,
): string {
  const colors = pc.createColors(terminal.color.out);
  const column = (head: string, cell: (each: (typeof series)[number]) => string) => ({ head, cells: series.map(cell) });
  const table = textTables(
    {
      head: 'Symbol',
      names: series.map(({ symbol }) => printable(symbol)),
      columns: [
        column('Kind', ({ kind }) => kind),
        column('From', ({ first }) => formatDate(first)),
        column('To', ({ last }) => formatDate(last)),
        column('Rows', ({ rows }) => count(rows)),
      ],
    },
    terminal.width,
    colors,
  );
  const came = `${fetched} fetched, ${replaced} replaced, ${kept} there already`;
  return [
    ...table,
    ...remarks.map((remark) => colors.dim(printable(remark))),
    `${printable(directory)}: ${series.length} series from ${printable(source)} (${came})`,
  ].join('\n');
}
