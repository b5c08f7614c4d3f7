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
  if (to === from + 1) tradeOne(ledger, fills, TRADE * from, time, cause);
  else for (const row of inOrderOfExecution(fills, from, to)) tradeOne(ledger, fills, TRADE * row, time, cause);
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

/** Rows [from, to): sales, largest first, then purchases, smallest first; ties as submitted, which rows of sales are in reverse. */
function inOrderOfExecution(fills: SpotTrades, from: number, to: number): Int32Array {
  const order = Int32Array.from({ length: to - from }, (_, k) => from + k);
  const worth = (row: number): number => Math.sign(fills[TRADE * row + UNITS]!) * fills[TRADE * row + GROSS]!;
  return order.sort((a, b) => byExecution(worth(a), worth(b), a - b));
}

/** Compares two fills of a batch by signed worth, then by the difference of their rows. */
export function byExecution(a: number, b: number, rows: number): number {
  return a - b || (a < 0 ? -rows : rows);
}
