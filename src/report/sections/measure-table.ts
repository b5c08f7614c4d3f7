import { regimeOf } from '../../analysis/regimes.ts';
import { type Html, html } from '../escape.ts';
import { type Measure, MEASURES } from '../measures.ts';
import { lineSwatch } from '../swatch.ts';
import { type Cell, type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';

/** Every measure for every run. The best value of a row is marked among runs under one tax regime: others are not alike. */
export function measureTable({ runs, currency }: ReportView): Html {
  const regimes = runs.map(regimeOf);
  const several = new Set(regimes).size > 1;
  const groups = MEASURES.map(({ title, measures }) => ({
    title,
    rows: measures
      .filter(({ key }) => runs.some(({ metrics }) => metrics[key] !== null))
      .filter(({ key }) => !EVENTS.has(key) || runs.some(({ metrics }) => metrics[key] !== 0))
      .map((measure) => measureRow(measure, runs, regimes, currency)),
  })).filter(({ rows }) => rows.length > 0);
  return renderTable({
    name: 'Measures by strategy',
    caption: `Net of fees, slippage, funding and tax paid; ● marks the best value in a row${
      several ? ' among the runs under one tax regime' : ''
    }, which is not a significance test. Undefined figures show as –.`,
    head: ['Measure', ...runs.map(({ name, look }) => html`${lineSwatch(look)}${name}`)],
    groups,
    look: 'sticky stacked',
  });
}

/** Rows that say nothing when they are zero for every run. */
const EVENTS = new Set<string>(['forcedSales', 'liquidations', 'futuresTurnover']);

function measureRow(
  { key, label, text, better }: Measure,
  runs: readonly ReportRun[],
  regimes: readonly string[],
  currency: string,
): TableRow {
  const values = runs.map(({ metrics }) => metrics[key]);
  const texts = values.map((value) => text(value, currency));
  const best = new Map(
    [...new Set(regimes)].map((regime) => {
      const alike = (_: unknown, index: number): boolean => regimes[index] === regime;
      return [regime, bestText(values.filter(alike), texts.filter(alike), better)];
    }),
  );
  return { head: label, cells: texts.map((value, index) => (value === best.get(regimes[index]!) ? bestCell(value) : value)) };
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
