import type { ComparedMetric, Difference } from '../../analysis/comparison.ts';
import { ownDifference } from '../../analysis/regimes.ts';
import { points } from '../../analysis/words.ts';
import { signed } from '../../core/figures.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, decimal, percent } from '../format.ts';
import { printable } from '../names.ts';
import { regimeNotes } from '../regime-notes.ts';
import { lineSwatch } from '../swatch.ts';
import { type Cell, renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';

interface ComparedRow {
  readonly metric: ComparedMetric;
  readonly label: string;
  readonly text: (value: number) => string;
  /** After the difference, not after the ends of its interval. */
  readonly unit: string;
}

/** Three decimals where two would hide a ratio, so that an interval that leaves out zero does not seem to begin there. */
const ratioText = (value: number) => decimal(value, value !== 0 && Math.abs(value) < 0.005 ? 3 : 2);

const COMPARED: readonly ComparedRow[] = [
  { metric: 'growthAfterLiquidation', label: 'Growth a year if all were sold (log)', text: points, unit: ' pp' },
  { metric: 'cagr', label: 'CAGR', text: points, unit: ' pp' },
  { metric: 'volatility', label: 'Volatility', text: points, unit: ' pp' },
  { metric: 'maxDrawdown', label: 'Depth of the worst drawdown', text: points, unit: ' pp' },
  { metric: 'sharpe', label: 'Sharpe', text: ratioText, unit: '' },
  { metric: 'calmar', label: 'Calmar', text: ratioText, unit: '' },
];

/**
 * Differences of the compared metrics to the benchmark, or to that of a run's own tax regime, with their bootstrap intervals; null for a
 * single run.
 */
export function differenceTable({ runs, benchmark, comparison }: ReportView): Html | null {
  const candidates = runs.filter(({ yardstick }) => yardstick !== null);
  if (candidates.length === 0 || comparison.differences.length === 0) return null;
  const level = percent(comparison.differences[0]!.level, 0);
  const { elsewhere } = comparison.headline;
  const base = elsewhere.length === 0 ? benchmark.name : 'the benchmark of each tax regime';
  const others = elsewhere.map((other) => `, under ${printable(other.regime)} to ${printable(other.benchmark)}`);
  const bases = elsewhere.length === 0 ? '' : ` to ${benchmark.name}${others.join('')}`;
  const notes = regimeNotes(comparison);
  return html`<h3>Difference to ${base}, with ${level} intervals</h3>
    ${renderTable({
      name: `Differences to ${base}`,
      caption: `Difference${bases}, and the ${level} interval of a paired bootstrap of daily returns. Bold where the interval leaves out zero. The interval is conditional on this one price and tax path; pp are percentage points.`,
      head: ['Measure', ...candidates.map(({ name, look }) => html`${lineSwatch(look)}${name}`)],
      groups: [
        {
          title: null,
          rows: COMPARED.map((row) => ({
            head: row.label,
            cells: candidates.map((run) => differenceCell(ownDifference(comparison, run.result.id, row.metric), row)),
          })),
        },
      ],
      look: 'sticky stacked',
    })}
    ${notes.map((note) => html`<p class="note">${printable(note)}</p>`)}`;
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
