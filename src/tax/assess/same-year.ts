import type { Assessment } from '../regime.ts';

/** Tax on a base ≥ 0, as a number of the same currency. */
export type Scale = (base: number) => number;

/** One rate, whatever the base. */
export function flat(rate: number): Scale {
  return (base) => rate * base;
}

/** Results of one column, netted within the year: a net gain is taxed, a net loss is lost. */
export function sameYear(column: number, tax: Scale): Assessment {
  return {
    bill: (results) => tax(Math.max(0, results[column]!)),
    carry() {
      // Nothing goes on.
    },
  };
}
