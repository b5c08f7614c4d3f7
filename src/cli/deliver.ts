import type { Comparison } from '../analysis/comparison.ts';
import { comparisonDocument, type DocumentParts } from '../analysis/json.ts';
import { parseSeriesNames } from '../analysis/series.ts';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { KedgeError, UsageError } from '../core/errors.ts';
import { shortPath } from '../core/short-path.ts';
import { comparisonText } from '../report/text.ts';
import { runPlan } from '../research/compare.ts';
import type { Plan } from '../research/plan.ts';
import { writeComparison } from '../result/comparison-store.ts';
import type { Output } from './output.ts';
import { stepwise } from './progress.ts';
import { pause, type Terminal } from './terminal.ts';

/** Options that add to the JSON document. */
export const DOCUMENT_OPTIONS = {
  series: { type: 'string', describe: 'with --json: columns to add, separated by commas (equity, drawdown, weights, …)' },
  fills: { type: 'boolean', default: false, describe: 'with --json: add every fill' },
  lots: { type: 'boolean', default: false, describe: 'with --json: add the lots left at the end' },
  gains: { type: 'boolean', default: false, describe: 'with --json: add every taxable gain' },
} as const;

interface GivenOptions {
  readonly json: boolean;
  readonly series: string | undefined;
  readonly fills: boolean;
  readonly lots: boolean;
  readonly gains: boolean;
}

/**
 * What the options add to the JSON document.
 *
 * @throws {UsageError} `series-unknown`, with the nearest name; `option-needs-json`
 */
export function documentParts({ json, series, fills, lots, gains }: GivenOptions): DocumentParts {
  const named = Object.entries({ series: series !== undefined, fills, lots, gains }).find(([, given]) => given);
  if (!json && named !== undefined) {
    throw new UsageError('option-needs-json', `--${named[0]} adds to the JSON document`, { hint: 'add --json, or leave it out' });
  }
  return { fills, lots, gains, ...(series !== undefined && { series: seriesNames(series) }) };
}

function seriesNames(list: string): ReturnType<typeof parseSeriesNames> {
  try {
    return parseSeriesNames(list);
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    throw new UsageError('series-unknown', `--series: ${error.message}`, {
      faults: error.faults,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}

/** Replays a plan with progress on the terminal; Ctrl-C stops it between two runs. */
export function replay(plan: Plan, terminal: Terminal): Promise<Comparison> {
  return stepwise(terminal, 'nothing was written', (before) => runPlan(plan, before));
}

/** Keeps the runs on disk, then the report: each of them whole or not at all. */
export async function keep(comparison: Comparison, seed: number, { runs, report }: Output, terminal: Terminal): Promise<void> {
  const { name, benchmark } = comparison;
  await pause(terminal, 'nothing was written');
  const results = comparison.runs.map(({ result }) => result);
  await naming(runs, writeComparison(runs, { name, benchmark, seed, results }));
  if (report !== null)
    await writeReport(comparison, report, terminal, `the runs are kept in ${shortPath(runs)}, no report was written`);
}

/** Writes the report, all of it or nothing. */
export async function writeReport(comparison: Comparison, file: string, terminal: Terminal, kept: string): Promise<void> {
  // Loaded when it is needed: drawing takes half of what a command without a report would take to start.
  const { renderReport } = await import('../report/html.ts');
  const page = await renderReport(comparison);
  await pause(terminal, kept);
  await naming(file, writeFileAtomically(file, page));
}

// A full disk is reported by the system without saying which file did not fit.
async function naming(path: string, writing: Promise<void>): Promise<void> {
  await writing.catch((error: NodeJS.ErrnoException) => {
    throw error.code !== undefined && error.path === undefined ? Object.assign(error, { path }) : error;
  });
}

/** The finding on standard output: one JSON document, or the terminal table with the report's path as its last line. */
export function present(
  comparison: Comparison,
  parts: DocumentParts,
  json: boolean,
  report: string | null,
  terminal: Terminal,
): void {
  if (json) {
    terminal.json(comparisonDocument(comparison, parts));
    if (report !== null) terminal.note(`report: ${shortPath(report)}`);
    return;
  }
  terminal.print(comparisonText(comparison, { color: terminal.color.out, width: terminal.width }));
  if (report !== null) terminal.print(shortPath(report));
}
