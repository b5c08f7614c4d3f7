import { formatTime } from '../../../core/time.ts';
import type { Bars } from '../../bars.ts';
import type { Observation } from '../finding.ts';
import { BLOCK, closeMoves, usualMoves } from '../usual-move.ts';

/** A high or low that lies so many robust deviations outside open and close: beyond the flash crashes of real history, mostly. */
const WICK = 40;

/** Highs and lows far outside open and close: they liquidate positions and fill limit orders, so a wrong one is expensive. */
export function findWicks({ opens, open, high, low, close }: Bars): Observation[] {
  const usual = usualMoves(closeMoves(close));
  const sizeAt = (i: number): number => {
    const above = Math.log(high[i]! / Math.max(open[i]!, close[i]!));
    const below = Math.log(Math.min(open[i]!, close[i]!) / low[i]!);
    return Math.max(above, below) / usual[Math.floor(i / BLOCK)]!;
  };
  let [count, row] = [0, -1];
  for (let i = 0; i < close.length; i++) {
    if (sizeAt(i) < WICK) continue;
    if (count === 0) row = i;
    count++;
  }
  if (count === 0) return [];
  const bar = `open ${open[row]!}, high ${high[row]!}, low ${low[row]!}, close ${close[row]!}`;
  const size = `${sizeAt(row).toFixed(0)} times the usual move outside open and close`;
  const message = `highs or lows that stick out: ${count}; the first at ${formatTime(opens[row]!)}, ${size} (${bar})`;
  const hint = 'a wrong price, or a flash crash: compare with another source';
  return [{ code: 'price-wick', severity: 'warning', message, hint, count, row }];
}
