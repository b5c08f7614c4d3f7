import { laneChart } from '../charts/lanes.ts';
import { type Html, html } from '../escape.ts';
import { eventLanes } from '../events.ts';
import { count } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';
import { figure } from './figure.ts';

/** Trades, tax payments, margin calls and liquidations under the value chart, off its lines; null when nothing happened. */
export async function eventFigure({ runs, time }: ReportView): Promise<Html | null> {
  const lanes = eventLanes(runs);
  if (lanes.length === 0) return null;
  const totals = lanes.map(({ title, counts }) => {
    const total = [...counts.values()].reduce((sum, moments) => sum + moments, 0);
    return `${title.toLowerCase()} ${count(total)}`;
  });
  return figure(
    {
      label: `Event lanes under the value chart. Moments with events, all strategies together: ${totals.join(', ')}.`,
      caption: 'Events share the time axis above; in a lane every strategy has a track of its own.',
    },
    (frame) => laneChart(lanes, time[0]!, time.at(-1)!, frame),
  );
}

/** How often each kind of event came to each run. */
export function eventTable({ runs }: ReportView): Html | null {
  const lanes = eventLanes(runs);
  if (lanes.length === 0) return null;
  const active = runs.filter((run) => lanes.some(({ counts }) => counts.has(run)));
  return renderTable({
    name: 'Events by strategy',
    caption: 'Moments with events; fills of one moment count once.',
    head: ['Event', ...active.map(({ name, look }) => html`${lineSwatch(look)}${name}`)],
    groups: [
      {
        title: null,
        rows: lanes.map(({ title, counts }) => ({ head: title, cells: active.map((run) => count(counts.get(run) ?? 0)) })),
      },
    ],
    look: 'compact sticky',
  });
}
