/** A sale at a loss with purchases of the same asset around it; quantities in units, ≥ 0. */
export interface SuperficialSale {
  readonly sold: number;
  /** Bought within the days before and after the sale. */
  readonly bought: number;
  /** Still held at the end of the last of those days. */
  readonly held: number;
}

/**
 * Fraction of the loss that is denied and added to the cost of what is held: the least of sold, bought and held, over sold.
 *
 * @returns 0 to 1
 * @see section 54 ITA (Canada); archived bulletin IT-456R, paragraph 12
 */
export function deniedFraction({ sold, bought, held }: SuperficialSale): number {
  return Math.min(sold, bought, held) / sold;
}
