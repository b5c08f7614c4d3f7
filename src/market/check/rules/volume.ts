import { formatInterval, formatTime } from '../../../core/time.ts';
import type { Bars } from '../../bars.ts';
import type { Observation } from '../finding.ts';

/** Bars in which nothing changed hands; they stay tradable, so a run may fill orders that nobody could have filled. */
export function findZeroVolume({ opens, volume, step }: Bars): Observation[] {
  const row = volume.indexOf(0);
  if (row < 0) return [];
  const count = volume.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  const message = `${formatInterval(step)} bars without volume: ${count} of ${volume.length}; the first at ${formatTime(opens[row]!)}`;
  return [{ code: 'zero-volume', severity: 'info', message, hint: 'runs treat such bars as tradable, and say so', count, row }];
}
