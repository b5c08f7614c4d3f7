import type { TaxLedger } from './ledger.ts';

/** Spot fills, one a row. */
export interface SpotTrades {
  /** Index of each row's asset. */
  readonly assets: Int32Array;
  /** Rows of TRADE numbers, so that a fill touches one place in memory. What a row holds beyond those below is its writer's. */
  readonly rows: Float64Array;
}

/** Numbers per row. */
export const TRADE = 5;
/** Signed units that reach the holding, or leave it. */
export const UNITS = 0;
/** Gross value, account currency. */
export const GROSS = 1;
/** Fee in cash, account currency. */
export const FEE = 2;

/** Room for so many fills. */
export function roomForTrades(count: number): SpotTrades {
  return { assets: new Int32Array(count), rows: new Float64Array(TRADE * count) };
}

/** A batch of one fill. */
export function loneTrade(asset: number, units: number, gross: number, fee: number): SpotTrades {
  return { assets: Int32Array.of(asset), rows: Float64Array.of(units, gross, fee, 0, 0) };
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
  for (let k = 0; k < to - from; k++) tradeOne(ledger, fills, order[k]!, time, cause);
}

function tradeOne(
  ledger: Pick<TaxLedger, 'acquire' | 'dispose'>,
  fills: SpotTrades,
  row: number,
  time: number,
  cause: number,
): void {
  const asset = fills.assets[row]!;
  const trade = TRADE * row;
  const units = fills.rows[trade + UNITS]!;
  const gross = fills.rows[trade + GROSS]!;
  const fee = fills.rows[trade + FEE]!;
  if (units > 0) ledger.acquire(asset, units, gross, fee, time);
  else ledger.dispose(asset, -units, gross, fee, time, cause);
}

/** Rows in order and their signed worth, written anew for each batch. */
let ranked = new Int32Array(0);
let worths = new Float64Array(0);

/** Rows [from, to): sales, largest first, then purchases, smallest first; ties as submitted, which rows of sales are in reverse. */
function inOrderOfExecution({ rows }: SpotTrades, from: number, to: number): Int32Array {
  if (ranked.length < to - from) {
    ranked = new Int32Array(2 * (to - from));
    worths = new Float64Array(2 * (to - from));
  }
  for (let row = from; row < to; row++) {
    const gross = rows[TRADE * row + GROSS]!;
    const worth = rows[TRADE * row + UNITS]! < 0 ? -gross : gross;
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
