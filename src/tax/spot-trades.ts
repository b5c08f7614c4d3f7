import type { TaxLedger } from './ledger.ts';

/**
 * Spot fills as rows of numbers, so that a fill touches one place in memory. What a row holds beyond these is its writer's.
 */
export type SpotTrades = Float64Array;

/** Numbers per row. */
export const TRADE = 6;
/** Index of the asset. */
export const TRADED = 0;
/** Signed units that reach the holding, or leave it. */
export const UNITS = 1;
/** Gross value, account currency. */
export const GROSS = 2;
/** Fee in cash, account currency. */
export const FEE = 3;

/** A batch of one fill. */
export function loneTrade(asset: number, units: number, gross: number, fee: number): SpotTrades {
  return Float64Array.of(asset, units, gross, fee, 0, 0);
}

/** Rows [from, to) of a batch, one purchase or sale after the other, as the market executes them. */
export function tradeEach(
  ledger: Pick<TaxLedger, 'acquire' | 'dispose'>,
  fills: SpotTrades,
  from: number,
  to: number,
  time: number,
  cause: number,
): void {
  const order = inOrderOfExecution(fills, from, to);
  for (let k = 0; k < to - from; k++) tradeOne(ledger, fills, TRADE * order[k]!, time, cause);
}

function tradeOne(
  ledger: Pick<TaxLedger, 'acquire' | 'dispose'>,
  fills: SpotTrades,
  row: number,
  time: number,
  cause: number,
): void {
  const asset = fills[row + TRADED]!;
  const units = fills[row + UNITS]!;
  const gross = fills[row + GROSS]!;
  const fee = fills[row + FEE]!;
  if (units > 0) ledger.acquire(asset, units, gross, fee, time);
  else ledger.dispose(asset, -units, gross, fee, time, cause);
}

/** Rows in order and their signed worth, written anew for each batch. */
let ranked = new Int32Array(0);
let worths = new Float64Array(0);

/** Rows [from, to): sales, largest first, then purchases, smallest first; ties as submitted, which rows of sales are in reverse. */
function inOrderOfExecution(fills: SpotTrades, from: number, to: number): Int32Array {
  if (ranked.length < to - from) {
    ranked = new Int32Array(2 * (to - from));
    worths = new Float64Array(2 * (to - from));
  }
  for (let row = from; row < to; row++) {
    const gross = fills[TRADE * row + GROSS]!;
    const worth = fills[TRADE * row + UNITS]! < 0 ? -gross : gross;
    let place = row - from;
    for (; place > 0 && byExecution(worth, worths[place - 1]!, 1) < 0; place--) {
      ranked[place] = ranked[place - 1]!;
      worths[place] = worths[place - 1]!;
    }
    ranked[place] = row;
    worths[place] = worth;
  }
  return ranked;
}

/** Compares two fills of a batch by signed worth, then by the difference of their rows. */
export function byExecution(a: number, b: number, rows: number): number {
  return a - b || (a < 0 ? -rows : rows);
}
