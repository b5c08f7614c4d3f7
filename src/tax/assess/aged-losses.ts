import type { Assessment } from '../regime.ts';
import type { Scale } from './same-year.ts';

/** A basket whose net loss reduces its own gains of the next `years` tax years, the oldest loss first. */
export interface AgedLosses {
  /** Class of the results. */
  readonly column: number;
  /** The first of `years` carried columns; the oldest loss lies in the first. */
  readonly first: number;
  readonly years: number;
  readonly tax: Scale;
}

/** Results of one column, with losses carried forward for a number of years. */
export function agedLosses({ column, first, years, tax }: AgedLosses): Assessment {
  return {
    bill(results, carried) {
      let net = results[column]!;
      for (let k = first; k < first + years; k++) net -= carried[k]!;
      return tax(Math.max(0, Math.min(results[column]!, net)));
    },
    carry(results, carried) {
      let gain = Math.max(0, results[column]!);
      for (let k = first; k < first + years; k++) {
        const left = Math.max(0, carried[k]! - gain);
        gain = Math.max(0, gain - carried[k]!);
        // One year older: what was the oldest falls away.
        if (k > first) carried[k - 1] = left;
      }
      carried[first + years - 1] = Math.max(0, -results[column]!);
    },
  };
}
