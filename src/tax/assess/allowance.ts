/** A year's gains against an annual exempt amount; same currency throughout, all ≥ 0. */
export interface AllowanceYear {
  readonly gains: number;
  /** Losses of the year itself: used in full first, even where that wastes the exempt amount. */
  readonly losses: number;
  readonly broughtForward: number;
  readonly exemptAmount: number;
}

/**
 * What is left of the year's gains once its own losses are off; ≥ 0.
 *
 * @see HMRC Capital Gains Manual CG18030
 */
export function gainsAfterOwnLosses({ gains, losses }: AllowanceYear): number {
  return Math.max(0, gains - losses);
}

/**
 * Losses brought forward that are used: only down to the exempt amount.
 *
 * @see HMRC Capital Gains Manual CG18202
 */
export function broughtForwardUsed(year: AllowanceYear): number {
  return Math.min(year.broughtForward, Math.max(0, gainsAfterOwnLosses(year) - year.exemptAmount));
}

/** What is taxable after own losses, losses brought forward and the exempt amount; ≥ 0. */
export function taxableAboveAllowance(year: AllowanceYear): number {
  return Math.max(0, gainsAfterOwnLosses(year) - broughtForwardUsed(year) - year.exemptAmount);
}

/** Losses that go on into the next year: what was brought forward and not used, and the year's own that exceed its gains. */
export function lossesCarriedForward(year: AllowanceYear): number {
  return year.broughtForward - broughtForwardUsed(year) + Math.max(0, year.losses - year.gains);
}
