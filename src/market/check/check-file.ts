import { resolve } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { type Bars, barsOf, inferStep } from '../bars.ts';
import type { Catalog } from '../load/catalog.ts';
import { settlementMoments } from '../load/funding.ts';
import type { RawColumns } from '../load/rows.ts';
import { type Inspection, inspectFile } from '../load/series-file.ts';
import type { CatalogFile } from './files.ts';
import type { Finding, Observation } from './finding.ts';
import { findFundingGaps, findIntervalChanges } from './rules/funding.ts';
import { findGaps } from './rules/gaps.ts';
import { findJumps } from './rules/jumps.ts';
import { findStaleRuns } from './rules/stale.ts';
import { findZeroVolume } from './rules/volume.ts';

/** From the first open to the last close of the perpetuals that pay by one funding file, UTC ms. */
export interface Life {
  readonly from: number;
  readonly to: number;
}

/** What every file of bars is checked for, once its rows are sound. */
const BAR_RULES: readonly ((bars: Bars) => Observation[])[] = [findGaps, findJumps, findStaleRuns, findZeroVolume];

/**
 * Checks one file of a catalog.
 *
 * @param lives - by funding file; the lives of perpetuals whose prices are checked are added, those of funding files are looked up
 */
export async function checkFile(catalog: Catalog, file: CatalogFile, lives: Map<string, Life>): Promise<Finding[]> {
  const path = resolve(catalog.directory, file.file);
  let inspection: Inspection;
  try {
    inspection = await inspectFile(path, file.file, file.layout);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return [located(file, observed(error), null)];
  }
  const { raw, report } = inspection;
  const findings = [...hashFindings(file, inspection), ...faultFindings(file, inspection)];
  if (raw === undefined || report.count > 0) return findings;
  return [...findings, ...observe(catalog, file, raw, lives).map((each) => located(file, each, raw))];
}

/** What the rules see in sound rows. */
function observe(catalog: Catalog, file: CatalogFile, raw: RawColumns, lives: Map<string, Life>): Observation[] {
  const { role, series } = file;
  if (role === 'funding') {
    const settlements = settlementMoments(raw.time);
    const { from, to } = lives.get(file.file) ?? { from: settlements[0]!, to: settlements.at(-1)! };
    return [...findFundingGaps(settlements, from, to), ...findIntervalChanges(settlements)];
  }
  if (role === 'open-interest') return findGaps({ opens: raw.time, step: series.step! });
  try {
    // A mark file's interval is not in the catalog: it may be finer than that of the trades.
    const step = (role === 'mark' ? inferStep(raw.time, series.step) : null) ?? series.step!;
    const bars = barsOf(file.file, raw, step, series.stamp);
    if (role === 'prices') noteLives(catalog, bars, lives);
    return BAR_RULES.flatMap((rule) => rule(bars));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return [observed(error)];
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
    const line = at?.line ?? null;
    const row = line === null ? -1 : (raw?.lines.indexOf(line) ?? -1);
    const observation = { code, severity: 'error', message, hint, count: 1, row: row < 0 ? null : row } as const;
    return { ...located(file, observation, raw ?? null), line };
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

function located({ file, series }: CatalogFile, observation: Observation, raw: RawColumns | null): Finding {
  const { code, severity, message, hint, count, row } = observation;
  const prefix = `${file}: `;
  return {
    ...{ code, severity, symbol: series.symbol, venue: series.venue, file, count, hint },
    line: raw && row !== null ? raw.lines[row]! : null,
    time: raw && row !== null ? raw.time[row]! : null,
    message: message.startsWith(prefix) ? message.slice(prefix.length) : message,
  };
}
