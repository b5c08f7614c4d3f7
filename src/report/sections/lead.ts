import { WIDE } from '../charts/frame.ts';
import { lineChart } from '../charts/lines.ts';
import { type Html, html } from '../escape.ts';
import { liquidationBars } from '../events.ts';
import { difference, percent } from '../format.ts';
import { startNote } from '../regime-notes.ts';
import type { ReportView } from '../view.ts';
import { figure } from './figure.ts';
import { monthEndTable } from './month-ends.ts';

const leadText = (value: number) => difference(percent(value));

/**
 * The verdict's own measure over time: what selling everything would leave, against the benchmark's. On the value chart, baskets of
 * the same coins lie on top of each other. Absent for a single run and without full records.
 */
export async function leadFigure(view: ReportView): Promise<Html | null> {
  const { runs, time, benchmark } = view;
  const base = benchmark.result.full?.columns.afterLiquidation;
  const columns = runs.flatMap((run) => {
    const values = run.result.full?.columns.afterLiquidation;
    return run.isBenchmark || !base || !values ? [] : [{ run, values: lead(values, base) }];
  });
  if (columns.length === 0) return null;
  const ends = columns.map(({ run, values }) => `${run.name} ${leadText(values.at(-1)!)}`).join(', ');
  const lines = columns.map(({ run, values }) => ({ name: run.name, look: run.look, values, crosses: liquidationBars(run) }));
  const begins =
    startNote(view.comparison).length === 0
      ? ''
      : ' Under another tax regime it begins off zero: the tax deferred in gains held at the start differs.';
  const chart = await figure(
    {
      label: `Line chart of the lead over ${benchmark.name} if all were sold. On the last day: ${ends}.`,
      caption: `Above zero, selling everything that day would leave more than ${benchmark.name} would, after all taxes and the costs of selling. It may step where a tax year ends: losses stop counting against that year’s gains.${begins}`,
    },
    (frame) =>
      lineChart(
        {
          time,
          lines,
          scale: 'linear',
          base: 0,
          height: frame === WIDE ? 260 : 240,
          label: (value, step) => difference(percent(value, step < 0.01 ? 1 : 0)),
        },
        frame,
      ),
  );
  return html`<h3>Lead over ${benchmark.name} if all were sold on the day</h3>
    ${chart} ${monthEndTable(view, `Lead over ${benchmark.name} at month ends, if all were sold`, columns, leadText)}`;
}

/** Fraction ahead of (positive) or behind the benchmark; NaN where that has nothing left. */
function lead(values: Float64Array, base: Float64Array): Float64Array {
  return values.map((value, bar) => (base[bar]! > 0 ? value / base[bar]! - 1 : NaN));
}
