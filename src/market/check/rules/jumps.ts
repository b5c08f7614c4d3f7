import { formatTime } from '../../../core/time.ts';
import type { Bars } from '../../bars.ts';
import type { Observation } from '../finding.ts';

/** Bars whose usual move is measured together; the usual move at one place is that of its block and both neighbours. */
const BLOCK = 100;

/** A move of so many robust deviations is a jump: most crashes of real history stay below, slips of the decimal point do not. */
const JUMP = 40;

/** A move of so many that the next bar takes back (to a fifth) is a spike. */
const SPIKE = 12;
const TAKEN_BACK = 0.2;

/** A moving market moves at least so much a bar; below it, prices hardly change and every move would look large. */
const LEAST_DEVIATION = 0.001;

/** Closes that jump or spike by more than the volatility around them explains: often a wrong price, sometimes a crash. */
export function findJumps({ close, opens }: Bars): Observation[] {
  const moves = close.map((price, i) => (i === 0 ? 0 : Math.log(price / close[i - 1]!)));
  const deviations = robustDeviations(moves);
  const sizeAt = (i: number): number => Math.abs(moves[i]!) / deviations[Math.floor(i / BLOCK)]!;
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

/** 1.4826 × the median absolute move of each block with its neighbours: the deviation, if moves were normal. */
function robustDeviations(moves: Float64Array): Float64Array {
  const blocks = Math.ceil(moves.length / BLOCK);
  return Float64Array.from({ length: blocks }, (_, block) => {
    const near = moves
      .slice(Math.max(0, (block - 1) * BLOCK), (block + 2) * BLOCK)
      .map(Math.abs)
      .sort();
    return Math.max(LEAST_DEVIATION, 1.4826 * near[Math.floor(near.length / 2)]!);
  });
}
