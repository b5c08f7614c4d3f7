import picocolors from 'picocolors';
import type { Comparison, JudgedRun } from '../analysis/comparison.ts';
import { ownDifference, yardstickOf } from '../analysis/regimes.ts';
import { UNDEFINED, count, decimal, difference, fall, moneyColumn, percent, ratio, wholePercent } from './format.ts';
import { printable, shortened } from './names.ts';
import { regimeNotes } from './regime-notes.ts';
import { LONGEST_NAME, PROSE_WIDTH, type TextColumn, textTables, wrapped } from './text-table.ts';

/** How a text may be written: whether with colours, and how many characters wide. */
export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Notices listed; the rest is counted. */
const NOTICES = 8;

type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * A comparison (also of a single run) for the terminal: the headline, key figures of every run, costs and taxes, notices. Tables that
 * are wider than the terminal are continued below.
 */
export function comparisonText(comparison: Comparison, { color, width }: TextOptions): string {
  const colors = picocolors.createColors(color);
  const prose = Math.min(width, PROSE_WIDTH);
  const { headline, runs, synthetic } = comparison;
  const names = runs.map(({ result: { id } }) =>
    isMarked(comparison, id) ? `${shortened(printable(id), LONGEST_NAME - 2)} *` : printable(id),
  );
  const table = (title: string, columns: readonly TextColumn[]) => [
    '',
    colors.bold(title),
    ...textTables({ head: 'Strategy', names, columns }, width, colors),
  ];
  return [
    ...[headline, ...headline.elsewhere].flatMap(({ sentence }) => wrapped(printable(sentence), prose)).map(colors.bold),
    '',
    ...wrapped(printable(headline.paragraph), prose),
    '',
    ...wrapped(printable(headline.caveat), prose).map(synthetic ? colors.yellow : colors.dim),
    ...table('Growth and risk', figureColumns(comparison)),
    ...table('Costs, taxes and margin', costColumns(runs)),
    '',
    ...footnotes(comparison, prose).map(colors.dim),
    ...noticeLines(runs, prose, colors),
  ].join('\n');
}

/** Whether a run is what others are measured against. */
function isMarked(comparison: Comparison, id: string): boolean {
  return comparison.runs.length > 1 && yardstickOf(comparison, id) === null;
}

function figureColumns(comparison: Comparison): TextColumn[] {
  const { runs } = comparison;
  const gaps = runs.map(({ result }) => {
    const gap = ownDifference(comparison, result.id, 'growthAfterLiquidation');
    return gap === undefined || gap.difference === null ? '' : difference(decimal(100 * gap.difference, 1));
  });
  return [
    amounts('If all\nwere sold', runs, ({ metrics }) => metrics.finalAfterLiquidation),
    column('Growth\na year', runs, ({ metrics }) => percent(metrics.growthAfterLiquidation)),
    { head: 'Points\nagainst *', cells: gaps },
    amounts('Final\nvalue', runs, ({ metrics }) => metrics.finalEquity),
    column('\nCAGR', runs, ({ metrics }) => percent(metrics.cagr)),
    column('Worst\nfall', runs, ({ metrics }) => fall(metrics.maxDrawdown)),
    column('Vola-\ntility', runs, ({ metrics }) => percent(metrics.volatility)),
    column('\nSharpe', runs, ({ metrics }) => ratio(metrics.sharpe)),
    column('Out of\nband', runs, ({ metrics }) => wholePercent(metrics.timeOutOfBand)),
  ].filter(({ cells }) => cells.some((cell) => /\d/.test(cell)));
}

function costColumns(runs: readonly JudgedRun[]): TextColumn[] {
  const always = [
    amounts('\nFees', runs, ({ metrics }) => metrics.fees),
    amounts('\nSlippage', runs, ({ metrics }) => metrics.slippage),
    amounts('Funding\nreceived', runs, ({ metrics }) => metrics.funding),
    amounts('Tax\npaid', runs, ({ metrics }) => metrics.taxesPaid),
    amounts('Tax owed\nif sold', runs, ({ metrics }) => metrics.taxAccrued + metrics.taxDeferred),
    column('Taxable\ncoin sales', runs, ({ metrics }) => count(metrics.taxableDisposals)),
  ];
  const ifAny = [
    column('Lowest\nmargin', runs, ({ metrics }) => decimal(metrics.minMarginRatio, 1)),
    column('Forced\nfills', runs, ({ metrics }) => count(metrics.forcedSales)),
    column('Liqui-\ndations', runs, ({ metrics }) => count(metrics.liquidations)),
  ];
  return [...always, ...ifAny.filter(({ cells }) => cells.some((cell) => cell !== '0' && cell !== UNDEFINED))];
}

function column(head: string, runs: readonly JudgedRun[], cell: (run: JudgedRun) => string): TextColumn {
  return { head, cells: runs.map(cell) };
}

function amounts(head: string, runs: readonly JudgedRun[], value: (run: JudgedRun) => number): TextColumn {
  return { head, cells: moneyColumn(runs.map(value), runs[0]!.result.assumptions.currency) };
}

function footnotes(comparison: Comparison, width: number): string[] {
  const { runs, headline } = comparison;
  const several = headline.elsewhere.length > 0;
  const benchmark = several
    ? '* the benchmark under each tax regime; points are against that of the run’s own. '
    : runs.length > 1
      ? '* the benchmark. '
      : '';
  const legend = wrapped(
    `${benchmark}Growth a year is logarithmic and counts what is left after selling everything and paying the tax on it; costs are those of the whole test.`,
    width,
  );
  return [...legend, ...regimeNotes(comparison).flatMap((note) => wrapped(printable(note), width))];
}

/** Every kind of notice once, most frequent first: how often, in how many runs where not alike in all, and one of its messages. */
function noticeLines(runs: readonly JudgedRun[], width: number, colors: Colors): string[] {
  const notices = new Map<string, { messages: Set<string>; counts: number[] }>();
  for (const { code, message, count: times } of runs.flatMap(({ result }) => result.notices)) {
    const known = notices.get(code) ?? { messages: new Set(), counts: [] };
    known.messages.add(message);
    known.counts.push(times);
    notices.set(code, known);
  }
  if (notices.size === 0) return [];
  const ranked = [...notices].sort(([, a], [, b]) => total(b.counts) - total(a.counts));
  const lines = ranked.slice(0, NOTICES).flatMap(([code, { messages, counts }]) => {
    const [message] = messages;
    const one = messages.size > 1 ? 'one of them: ' : '';
    const [first, ...rest] = wrapped(`${code} (${occurrences(counts, runs.length)}): ${one}${printable(message!)}`, width - 2);
    return [`- ${first!}`, ...rest.map((line) => `  ${line}`)];
  });
  const more = ranked.length > NOTICES ? [`  and ${count(ranked.length - NOTICES)} more kinds, listed in the report`] : [];
  return ['', colors.bold('Notices'), ...lines, ...more];
}

function occurrences(counts: readonly number[], runs: number): string {
  const alike = counts.length === runs && counts.every((times) => times === counts[0]);
  if (alike) return `${count(counts[0]!)}×`;
  return `${count(total(counts))}× in ${count(counts.length)} of ${count(runs)} runs`;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, times) => sum + times, 0);
}
