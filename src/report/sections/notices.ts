import { formatDate } from '../../core/time.ts';
import { type Html, html } from '../escape.ts';
import { count } from '../format.ts';
import { renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';

/** Everything a run reported that is not an error, once for the runs that have it in common. */
export function noticeTable({ runs }: ReportView): Html | null {
  const noticed = runs.filter(({ result }) => result.notices.length > 0);
  if (noticed.length === 0) return null;
  return html`<h3>Notices</h3>
    ${renderTable({
      name: 'Notices, with how often they occurred and the first occurrence',
      head: ['Notice', 'Times', 'First', 'What'],
      groups: sharedNotices(noticed).map(({ names, notices }) => ({
        title: names.length === runs.length ? 'All runs' : names.join(', '),
        rows: notices.map(({ code, message, count: times, first }) => ({
          head: html`<code>${code}</code>`,
          cells: [count(times), first === null ? '' : formatDate(first), { content: message, className: 'wrap' }],
        })),
      })),
      look: 'compact text',
    })}`;
}

type Notices = ReportRun['result']['notices'];

/** Notices grouped by the runs that have them in common, so that those of the data are listed once. */
function sharedNotices(runs: readonly ReportRun[]): { names: string[]; notices: Notices[number][] }[] {
  const holders = new Map<string, { notice: Notices[number]; names: string[] }>();
  for (const { name, result } of runs) {
    for (const notice of result.notices) {
      const key = JSON.stringify(notice);
      const known = holders.get(key) ?? { notice, names: [] };
      known.names.push(name);
      holders.set(key, known);
    }
  }
  const groups = new Map<string, { names: string[]; notices: Notices[number][] }>();
  for (const { notice, names } of holders.values()) {
    const group = groups.get(JSON.stringify(names)) ?? { names, notices: [] };
    group.notices.push(notice);
    groups.set(JSON.stringify(names), group);
  }
  return [...groups.values()].sort((a, b) => b.names.length - a.names.length);
}
