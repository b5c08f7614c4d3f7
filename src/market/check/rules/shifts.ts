import { DAY, HOUR } from '../../../core/time.ts';
import { type Priced, rowClosingAt } from '../priced.ts';
import { median } from '../usual-move.ts';

/** Time is judged in pieces of this length: a zone with summer time shifts a part of the year only. */
const PIECE = 30 * DAY;
/** Closes compared in a piece: at least, at most (then spread evenly). */
const FEWEST = 20;
const MOST = 240;

/** The difference of two files of one asset changes less than this share of a bar's usual move, if they tell one time. */
const IN_STEP = 0.3;
/** Over this share without a shift that explains it, bars may end at different times. */
const OUT_OF_STEP = 0.5;
/** A shift is believed when it makes the scatter at least so many times smaller. */
const BETTER = 3;

/** Zones lie within a day; two hours more find a stamp of the close taken for the open. */
const FARTHEST = 26 * HOUR;

/** A piece of time in which two files are compared. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** ms by which the first file's stamps lie before the second's; 0: they agree; null: they differ, and no shift explains it. */
  readonly lead: number | null;
}

/**
 * Piece by piece, whether two files of one asset tell the same time: at the right shift their prices differ by little more than the
 * spread between markets, at any other by what the market moves in between.
 *
 * @returns nothing of pieces with too few common closes, or in which prices stand still
 */
export function comparePieces(a: Priced, b: Priced): Piece[] {
  // The longer bars are looked up among the shorter ones, which close at more moments.
  return a.step >= b.step
    ? compareLonger(a, b)
    : compareLonger(b, a).map((piece) => ({ ...piece, lead: piece.lead && -piece.lead }));
}

function compareLonger(a: Priced, b: Priced): Piece[] {
  const grid = Math.max(a.step, b.step, HOUR);
  const unit = Math.max(Math.min(a.step, b.step), HOUR);
  return piecesOf(a, grid).flatMap(({ rows, from, to }): Piece[] => {
    const move = median(movesOf(a, rows, grid));
    const scatter = scatterAt(a, b, rows, 0);
    if (!(move > 0) || scatter === Infinity) return [];
    const piece = (lead: number | null) => [{ from, to, lead }];
    if (scatter < IN_STEP * move) return piece(0);
    const reach = Math.max(FARTHEST, 2 * unit);
    let [lead, least] = [0, scatter];
    for (let lag = -Math.floor(reach / unit) * unit; lag <= reach; lag += unit) {
      const there = scatterAt(a, b, rows, lag);
      if (there < least) [lead, least] = [lag, there];
    }
    if (least * BETTER <= scatter) return piece(lead);
    return piece(scatter >= OUT_OF_STEP * move ? null : 0);
  });
}

/** Rows of a file by piece: those that close on the grid, thinned out evenly. */
function piecesOf({ opens, step }: Priced, grid: number): { readonly rows: readonly number[]; from: number; to: number }[] {
  const pieces = new Map<number, number[]>();
  for (let row = 0; row < opens.length; row++) {
    const close = opens[row]! + step;
    if (close % grid !== 0) continue;
    const piece = Math.floor(close / PIECE);
    const rows = pieces.get(piece);
    if (rows) rows.push(row);
    else pieces.set(piece, [row]);
  }
  return [...pieces.values()].map((rows) => {
    const every = Math.ceil(rows.length / MOST);
    return { rows: rows.filter((_, k) => k % every === 0), from: opens[rows[0]!]!, to: opens[rows.at(-1)!]! + step };
  });
}

/** Absolute log moves over one step of the grid. */
function movesOf(priced: Priced, rows: readonly number[], grid: number): Float64Array {
  const moves = rows.map((row) => {
    const before = rowClosingAt(priced, priced.opens[row]! + priced.step - grid);
    return before < 0 ? NaN : Math.abs(Math.log(priced.close[row]! / priced.close[before]!));
  });
  return Float64Array.from(moves.filter((move) => !Number.isNaN(move)));
}

/**
 * Median change of the log difference from one close compared to the next, over √2, with the second file looked up `lag` later; Infinity
 * of too few. Changes, because the basis of a dated contract drifts.
 */
function scatterAt(a: Priced, b: Priced, rows: readonly number[], lag: number): number {
  const changes: number[] = [];
  let before = NaN;
  for (const row of rows) {
    const other = rowClosingAt(b, a.opens[row]! + a.step + lag);
    if (other < 0) continue;
    const difference = Math.log(a.close[row]! / b.close[other]!);
    if (!Number.isNaN(before)) changes.push(Math.abs(difference - before));
    before = difference;
  }
  return changes.length < FEWEST ? Infinity : median(Float64Array.from(changes)) / Math.SQRT2;
}
