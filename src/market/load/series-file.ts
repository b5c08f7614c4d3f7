import { stat } from 'node:fs/promises';
import { DataError } from '../../core/errors.ts';
import { fileNotText } from '../../core/text-file.ts';
import { fileError, IssueList, type IssueReport } from '../issue.ts';
import { checkBars, checkFunding, checkOpenInterest } from '../validate.ts';
import { readCsv } from './csv.ts';
import type { Layout } from './layout.ts';
import { readParquet } from './parquet.ts';
import type { RawColumns } from './rows.ts';
import type { StampForm } from './timestamp.ts';

/** One file's columns, checked: rising times, sane values. */
export interface SeriesFile {
  /** Stamps as in the file, UTC ms. */
  readonly time: Float64Array;
  /** Line (CSV) or row (Parquet) of each stamp, 1-based. */
  readonly lines: Float64Array;
  /** By name, as the layout has them: NaN where an optional value is absent. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly form: StampForm;
  readonly sha256: string;
}

const CHECKS: Readonly<Record<Layout['name'], typeof checkBars>> = {
  bars: checkBars,
  funding: checkFunding,
  'open-interest': checkOpenInterest,
};

/** What is wrong with a file, and its content where it could be read at all; for `data check`. */
export interface Inspection {
  readonly raw: RawColumns | undefined;
  readonly sha256: string | undefined;
  readonly report: IssueReport;
}

/**
 * Reads a CSV (`.csv`, `.csv.gz`) or Parquet (`.parquet`) file and checks all of it.
 *
 * @param path - the file on disk
 * @param file - how messages call it
 * @throws {DataError} `file-not-found`; whatever is wrong inside is reported, not thrown
 */
export async function inspectFile(path: string, file: string, layout: Layout): Promise<Inspection> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    const hint = 'fetch the file, or correct its name in catalog.json';
    throw new DataError('file-not-found', `${file} is not there or is no file`, { hint, at: { file } });
  }
  const issues = new IssueList();
  const foreign = /\.(gz|parquet)$/.test(path) ? undefined : await fileNotText(path);
  if (foreign) {
    const { message, hint, line } = foreign;
    issues.add({ code: 'file-not-text', message: `${file}: ${message}`, hint, at: { file, ...(line && { line }) } });
    return { raw: undefined, sha256: undefined, report: issues };
  }
  const read = await (path.endsWith('.parquet') ? readParquet : readCsv)(path, file, layout, issues);
  if (read) checkRows(file, read.raw, layout, issues);
  return { raw: read?.raw, sha256: read?.sha256, report: issues };
}

/** Checks rows against each other: order, doubles, ranges. */
export function checkRows(file: string, raw: RawColumns, { name }: Layout, issues: IssueList): void {
  CHECKS[name](file, raw, issues);
}

/** As `inspectFile`, for use: any fault is an error that reports them all. */
export async function readSeriesFile(path: string, file: string, layout: Layout): Promise<SeriesFile> {
  const { raw, sha256, report } = await inspectFile(path, file, layout);
  if (report.count > 0) throw fileError(file, report);
  const { time, lines, columns, form } = raw!;
  return { time, lines, columns, form: form!, sha256: sha256! };
}
