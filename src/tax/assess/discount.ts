/** A year's capital gains and losses where gains on what was held long enough are discounted; one currency, all ≥ 0. */
export interface DiscountYear {
  /** Gains that the discount reduces. */
  readonly discountGains: number;
  readonly otherGains: number;
  /** Of the year and brought forward. */
  readonly losses: number;
}

/**
 * Losses that the year's gains use up: they come off before the discount.
 *
 * @see section 102-5(1) ITAA 1997
 */
export function lossesUsed({ discountGains, otherGains, losses }: DiscountYear): number {
  return Math.min(losses, discountGains + otherGains);
}

/** Gains without discount that are left; losses go against them first, which is the best order for the holder. */
export function otherGainsLeft({ otherGains, losses }: DiscountYear): number {
  return Math.max(0, otherGains - losses);
}

/** Gains that are left for the discount. */
export function discountGainsLeft({ discountGains, otherGains, losses }: DiscountYear): number {
  return Math.max(0, discountGains - Math.max(0, losses - otherGains));
}

/**
 * The net capital gain: what is left of the gains, less the discount.
 *
 * @param discount - fraction
 */
export function netCapitalGain(year: DiscountYear, discount: number): number {
  return otherGainsLeft(year) + (1 - discount) * discountGainsLeft(year);
}
