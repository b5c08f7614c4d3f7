import { formatInterval, formatTime } from '../../../core/time.ts';
import type { Bars } from '../../bars.ts';
import type { Observation } from '../finding.ts';

/** Bars that are missing between the first and the last one. */
export function findGaps({ opens, step }: Pick<Bars, 'opens' | 'step'>): Observation[] {
  const rows: number[] = [];
  let [missing, longest] = [0, 0];
  for (let i = 1; i < opens.length; i++) {
    const absent = Math.round((opens[i]! - opens[i - 1]!) / step) - 1;
    if (absent <= 0) continue;
    rows.push(i);
    missing += absent;
    longest = Math.max(longest, absent);
  }
  const [row] = rows;
  if (row === undefined) return [];
  const first = `the first from ${formatTime(opens[row - 1]! + step)} on`;
  const message = `${formatInterval(step)} bars missing: ${missing}; places: ${rows.length}, at most ${longest} in one; ${first}`;
  const hint = 'nothing can be traded there; fetch them again, if there was trading';
  return [{ code: 'bars-missing', severity: 'warning', message, hint, count: missing, row }];
}
