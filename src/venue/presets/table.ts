import type { MaintenanceTable } from '../facts.ts';
import { bracketsFrom, type MaintenanceRow } from '../margin.ts';

/** Maintenance tables of one date, by coin. */
export type TablesByCoin = Readonly<Record<string, MaintenanceTable>>;

/** A whole maintenance table; `upTo` is the largest position it allows, null where it names none. */
export function table(rows: readonly MaintenanceRow[], upTo: number | null): MaintenanceTable {
  return { brackets: bracketsFrom(rows), by: 'notional', upTo, complete: true };
}

/** The part of a maintenance table that is known: positions up to `upTo`, in notional or in coins. */
export function partialTable(
  rows: readonly MaintenanceRow[],
  upTo: number,
  by: MaintenanceTable['by'] = 'notional',
): MaintenanceTable {
  return { brackets: bracketsFrom(rows), by, upTo, complete: false };
}
