import type { Assessment } from '../regime.ts';

// Sums of decimal amounts, translated at a rate, may miss a limit by their last digits.
const ROUNDING = 1e-9;

/** Up to what a year's sales may bring in all for the year to be exempt. */
export interface SmallSales {
  /** Class that sums up what the year's taxable disposals brought: the regime's `proceedsClass`. */
  readonly column: number;
  /** Same currency; a year that brings just this much is exempt. */
  readonly limit: number;
}

/**
 * A cliff on what sales bring, not on what they gain: a year up to the limit is as if nothing had been sold, one above it is assessed in full.
 *
 * @param of - the assessment of years above the limit; what was carried into an exempt year goes on as it was
 */
export function exemptSmallSales({ column, limit }: SmallSales, of: Assessment): Assessment {
  const most = limit * (1 + ROUNDING);
  return {
    bill: (results, carried) => (results[column]! > most ? of.bill(results, carried) : 0),
    carry(results, carried) {
      if (results[column]! > most) of.carry(results, carried);
    },
    exempts: (results) => results[column]! > 0 && results[column]! <= most,
  };
}
