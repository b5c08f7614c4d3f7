import type { Assessment } from '../regime.ts';
import type { DiscountYear } from './discount.ts';
import { lossesUsed, netCapitalGain } from './discount.ts';

/** Which columns hold what. */
export interface DiscountColumns {
  readonly discountGains: number;
  readonly otherGains: number;
  /** Class of capital losses; its results are ≤ 0. */
  readonly losses: number;
  /** Class of results on revenue account. */
  readonly revenue: number;
  /** Carried columns. */
  readonly carriedLoss: number;
  readonly carriedRevenueLoss: number;
}

/** What the net capital gain and revenue cost in tax. */
export interface DiscountTerms {
  readonly discount: number;
  /**
   * Tax on the year's taxable sum.
   *
   * @param sum - net capital gain and revenue together; negative only down to −`absorbs`
   */
  readonly tax: (sum: number) => number;
  /** The holder's other income, which a revenue loss may reduce; 0 where it is not known. */
  readonly absorbs: number;
}

/**
 * Capital gains with a discount beside a revenue account: capital losses come off before the discount and never reduce revenue, while a
 * revenue loss reduces everything, and goes forward as far as nothing is left to reduce.
 */
export function discounted(columns: DiscountColumns, { discount, tax, absorbs }: DiscountTerms): Assessment {
  // One object for the life of the assessment: `bill` must not allocate.
  const year: { -readonly [K in keyof DiscountYear]: number } = { discountGains: 0, otherGains: 0, losses: 0 };

  function read(results: Float64Array, carried: Float64Array): void {
    year.discountGains = results[columns.discountGains]!;
    year.otherGains = results[columns.otherGains]!;
    year.losses = carried[columns.carriedLoss]! - results[columns.losses]!;
  }

  function taxableSum(results: Float64Array, carried: Float64Array): number {
    return netCapitalGain(year, discount) + results[columns.revenue]! - carried[columns.carriedRevenueLoss]!;
  }

  return {
    bill(results, carried) {
      read(results, carried);
      return tax(Math.max(-absorbs, taxableSum(results, carried)));
    },
    carry(results, carried) {
      read(results, carried);
      const sum = taxableSum(results, carried);
      carried[columns.carriedLoss] = year.losses - lossesUsed(year);
      carried[columns.carriedRevenueLoss] = Math.max(0, -absorbs - sum);
    },
  };
}
