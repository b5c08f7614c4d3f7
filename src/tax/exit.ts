import { zeroColumn } from '../core/column.ts';
import type { TaxLedger } from './ledger.ts';

/**
 * What closing everything at one moment brings, before and after the costs of closing. Money in account currency; the columns have one
 * number per asset, or per contract, and are the engine's to reuse.
 */
export interface Exit {
  /** UTC ms */
  time: number;
  /** Value of each coin before costs. */
  readonly values: Float64Array;
  /** Their sum. */
  total: number;
  /** Share of each coin's value that the costs of selling leave. */
  readonly kept: Float64Array;
  /** The same where it is one for all coins; NaN where it is not. */
  readonly keptOfAll: number;
  /** Share of each coin's value that counts as what it brings: with the fee in it where the regime deducts none. */
  readonly counted: Float64Array;
  readonly countedOfAll: number;
  /**
   * What it costs, as far as it counts, to sell the coins that inverse contracts pay: a loss on coins bought at that moment. Below 0 for coins
   * that they take, which are not there to be sold.
   */
  readonly coinCosts: Float64Array;
  /** Their sum. */
  coinCostsOfAll: number;
  /** Unrealised price result of each contract before and after the costs of closing. */
  readonly contracts: Float64Array;
  readonly contractsAfter: Float64Array;
}

/** An exit of coins and contracts whose costs are still to be set; nothing is held yet. */
export function emptyExit(values: Float64Array, kept: Shares, contracts: number, counted = kept): Exit {
  return {
    time: 0,
    values,
    total: 0,
    kept: kept.ofEach,
    keptOfAll: kept.ofAll,
    counted: counted.ofEach,
    countedOfAll: counted.ofAll,
    coinCosts: zeroColumn(values.length),
    coinCostsOfAll: 0,
    contracts: zeroColumn(contracts),
    contractsAfter: zeroColumn(contracts),
  };
}

/** A share of each coin's value, and the same where it is one for all coins; NaN where it is not. */
export interface Shares {
  readonly ofEach: Float64Array;
  readonly ofAll: number;
}

export function sharesOf(ofEach: Float64Array): Shares {
  return { ofEach, ofAll: ofEach.every((share) => share === ofEach[0]) ? (ofEach[0] ?? 1) : NaN };
}

/** Asks for the tax of an exit before and after its costs, one after the other: `TaxLedger.deferredBoth` of ledgers that know no shorter way. */
export function deferEach(ledger: Pick<TaxLedger, 'deferred'>, exit: Exit, into: Float64Array): void {
  const { values, counted, coinCosts, contracts, contractsAfter, time } = exit;
  into[0] = ledger.deferred(values, contracts, time);
  into[1] = ledger.deferred(
    values.map((value, asset) => value * counted[asset]! - Math.min(0, coinCosts[asset]!)),
    contractsAfter,
    time,
    coinCosts.map((cost) => Math.max(0, cost)),
  );
}
