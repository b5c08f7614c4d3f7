import { bracketIndex, type BracketTable } from './margin.ts';
import { inversePnl, linearPnl } from './pnl.ts';

/**
 * Positions of one margin account: one value per contract, quantity 0 where nothing is held. `open` and `corner` are the marks
 * between which the bar's path runs; they must be positive where something is held.
 */
export interface MarginedPositions {
  /** Base units, or quote units of inverse contracts. */
  readonly quantity: Float64Array;
  /** Average entry price, quote currency. */
  readonly entry: Float64Array;
  /** 1 for inverse contracts; an account holds only those, or none. */
  readonly inverse: Uint8Array;
  readonly open: Float64Array;
  readonly corner: Float64Array;
  /** Value of the coins that count as margin, at the opens and at the corner: it moves with them in a straight line. */
  readonly coinsOpen?: number;
  readonly coinsCorner?: number;
}

/** Halvings after which a root is as near as numbers tell. */
const HALVINGS = 52;

/**
 * Where the account first liquidates when all marks move linearly and together from the open (λ = 0) to the corner (λ = 1):
 * the smallest λ at which balance + Σ unrealised − Σ maintenance ≤ 0, maintenance and results measured at the marks of λ.
 *
 * Of linear contracts the left side is piecewise linear and concave in λ (brackets have rising rates), so it holds over the whole
 * segment if it holds at both ends, and Newton's steps from λ = 1 never pass the root and reach it after at most one step per bracket
 * edge. Of inverse contracts it is neither; but each term is monotone in λ, so a stretch whose least terms sum to more than zero holds no
 * root, and what is left is halved.
 *
 * @param balance - margin balance without unrealised results and without coins that count in part: quote currency, or coin where the
 *   contracts are inverse
 * @returns λ in [0, 1], or NaN when the account survives. Allocates nothing.
 */
export function firstBreach(balance: number, positions: MarginedPositions, table: BracketTable): number {
  if (surplusAt(0, balance, positions, table) <= 0) return 0;
  return holdsInverse(positions) ? searched(0, 1, HALVINGS, balance, positions, table) : stepped(balance, positions, table);
}

/** Margin balance minus maintenance at the marks of λ. */
export function surplusAt(lambda: number, balance: number, positions: MarginedPositions, table: BracketTable): number {
  const { quantity, open, corner } = positions;
  let surplus = balance + coinsAt(lambda, positions);
  for (let c = 0; c < quantity.length; c++) {
    if (quantity[c] === 0) continue;
    const mark = markAt(lambda, open[c]!, corner[c]!);
    surplus += resultAt(c, mark, positions) - maintenanceAt(c, mark, positions, table);
  }
  return surplus;
}

/** Mark on the way from the open to the corner; exact at both ends. */
export function markAt(lambda: number, open: number, corner: number): number {
  return lambda === 1 ? corner : open + lambda * (corner - open);
}

function stepped(balance: number, positions: MarginedPositions, table: BracketTable): number {
  let lambda = 1;
  let surplus = surplusAt(lambda, balance, positions, table);
  if (surplus > 0) return NaN;
  while (surplus < 0) {
    const next = lambda - surplus / slopeAt(lambda, positions, table);
    // Rounding can leave a surplus of the last digit on the wrong side of zero.
    if (!(next < lambda)) break;
    lambda = next;
    surplus = surplusAt(lambda, balance, positions, table);
  }
  return lambda > 0 ? lambda : 0;
}

/** The first breach in (from, to], where the surplus at `from` is positive. */
function searched(
  from: number,
  to: number,
  halvings: number,
  balance: number,
  positions: MarginedPositions,
  table: BracketTable,
): number {
  if (leastSurplus(from, to, balance, positions, table) > 0) return NaN;
  if (halvings === 0) return surplusAt(to, balance, positions, table) <= 0 ? to : NaN;
  const middle = (from + to) / 2;
  const early = searched(from, middle, halvings - 1, balance, positions, table);
  return Number.isNaN(early) ? searched(middle, to, halvings - 1, balance, positions, table) : early;
}

/** Less than, or equal to, the surplus anywhere between two λ. */
function leastSurplus(from: number, to: number, balance: number, positions: MarginedPositions, table: BracketTable): number {
  const { quantity, open, corner } = positions;
  let least = balance + Math.min(coinsAt(from, positions), coinsAt(to, positions));
  for (let c = 0; c < quantity.length; c++) {
    if (quantity[c] === 0) continue;
    const [a, b] = [markAt(from, open[c]!, corner[c]!), markAt(to, open[c]!, corner[c]!)];
    least += Math.min(resultAt(c, a, positions), resultAt(c, b, positions));
    least -= Math.max(maintenanceAt(c, a, positions, table), maintenanceAt(c, b, positions, table));
  }
  return least;
}

function holdsInverse({ quantity, inverse }: MarginedPositions): boolean {
  for (let c = 0; c < quantity.length; c++) if (inverse[c] === 1 && quantity[c] !== 0) return true;
  return false;
}

function coinsAt(lambda: number, { coinsOpen = 0, coinsCorner = 0 }: MarginedPositions): number {
  return markAt(lambda, coinsOpen, coinsCorner);
}

function resultAt(c: number, mark: number, { quantity, entry, inverse }: MarginedPositions): number {
  const held = quantity[c]!;
  return inverse[c] === 1 ? inversePnl(held, entry[c]!, mark) : linearPnl(held, entry[c]!, mark);
}

function maintenanceAt(c: number, mark: number, { quantity, inverse }: MarginedPositions, table: BracketTable): number {
  const size = Math.abs(quantity[c]!);
  const notional = inverse[c] === 1 ? size / mark : size * mark;
  const k = bracketIndex(table, c, notional);
  return notional * table.rate[k]! - table.amount[k]!;
}

/** Of linear contracts, with the coins that count. */
function slopeAt(lambda: number, positions: MarginedPositions, table: BracketTable): number {
  const { quantity, open, corner, coinsOpen = 0, coinsCorner = 0 } = positions;
  let slope = coinsCorner - coinsOpen;
  for (let c = 0; c < quantity.length; c++) {
    const held = quantity[c]!;
    if (held === 0) continue;
    const k = bracketIndex(table, c, Math.abs(held) * markAt(lambda, open[c]!, corner[c]!));
    slope += (held - Math.abs(held) * table.rate[k]!) * (corner[c]! - open[c]!);
  }
  return slope;
}
