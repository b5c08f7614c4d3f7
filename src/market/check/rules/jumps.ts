import { formatTime } from '../../../core/time.ts';
import type { Bars } from '../../bars.ts';
import type { Observation } from '../finding.ts';
import { BLOCK, closeMoves, usualMoves } from '../usual-move.ts';

/** A move of so many robust deviations is a jump: most crashes of real history stay below, slips of the decimal point do not. */
const JUMP = 40;

/** A move of so many that the next bar takes back (to a fifth) is a spike. */
const SPIKE = 12;
const TAKEN_BACK = 0.2;

/** Closes that jump or spike by more than the volatility around them explains: often a wrong price, sometimes a crash. */
export function findJumps({ close, opens }: Bars): Observation[] {
  const moves = closeMoves(close);
  const usual = usualMoves(moves);
  const sizeAt = (i: number): number => Math.abs(moves[i]!) / usual[Math.floor(i / BLOCK)]!;
  const rows: number[] = [];
  for (let i = 1; i < moves.length; i++) {
    const back = i + 1 < moves.length ? Math.abs(moves[i]! + moves[i + 1]!) / Math.abs(moves[i]!) : Infinity;
    if (sizeAt(i) < SPIKE || (back > TAKEN_BACK && sizeAt(i) < JUMP)) continue;
    rows.push(i);
    if (back <= TAKEN_BACK) i++;
  }
  const [row] = rows;
  if (row === undefined) return [];
  const first = `the first at ${formatTime(opens[row]!)}, from ${close[row - 1]!} to ${close[row]!}`;
  const message = `closes that jump: ${rows.length}; ${first}, ${sizeAt(row).toFixed(0)} times the usual move`;
  const hint = 'a wrong price, or a crash: compare with another source';
  return [{ code: 'price-jump', severity: 'warning', message, hint, count: rows.length, row }];
}
