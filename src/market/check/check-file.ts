import { resolve } from 'node:path';
import { DataError, type Fault, type Place } from '../../core/errors.ts';
import { type Bars, barsOf, inferStep } from '../bars.ts';
import { type Extent, extentOfBars, extentOfSettlements } from '../extent.ts';
import type { DataIssue } from '../issue.ts';
import type { Catalog } from '../load/catalog.ts';
import { settlementMoments } from '../load/funding.ts';
import type { RawColumns } from '../load/rows.ts';
import { type Inspection, inspectFile } from '../load/series-file.ts';
import type { CatalogFile } from './files.ts';
import type { Finding, Observation } from './finding.ts';
import { located } from './locate.ts';
import type { Priced } from './priced.ts';
import { findFundingGaps, findIntervalChanges, findLargeRates } from './rules/funding.ts';
import { findGaps } from './rules/gaps.ts';
import { findJumps } from './rules/jumps.ts';
import { findStaleRuns } from './rules/stale.ts';
import { findZeroVolume } from './rules/volume.ts';
import { findWicks } from './rules/wicks.ts';

/** From the first open to the last close of the perpetuals that pay by one funding file, UTC ms. */
export interface Life {
  readonly from: number;
  readonly to: number;
}

/** What every file of bars is checked for, once its rows are sound. */
const BAR_RULES: readonly ((bars: Bars) => Observation[])[] = [findGaps, findJumps, findWicks, findStaleRuns, findZeroVolume];

/** What a check of one file leaves. */
export interface CheckedFile {
  readonly findings: readonly Finding[];
  /** The time it covers; null where its rows cannot be used. */
  readonly extent: Extent | null;
  /** Its closes, of a sound file of trades or marks: to be held against others. */
  readonly priced: Priced | null;
}

/** What the rules see in sound rows. */
interface Reading {
  readonly observations: readonly Observation[];
  readonly extent: Extent | null;
  readonly bars: Bars | null;
}

/**
 * Checks one file of a catalog.
 *
 * @param lives - by funding file; the lives of perpetuals whose prices are checked are added, those of funding files are looked up
 */
export async function checkFile(catalog: Catalog, file: CatalogFile, lives: Map<string, Life>): Promise<CheckedFile> {
  const path = resolve(catalog.directory, file.file);
  let inspection: Inspection;
  try {
    inspection = await inspectFile(path, file.file, file.layout);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { findings: [located(file, observed(error), null)], extent: null, priced: null };
  }
  const { raw, report } = inspection;
  const faults = [...hashFindings(file, inspection), ...faultFindings(file, inspection)];
  if (raw === undefined || report.count > 0) return { findings: faults, extent: null, priced: null };
  const { observations, extent, bars } = read(catalog, file, raw, lives);
  return {
    findings: [...faults, ...observations.map((each) => located(file, each, raw))],
    extent,
    priced: bars && { file, step: bars.step, opens: bars.opens, close: bars.close, lines: raw.lines },
  };
}

function read(catalog: Catalog, file: CatalogFile, raw: RawColumns, lives: Map<string, Life>): Reading {
  const { role, series } = file;
  if (role === 'funding') {
    const settlements = settlementMoments(raw.time);
    const { from, to } = lives.get(file.file) ?? { from: settlements[0]!, to: settlements.at(-1)! };
    const observations = [
      ...findFundingGaps(settlements, from, to),
      ...findIntervalChanges(settlements),
      ...findLargeRates(raw.columns.rate!),
    ];
    return { observations, extent: extentOfSettlements(settlements), bars: null };
  }
  if (role === 'open-interest') {
    const records = { opens: raw.time, step: series.step! };
    return { observations: findGaps(records), extent: extentOfBars(records), bars: null };
  }
  try {
    // A mark file's interval is not in the catalog: it may be finer than that of the trades.
    const step = (role === 'mark' ? inferStep(raw.time, series.step) : null) ?? series.step!;
    const bars = barsOf(file.file, raw, step, series.stamp);
    if (role === 'prices') noteLives(catalog, bars, lives);
    return { observations: BAR_RULES.flatMap((rule) => rule(bars)), extent: extentOfBars(bars), bars };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { observations: refusals(error, raw), extent: null, bars: null };
  }
}

function noteLives({ series }: Catalog, { file, opens, step }: Bars, lives: Map<string, Life>): void {
  for (const { funding } of series.filter((each) => each.file === file && each.kind === 'perpetual')) {
    if (funding === null) continue;
    const known = lives.get(funding) ?? { from: Infinity, to: -Infinity };
    lives.set(funding, { from: Math.min(known.from, opens[0]!), to: Math.max(known.to, opens.at(-1)! + step) });
  }
}

function hashFindings(file: CatalogFile, { sha256 }: Inspection): Finding[] {
  if (file.expected === null || sha256 === undefined || sha256 === file.expected.toLowerCase()) return [];
  const message = `its sha256 is ${sha256}, the catalog says ${file.expected}`;
  const hint = 'fetch the file again, or correct the hash in catalog.json if the change is yours';
  return [located(file, { code: 'hash-mismatch', severity: 'error', message, hint, count: 1, row: null }, null)];
}

function faultFindings(file: CatalogFile, { raw, report }: Inspection): Finding[] {
  const found = report.issues.map(({ code, message, hint = 'correct the file, or fetch it again', at }) => {
    const observation = { code, severity: 'error', message, hint, count: 1, row: raw ? rowAt(raw, at) : null } as const;
    return { ...located(file, observation, raw ?? null), line: at?.line ?? null };
  });
  const more = report.count - report.issues.length;
  if (more === 0) return found;
  const message = `${more} more faults like these are not listed`;
  return [
    ...found,
    located(
      file,
      { code: 'more-faults', severity: 'error', message, hint: 'correct the first ones and check again', count: more, row: null },
      null,
    ),
  ];
}

/** What is wrong with rows that are sound each by itself: every fault of an error, with its row. */
function refusals(error: DataError, raw: RawColumns): Observation[] {
  if (error.faults.length === 0) return [{ ...observed(error), row: rowAt(raw, error.at) }];
  return error.faults.map((fault) => {
    const {
      code = error.code,
      message,
      hint = 'correct the file, or its entry in catalog.json',
      at,
    } = fault as Partial<DataIssue> & Fault;
    return { code, severity: 'error', message, hint, count: 1, row: rowAt(raw, at) };
  });
}

function rowAt({ lines }: RawColumns, at: Place | undefined): number | null {
  const row = at?.line === undefined ? -1 : lines.indexOf(at.line);
  return row < 0 ? null : row;
}

function observed({ code, message, hint }: DataError): Observation {
  return {
    code,
    severity: 'error',
    message,
    hint: hint ?? 'correct the file, or its entry in catalog.json',
    count: 1,
    row: null,
  };
}
