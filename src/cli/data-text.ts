import pc from 'picocolors';
import { formatDate } from '../core/time.ts';
import type { CheckReport, Finding, Severity } from '../market/check/finding.ts';
import type { CatalogListing } from '../market/list.ts';
import { count, UNDEFINED } from '../report/format.ts';
import { printable } from '../report/names.ts';
import { textTables } from '../report/text-table.ts';
import type { Terminal } from './terminal.ts';

/** A catalog as a table, and what is wrong with its files below. */
export function listText(directory: string, { name, synthetic, series }: CatalogListing, terminal: Terminal): string {
  const colors = pc.createColors(terminal.color.out);
  const column = (head: string, cell: (each: (typeof series)[number]) => string) => ({ head, cells: series.map(cell) });
  const table = textTables(
    {
      head: 'Symbol',
      names: series.map(({ symbol }) => printable(symbol)),
      columns: [
        column('Kind', ({ kind, contract }) => (contract === 'inverse' ? `inverse ${kind}` : kind)),
        column('Venue', ({ venue }) => printable(venue)),
        column('Interval', ({ interval }) => interval ?? UNDEFINED),
        column('From', ({ coverage, derivedFrom }) => (coverage ? formatDate(coverage.from) : derived(derivedFrom))),
        column('To', ({ coverage }) => (coverage ? formatDate(coverage.to) : UNDEFINED)),
        column('Bars', ({ coverage }) => count(coverage?.rows ?? null)),
        column('Missing', ({ coverage }) => count(coverage?.missing ?? null)),
      ],
    },
    terminal.width,
    colors,
  );
  const problems = series.flatMap(({ symbol, problem }) => (problem === null ? [] : [`${symbol}: ${problem}`]));
  return [
    `${colors.bold(printable(name))} ${colors.dim(`${directory}, ${synthetic ? 'synthetic, ' : ''}${series.length} series`)}`,
    '',
    ...table,
    ...problems.map((problem) => `${colors.red('cannot be used')} ${printable(problem)}`),
  ].join('\n');
}

function derived(from: string | null): string {
  return from === null ? UNDEFINED : printable(`as ${from}`);
}

/** What a check found, file by file, with a summary as its last line. */
export function checkText(directory: string, report: CheckReport, terminal: Terminal): string {
  const colors = pc.createColors(terminal.color.out);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colors.red,
    warning: colors.yellow,
    info: colors.dim,
  };
  const lines: string[] = [];
  let heading = '';
  for (const finding of report.findings) {
    const next = `${colors.bold(printable(finding.file ?? finding.symbol))} ${colors.dim(printable(`${finding.symbol}, ${finding.venue}`))}`;
    if (next !== heading) lines.push(next);
    heading = next;
    lines.push(...findingLines(finding, paint[finding.severity], colors.dim));
  }
  const { name, synthetic, series, files } = report;
  const size = `${series} series, ${counted(files, 'file')}`;
  return [...lines, `${printable(name)} (${directory}; ${synthetic ? 'synthetic, ' : ''}${size}): ${summary(report)}`].join('\n');
}

function findingLines(finding: Finding, paint: (text: string) => string, dim: (text: string) => string): string[] {
  const { severity, code, line, message, hint } = finding;
  const place = line === null ? '' : `line ${line}: `;
  return [`  ${paint(severity)} ${dim(`[${code}]`)} ${place}${printable(message)}`, `    ${dim(hint)}`];
}

function summary({ findings }: CheckReport): string {
  if (findings.length === 0) return 'nothing found';
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return counted(found, severity === 'info' ? 'note' : severity);
  });
  return counts.join(', ');
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
