import pc from 'picocolors';
import { formatDate } from '../core/time.ts';
import { SEVERITIES, type CheckReport, type Finding, type Severity } from '../market/check/finding.ts';
import type { CatalogListing } from '../market/list.ts';
import { count, UNDEFINED } from '../report/format.ts';
import { printable } from '../report/names.ts';
import { textTables } from '../report/text-table.ts';
import { spanOf, timelineBar, timelineHead } from './data-timeline.ts';
import { paragraph } from './prose.ts';
import type { Terminal } from './terminal.ts';

/** Characters of a time line: months of four years, or more of more. */
const BAR_WIDTH = 48;

/** A catalog as a table with a time line of what is covered, and what is wrong with its files below. */
export function listText(directory: string, { name, synthetic, series }: CatalogListing, terminal: Terminal): string {
  const colors = pc.createColors(terminal.color.out);
  const column = (head: string, cell: (each: (typeof series)[number]) => string) => ({ head, cells: series.map(cell) });
  const columns = [
    column('Kind', ({ kind, contract }) => (contract === 'inverse' ? `inverse ${kind}` : kind)),
    column('Venue', ({ venue }) => printable(venue)),
    column('Interval', ({ interval }) => interval ?? UNDEFINED),
    column('From', ({ coverage, derivedFrom }) => (coverage ? formatDate(coverage.from) : derived(derivedFrom))),
    column('To', ({ coverage }) => (coverage ? formatDate(coverage.to) : UNDEFINED)),
    column('Bars', ({ coverage }) => count(coverage?.rows ?? null)),
    column('Missing', ({ coverage }) => count(coverage?.missing ?? null)),
  ];
  const names = series.map(({ symbol }) => printable(symbol));
  const span = spanOf(series.flatMap(({ coverage }) => (coverage ? [coverage.extent] : [])));
  const bars = span && [column('', ({ coverage }) => (coverage ? timelineBar(coverage.extent, { span, width: BAR_WIDTH }) : ''))];
  const timeline = bars ? [{ ...bars[0]!, head: timelineHead({ span, width: BAR_WIDTH }) }] : [];
  const table = textTables({ head: 'Symbol', names, columns: [...columns, ...timeline] }, terminal.width, colors);
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

/** What a check found by severity, a table of how often, and a summary as the last line. */
export function checkText(directory: string, report: CheckReport, terminal: Terminal): string {
  const colors = pc.createColors(terminal.color.out);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colors.red,
    warning: colors.yellow,
    info: colors.dim,
  };
  const sections = SEVERITIES.flatMap((severity) => {
    const found = report.findings.filter((finding) => finding.severity === severity);
    if (found.length === 0) return [];
    const heading = `${paint[severity](counted(found.length, NAMES[severity]))}`;
    return [heading, ...found.flatMap((finding) => findingLines(finding, terminal)), ''];
  });
  const table = report.findings.length === 0 ? [] : [...findingTable(report.findings, terminal), ''];
  const { name, synthetic, series, files } = report;
  const size = `${series} series, ${counted(files, 'file')}`;
  return [
    ...sections,
    ...table,
    ...paragraph(`${printable(name)} (${directory}; ${synthetic ? 'synthetic, ' : ''}${size}): ${summary(report)}`, terminal),
  ].join('\n');
}

const NAMES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function findingLines(finding: Finding, terminal: Terminal): string[] {
  const { bold, dim } = pc.createColors(terminal.color.out);
  const { code, symbol, venue, file, line, message, hint } = finding;
  const place = `${file ?? symbol}${line === null ? '' : `:${line}`}`;
  const head = printable(place);
  const paint = (line: string) => (line.startsWith(head) ? `${bold(head)}${dim(line.slice(head.length))}` : dim(line));
  return [
    ...paragraph(printable(`${place} ${symbol}, ${venue} [${code}]`), terminal, { indent: 2, hang: 2, paint }),
    ...paragraph(printable(message), terminal, { indent: 4 }),
    ...paragraph(printable(hint), terminal, { indent: 4, paint: dim }),
  ];
}

/** How often each code was found, by severity. */
function findingTable(findings: readonly Finding[], terminal: Terminal): string[] {
  const codes = SEVERITIES.flatMap((severity) => [
    ...new Set(findings.filter((finding) => finding.severity === severity).map(({ code }) => code)),
  ]);
  const of = (code: string) => findings.filter((finding) => finding.code === code);
  return textTables(
    {
      head: 'Finding',
      names: codes,
      columns: [
        { head: 'Severity', cells: codes.map((code) => NAMES[of(code)[0]!.severity]) },
        { head: 'Files', cells: codes.map((code) => count(new Set(of(code).map(({ file, symbol }) => file ?? symbol)).size)) },
        { head: 'Times', cells: codes.map((code) => count(of(code).reduce((sum, finding) => sum + finding.count, 0))) },
      ],
    },
    terminal.width,
    pc.createColors(terminal.color.out),
  );
}

function summary({ findings }: CheckReport): string {
  if (findings.length === 0) return 'nothing found';
  const counts = SEVERITIES.map((severity) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return counted(found, NAMES[severity]);
  });
  return counts.join(', ');
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
