import { taxableLong, taxableShort } from './capital-netting.ts';
import { CARRYBACK_YEARS, LONG_SHARE, SHORT_SHARE } from './section-1256.ts';

// Four columns of a year lie `CARRYBACK_YEARS` apart, the latest year first: the gain of its 1256 contracts that a loss may be carried
// back to, what of its short-term and long-term gain was taxed, and the deductible payments that lowered the tax on it.
const COLUMNS = 4;

/**
 * Tax that comes back when a loss is carried to the three years before, the earliest first: there it is 60 % long-term and 40 % short-term,
 * and is netted with what was taxed. No more comes back than was paid.
 *
 * @param rates - flat, as fractions
 * @param loss - as far as it finds room, ≥ 0
 */
export function refundOf(
  rates: { readonly short: number; readonly long: number; readonly ordinary: number },
  loss: number,
  carried: Float64Array,
  first: number,
): number {
  let left = loss;
  let refund = 0;
  for (let age = CARRYBACK_YEARS - 1; age >= 0; age--) {
    const used = Math.min(left, carried[first + age]!);
    const short = carried[first + CARRYBACK_YEARS + age]!;
    const long = carried[first + 2 * CARRYBACK_YEARS + age]!;
    const shortAfter = short - SHORT_SHARE * used;
    const longAfter = long - LONG_SHARE * used;
    const deducted = rates.ordinary * carried[first + 3 * CARRYBACK_YEARS + age]!;
    const tax = rates.short * short + rates.long * long;
    const taxAfter = rates.short * taxableShort(shortAfter, longAfter) + rates.long * taxableLong(shortAfter, longAfter);
    refund += Math.max(0, tax - deducted) - Math.max(0, taxAfter - deducted);
    left -= used;
  }
  return refund;
}

/** The year that ends, as later losses may come back to it. */
export interface EndedYear {
  readonly base: number;
  readonly short: number;
  readonly long: number;
  /** Deductible payments, ≥ 0. */
  readonly deducted: number;
}

/** Takes the loss off the years before, then lets every year grow one older. */
export function rollYears(carried: Float64Array, first: number, loss: number, { base, short, long, deducted }: EndedYear): void {
  let left = loss;
  for (let age = CARRYBACK_YEARS - 1; age >= 0; age--) {
    const b = first + age;
    const s = b + CARRYBACK_YEARS;
    const l = s + CARRYBACK_YEARS;
    const used = Math.min(left, carried[b]!);
    const shortAfter = carried[s]! - SHORT_SHARE * used;
    const longAfter = carried[l]! - LONG_SHARE * used;
    carried[b] = carried[b]! - used;
    carried[s] = taxableShort(shortAfter, longAfter);
    carried[l] = taxableLong(shortAfter, longAfter);
    left -= used;
  }
  for (let age = CARRYBACK_YEARS - 1; age > 0; age--) {
    for (let kind = 0; kind < COLUMNS; kind++) {
      const column = first + kind * CARRYBACK_YEARS + age;
      carried[column] = carried[column - 1]!;
    }
  }
  carried[first] = base;
  carried[first + CARRYBACK_YEARS] = short;
  carried[first + 2 * CARRYBACK_YEARS] = long;
  carried[first + 3 * CARRYBACK_YEARS] = deducted;
}
