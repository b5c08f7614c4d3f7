import { drawdownColumn } from '../../analysis/drawdown.ts';
import { equityIndex } from '../../analysis/wealth.ts';
import { WIDE } from '../charts/frame.ts';
import { lineChart } from '../charts/lines.ts';
import { type Html, html } from '../escape.ts';
import { liquidationBars } from '../events.ts';
import { axisMoney, closingDay, fall, money } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { eventFigure, eventTable } from './event-lanes.ts';
import { figure } from './figure.ts';
import { leadFigure } from './lead.ts';
import { monthEndTable } from './month-ends.ts';
import type { Section } from './section.ts';

/** How the money grew, and what happened when: value, event lanes, the lead over the benchmark if all were sold. */
export async function growthSection(view: ReportView): Promise<Section> {
  const values = view.runs.map((run) => ({ run, values: run.result.equity }));
  return {
    id: 'growth',
    entry: 'Growth',
    title: `How did ${money(view.benchmark.metrics.initialEquity, view.currency)} grow?`,
    body: html`${legend(view)}
      <div class="stack">${await valueFigure(view)} ${await eventFigure(view)}</div>
      ${monthEndTable(view, 'Account value at month ends', values, (value) => money(value, view.currency))} ${eventTable(view)}
      ${await leadFigure(view)}`,
  };
}

function legend({ runs, currency }: ReportView): Html {
  const removed = runs.some(hasFlows) ? ', deposits and withdrawals removed' : '';
  return html`<dl class="legend">
      ${runs.map(({ name, look, result, metrics }) => {
        const depth = drawdownColumn(equityIndex(result)).at(-1)!;
        return html`<div>
          <dt>${lineSwatch(look)}<span>${name}</span></dt>
          <dd class="value">${money(metrics.finalEquity, currency)}</dd>
          <dd>${fall(depth)}</dd>
        </div>`;
      })}
    </dl>
    <p class="note">Value on the last day, after taxes already paid, and how far it lies below its highest${removed}.</p>`;
}

function hasFlows({ result }: ReportRun): boolean {
  return result.flows.some((flow) => flow !== 0);
}

async function valueFigure({ runs, time, currency }: ReportView): Promise<Html> {
  const ranked = [...runs].sort((a, b) => b.metrics.finalEquity - a.metrics.finalEquity);
  const ends = ranked.map(({ name, metrics }) => `${name} ${money(metrics.finalEquity, currency)}`).join(', ');
  const scale = runs.every(({ result }) => result.equity.every((value) => value > 0)) ? 'log' : 'linear';
  const scaleText = scale === 'log' ? ' on a logarithmic scale: equal vertical steps are equal percentage changes' : '';
  const flowing = runs.some(hasFlows) ? ' Deposits and withdrawals are in it; returns and drawdowns leave them out.' : '';
  const lines = runs.map((run) => ({
    name: run.name,
    look: run.look,
    values: run.result.equity,
    crosses: liquidationBars(run),
  }));
  const liquidated = lines.some(({ crosses }) => crosses.length > 0);
  return figure(
    {
      label: `Line chart of account value from ${closingDay(time[0]!)} to ${closingDay(time.at(-1)!)}. At the end, from highest to lowest: ${ends}.`,
      caption: `Account value${scaleText}.${flowing}${liquidated ? ' × marks a liquidation.' : ''}`,
    },
    (frame) =>
      lineChart(
        { time, lines, scale, base: null, height: frame === WIDE ? 380 : 300, label: (value) => axisMoney(value, currency) },
        frame,
      ),
  );
}
