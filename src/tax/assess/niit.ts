/** Net investment income tax: a rate on investment income, as far as total income passes a threshold. */
export interface NiitTerms {
  /** Fraction. */
  readonly rate: number;
  /** Modified adjusted gross income from which it is due; not indexed. */
  readonly threshold: number;
}

/**
 * The base: the lesser of net investment income and the excess of modified adjusted gross income over the threshold; ≥ 0.
 *
 * @see 26 U.S.C. 1411(a)(1)
 */
export function niitBase(investmentIncome: number, totalIncome: number, threshold: number): number {
  return Math.max(0, Math.min(investmentIncome, totalIncome - threshold));
}
