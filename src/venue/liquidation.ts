import { bracketIndex, type BracketTable } from './margin.ts';

/**
 * Linear positions of one margin account: one value per contract, 0 where nothing is held. `open` and `corner` are the marks
 * between which the bar's path runs; they must be positive where something is held.
 */
export interface LinearPositions {
  readonly quantity: Float64Array;
  /** Average entry price, quote currency. */
  readonly entry: Float64Array;
  readonly open: Float64Array;
  readonly corner: Float64Array;
}

/**
 * Where the account first liquidates when all marks move linearly and together from the open (λ = 0) to the corner (λ = 1):
 * the smallest λ at which
 *
 *     cash + Σ quantity·(mark − entry) − Σ maintenance(|quantity|·mark) ≤ 0.
 *
 * The left side is piecewise linear and concave in λ (brackets have rising rates), so it holds over the whole segment if it holds
 * at both ends, and Newton's steps from λ = 1 never pass the root and reach it after at most one step per bracket edge.
 *
 * @param cash - margin balance without unrealised results, quote currency
 * @returns λ in [0, 1], or NaN when the account survives. Allocates nothing.
 */
export function firstBreach(cash: number, positions: LinearPositions, table: BracketTable): number {
  if (surplusAt(0, cash, positions, table) <= 0) return 0;
  let lambda = 1;
  let surplus = surplusAt(lambda, cash, positions, table);
  if (surplus > 0) return NaN;
  while (surplus < 0) {
    const next = lambda - surplus / slopeAt(lambda, positions, table);
    // Rounding can leave a surplus of the last digit on the wrong side of zero.
    if (!(next < lambda)) break;
    lambda = next;
    surplus = surplusAt(lambda, cash, positions, table);
  }
  return lambda > 0 ? lambda : 0;
}

/** Margin balance minus maintenance at the marks of λ, quote currency. */
export function surplusAt(
  lambda: number,
  cash: number,
  { quantity, entry, open, corner }: LinearPositions,
  table: BracketTable,
): number {
  let surplus = cash;
  for (let c = 0; c < quantity.length; c++) {
    const held = quantity[c]!;
    if (held === 0) continue;
    const mark = markAt(lambda, open[c]!, corner[c]!);
    const notional = Math.abs(held) * mark;
    const k = bracketIndex(table, c, notional);
    surplus += held * (mark - entry[c]!) - (notional * table.rate[k]! - table.amount[k]!);
  }
  return surplus;
}

function slopeAt(lambda: number, { quantity, open, corner }: LinearPositions, table: BracketTable): number {
  let slope = 0;
  for (let c = 0; c < quantity.length; c++) {
    const held = quantity[c]!;
    if (held === 0) continue;
    const k = bracketIndex(table, c, Math.abs(held) * markAt(lambda, open[c]!, corner[c]!));
    slope += (held - Math.abs(held) * table.rate[k]!) * (corner[c]! - open[c]!);
  }
  return slope;
}

/** Mark on the way from the open to the corner; exact at both ends. */
export function markAt(lambda: number, open: number, corner: number): number {
  return lambda === 1 ? corner : open + lambda * (corner - open);
}
