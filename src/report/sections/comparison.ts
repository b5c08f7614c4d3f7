import type { ComparedMetric, Difference } from '../../analysis/comparison.ts';
import { points, signed } from '../../analysis/words.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, countWord, decimal, percent } from '../format.ts';
import { type Measure, MEASURES } from '../measures.ts';
import { lineSwatch } from '../swatch.ts';
import { type Cell, type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import type { Section } from './section.ts';

/** Which is better at what: every measure for every run, then the differences to the benchmark with their intervals. */
export function comparisonSection(view: ReportView): Section {
  const { runs } = view;
  return {
    id: 'comparison',
    entry: 'Comparison',
    title: runs.length === 1 ? 'How did the strategy do?' : `How do the ${countWord(runs.length)} strategies compare?`,
    body: html`${cast(runs)} ${measureTable(view)} ${differenceTable(view)}`,
  };
}

function cast(runs: readonly ReportRun[]): Html {
  return html`<dl class="cast">
    ${runs.map(
      ({ name, look, isBenchmark, result }) =>
        html`<dt>${lineSwatch(look)}<span>${name}</span></dt>
          <dd>${result.strategy.summary}${isBenchmark && runs.length > 1 && ' The benchmark.'}</dd>`,
    )}
  </dl>`;
}

function measureTable({ runs, currency }: ReportView): Html {
  const groups = MEASURES.map(({ title, measures }) => ({
    title,
    rows: measures
      .filter(({ key }) => runs.some(({ metrics }) => metrics[key] !== null))
      .filter(({ key }) => !EVENTS.has(key) || runs.some(({ metrics }) => metrics[key] !== 0))
      .map((measure) => measureRow(measure, runs, currency)),
  })).filter(({ rows }) => rows.length > 0);
  return renderTable({
    name: 'Measures by strategy',
    caption:
      'Net of fees, slippage, funding and tax paid; ● marks the best value in a row, which is not a significance test. Undefined figures show as –.',
    head: ['Measure', ...runs.map(({ name, look }) => html`${lineSwatch(look)}${name}`)],
    groups,
    look: 'sticky',
  });
}

/** Rows that say nothing when they are zero for every run. */
const EVENTS = new Set<string>(['forcedSales', 'liquidations', 'futuresTurnover']);

function measureRow({ key, label, text, better }: Measure, runs: readonly ReportRun[], currency: string): TableRow {
  const values = runs.map(({ metrics }) => metrics[key]);
  const texts = values.map((value) => text(value, currency));
  const best = bestText(values, texts, better);
  return { head: label, cells: texts.map((value) => (value === best ? bestCell(value) : value)) };
}

function bestCell(text: string): Cell {
  return { content: html`${text}<span class="hidden"> (best)</span>`, className: 'best' };
}

/**
 * The best value as it is written, so that runs which read the same share the mark; undefined where all do, where only one
 * has a value, or where no end is better.
 */
function bestText(values: readonly (number | null)[], texts: readonly string[], better: Measure['better']): string | undefined {
  const known = values.filter((value) => value !== null);
  if (better === null || known.length < 2 || new Set(texts).size === 1) return undefined;
  let best: number | null = null;
  let at = -1;
  values.forEach((value, index) => {
    if (value === null || (best !== null && (better === 'higher' ? value <= best : value >= best))) return;
    best = value;
    at = index;
  });
  return texts[at];
}

interface ComparedRow {
  readonly metric: ComparedMetric;
  readonly label: string;
  readonly text: (value: number) => string;
  /** After the difference, not after the ends of its interval. */
  readonly unit: string;
}

const ratioText = (value: number) => decimal(value, 2);

const COMPARED: readonly ComparedRow[] = [
  { metric: 'growthAfterLiquidation', label: 'Growth a year if all were sold (log)', text: points, unit: ' pp' },
  { metric: 'cagr', label: 'CAGR', text: points, unit: ' pp' },
  { metric: 'volatility', label: 'Volatility', text: points, unit: ' pp' },
  { metric: 'maxDrawdown', label: 'Depth of the worst drawdown', text: points, unit: ' pp' },
  { metric: 'sharpe', label: 'Sharpe', text: ratioText, unit: '' },
  { metric: 'calmar', label: 'Calmar', text: ratioText, unit: '' },
];

function differenceTable({ runs, benchmark, comparison }: ReportView): Html | null {
  const candidates = runs.filter(({ isBenchmark }) => !isBenchmark);
  if (candidates.length === 0 || comparison.differences.length === 0) return null;
  const level = percent(comparison.differences[0]!.level, 0);
  const find = (run: ReportRun, metric: ComparedMetric) =>
    comparison.differences.find((difference) => difference.id === run.result.id && difference.metric === metric);
  return html`<h3>Difference to ${benchmark.name}, with ${level} intervals</h3>
    ${renderTable({
      name: `Differences to ${benchmark.name}`,
      caption: `Difference, and the ${level} interval of a paired bootstrap of daily returns. Bold where the interval leaves out zero. The interval is conditional on this one price and tax path; pp are percentage points.`,
      head: ['Measure', ...candidates.map(({ name, look }) => html`${lineSwatch(look)}${name}`)],
      groups: [
        {
          title: null,
          rows: COMPARED.map((row) => ({
            head: row.label,
            cells: candidates.map((run) => differenceCell(find(run, row.metric), row)),
          })),
        },
      ],
      look: 'sticky',
    })}`;
}

function differenceCell(found: Difference | undefined, { text, unit }: ComparedRow): string | Cell {
  if (!found || found.difference === null) return UNDEFINED;
  const { difference, low, high } = found;
  const value = signed(text(difference)) + unit;
  if (low === null || high === null) return value;
  const content = html`${value}<small>${signed(text(low))} to ${signed(text(high))}</small>`;
  return low > 0 || high < 0
    ? { content: html`${content}<span class="hidden"> (the interval leaves out zero)</span>`, className: 'clear' }
    : { content };
}
