import type { Assessment } from '../regime.ts';
import type { DiscountYear } from './discount.ts';
import { discountGainsLeft, lossesUsed, netCapitalGain, otherGainsLeft } from './discount.ts';

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
   * @param other - gains without discount, after losses
   * @param discounted - gains with discount, after losses and the discount
   * @param revenue - any sign, but the three together are −`absorbs` or more
   */
  readonly tax: (other: number, discounted: number, revenue: number) => number;
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

  function revenueOf(results: Float64Array, carried: Float64Array): number {
    return results[columns.revenue]! - carried[columns.carriedRevenueLoss]!;
  }

  return {
    bill(results, carried) {
      read(results, carried);
      const eligible = (1 - discount) * discountGainsLeft(year);
      const other = otherGainsLeft(year);
      return tax(other, eligible, Math.max(-absorbs - other - eligible, revenueOf(results, carried)));
    },
    carry(results, carried) {
      read(results, carried);
      const sum = netCapitalGain(year, discount) + revenueOf(results, carried);
      carried[columns.carriedLoss] = year.losses - lossesUsed(year);
      carried[columns.carriedRevenueLoss] = Math.max(0, -absorbs - sum);
    },
  };
}

/** Rates as fractions: of gains without discount, of gains after the discount, and of revenue. */
export interface DiscountRates {
  readonly other: number;
  readonly discounted: number;
  readonly revenue: number;
}

/** The tax of `discounted` at flat rates: a revenue loss takes as much of every gain as its share of them. */
export function flatWithDiscount({ other, discounted: eligible, revenue }: DiscountRates): DiscountTerms['tax'] {
  return (otherGains, discountedGains, result) => {
    const gains = otherGains + discountedGains;
    const taxOnGains = other * otherGains + eligible * discountedGains;
    if (result >= 0) return taxOnGains + revenue * result;
    return gains === 0 ? 0 : (taxOnGains * (gains + result)) / gains;
  };
}
