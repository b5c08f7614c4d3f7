import { ConfigError } from '../core/errors.ts';
import type { MaintenanceBracket } from './venue.ts';

/** One row of a published maintenance table: lower edge of the notional, rate, highest leverage (null where none is stated). */
export type MaintenanceRow = readonly [floor: number, rate: number, maxLeverage: number | null];

/**
 * Brackets from the rows of a maintenance table. The cumulative amounts follow from continuity,
 * `amountₙ = amountₙ₋₁ + floorₙ·(rateₙ − rateₙ₋₁)`, which the tables of the venues obey (Binance FAQ on maintenance amounts).
 *
 * @throws {ConfigError} `maintenance-table-invalid` unless floors start at 0 and ascend, and rates lie in [0, 1) and never fall
 */
export function bracketsFrom(rows: readonly MaintenanceRow[]): readonly MaintenanceBracket[] {
  const brackets: MaintenanceBracket[] = [];
  for (const [floor, rate, maxLeverage] of rows) {
    const below = brackets.at(-1);
    const ascends = below ? floor > below.floor && rate >= below.rate : floor === 0;
    if (!ascends || !(rate >= 0 && rate < 1)) {
      throw new ConfigError(
        'maintenance-table-invalid',
        `a maintenance band from ${floor} at rate ${rate} does not follow the one before`,
        {
          hint: 'floors start at 0 and ascend; rates are fractions below 1 and never fall',
        },
      );
    }
    const amount = below ? below.amount + floor * (rate - below.rate) : 0;
    brackets.push({ floor, rate, amount, maxLeverage });
  }
  return brackets;
}

/** Maintenance at one rate whatever the size of the position. */
export function flatMaintenance(rate: number): readonly MaintenanceBracket[] {
  return bracketsFrom([[0, rate, null]]);
}

/** The bracket that holds a notional ≥ 0; a notional on an edge belongs to the band below it. */
export function bracketAt(brackets: readonly MaintenanceBracket[], notional: number): MaintenanceBracket {
  let k = brackets.length - 1;
  while (k > 0 && notional <= brackets[k]!.floor) k--;
  return brackets[k]!;
}

/**
 * Maintenance margin of one position: notional × rate − amount.
 *
 * @param notional - absolute, at the mark: quote currency (linear) or coin (inverse)
 * @returns the same unit; 0 for no position
 */
export function maintenanceMargin(brackets: readonly MaintenanceBracket[], notional: number): number {
  const { rate, amount } = bracketAt(brackets, notional);
  return notional * rate - amount;
}

/** Initial margin: absolute notional at the mark / leverage. */
export function initialMargin(notional: number, leverage: number): number {
  return Math.abs(notional) / leverage;
}

/**
 * Margin ratio: balance / maintenance; at or below 1 the account liquidates. (Binance and Bybit print its reciprocal, OKX this.)
 *
 * @param balance - margin balance with unrealised results, same unit as the maintenance
 * @returns Infinity where nothing must be maintained and the balance is positive
 */
export function marginRatio(balance: number, maintenance: number): number {
  if (maintenance > 0) return balance / maintenance;
  return balance > 0 ? Infinity : 0;
}

/** Margin per notional, (margin + unrealised) / notional at mark, as venues print it that compare it with the maintenance rate (WEEX). */
export function marginShare(balance: number, notional: number): number {
  return balance / Math.abs(notional);
}

/** Highest leverage a notional may be opened with; Infinity where the table states none. */
export function maxLeverage(brackets: readonly MaintenanceBracket[], notional: number): number {
  return bracketAt(brackets, notional).maxLeverage ?? Infinity;
}

/**
 * Brackets of many contracts laid out flat, so that a hot loop reads numbers only:
 * those of contract `c` are `[start[c], start[c + 1])`.
 */
export interface BracketTable {
  readonly start: Int32Array;
  readonly floor: Float64Array;
  readonly rate: Float64Array;
  readonly amount: Float64Array;
}

/** Lays out the brackets of each contract, in order. */
export function flattenBrackets(perContract: readonly (readonly MaintenanceBracket[])[]): BracketTable {
  const all = perContract.flat();
  const start = new Int32Array(perContract.length + 1);
  perContract.forEach((brackets, c) => (start[c + 1] = start[c]! + brackets.length));
  return {
    start,
    floor: Float64Array.from(all, (bracket) => bracket.floor),
    rate: Float64Array.from(all, (bracket) => bracket.rate),
    amount: Float64Array.from(all, (bracket) => bracket.amount),
  };
}

/** Index into the table of the bracket that holds `notional` ≥ 0 of contract `c`. */
export function bracketIndex(table: BracketTable, c: number, notional: number): number {
  const last = table.start[c + 1]! - 1;
  let k = table.start[c]!;
  // From below: most positions are in the first bands.
  while (k < last && notional > table.floor[k + 1]!) k++;
  return k;
}

/** As `maintenanceMargin`, from the flat table. */
export function maintenanceOf(table: BracketTable, c: number, notional: number): number {
  const k = bracketIndex(table, c, notional);
  return notional * table.rate[k]! - table.amount[k]!;
}
