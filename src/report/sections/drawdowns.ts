import { drawdownColumn, drawdownEpisodes, maxDrawdown, worstDrawdowns } from '../../analysis/drawdown.ts';
import { equityIndex } from '../../analysis/wealth.ts';
import { NARROW_PANEL, PANEL, drawdownChart } from '../charts/drawdowns.ts';
import { type Html, html } from '../escape.ts';
import { closingDay, days, fall } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { figure } from './figure.ts';
import { monthEndTable } from './month-ends.ts';
import type { Section } from './section.ts';

interface Fallen {
  readonly run: ReportRun;
  readonly depth: Float64Array;
  readonly deepest: number;
}

/** How deep, how long, how often: a panel for every run on one scale, then each run's five worst falls. */
export async function drawdownSection(view: ReportView): Promise<Section> {
  const fallen = view.runs.map((run) => {
    const depth = drawdownColumn(equityIndex(run.result));
    return { run, depth, deepest: maxDrawdown(depth) ?? 0 };
  });
  const panels: Html[] = [];
  for (const entry of fallen) panels.push(await panel(view, entry, fallen));
  return {
    id: 'drawdowns',
    entry: 'Drawdowns',
    title: 'How deep were the falls, and how long?',
    body: html`<p class="note">
        Distance below the highest value so far, deposits and withdrawals removed.
        ${view.runs.length > 1 && `Dotted: ${view.benchmark.name}. All panels share one scale.`}
      </p>
      <div class="panels">${panels}</div>
      ${monthEndTable(
        view,
        'Drawdown at month ends',
        fallen.map(({ run, depth }) => ({ run, values: depth })),
        fall,
      )}
      <h3>The five worst falls of each</h3>
      <div class="pairs">${fallen.map((entry) => worstTable(view, entry))}</div>`,
  };
}

async function panel({ time, benchmark }: ReportView, { run, depth, deepest }: Fallen, all: readonly Fallen[]): Promise<Html> {
  const reference = all.find((entry) => entry.run === benchmark)!.depth;
  const chart = await figure(
    { label: `${run.name}: deepest fall ${fall(deepest)}, ${fall(depth.at(-1)!)} on the last day.`, caption: null },
    (frame) =>
      drawdownChart(
        {
          time,
          depth,
          look: run.look,
          reference: run === benchmark ? null : reference,
          deepest: Math.max(...all.map((entry) => entry.deepest)),
        },
        frame,
      ),
    [PANEL, NARROW_PANEL],
  );
  return html`<div>
    <h3><span>${run.name}</span><span>${fall(deepest)}</span></h3>
    ${chart}
  </div>`;
}

function worstTable({ time }: ReportView, { run, depth }: Fallen): Html {
  const episodes = worstDrawdowns(drawdownEpisodes(depth, time), 5);
  const heading = html`<h3>${lineSwatch(run.look)}${run.name}</h3>`;
  if (episodes.length === 0)
    return html`<div>
      ${heading}
      <p class="note">Never below its highest value.</p>
    </div>`;
  return html`<div>
    ${heading}${renderTable({
      name: `The worst falls of ${run.name}`,
      head: ['Peak', 'Trough', 'Recovered', 'Depth', 'Down, up'],
      groups: [
        {
          title: null,
          rows: episodes.map(({ peak, trough, recovery, depth: depthOf, daysDown, daysUp }) => ({
            head: closingDay(peak),
            cells: [
              closingDay(trough),
              recovery === null ? 'not yet' : closingDay(recovery),
              fall(depthOf),
              `${days(daysDown)}, ${days(daysUp)}`,
            ],
          })),
        },
      ],
      look: 'compact',
    })}
  </div>`;
}
