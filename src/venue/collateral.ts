/** One band of a collateral schedule: what lies above the band before it, up to `upTo` coins, counts at `rate`. */
export interface CollateralTier {
  /** Coins; null for the last band, which has no end. */
  readonly upTo: number | null;
  readonly rate: number;
}

/**
 * Coins that count as margin: each band of the schedule applies to its own part of the quantity, as tax bands do. What lies above a
 * schedule that ends counts nothing.
 *
 * @param quantity - coins, ≥ 0
 * @param tiers - ascending bounds
 * @see MEXC multi-asset mode; Bybit and OKX state their collateral ratios in the same way
 */
export function collateralQuantity(quantity: number, tiers: readonly CollateralTier[]): number {
  let counted = 0;
  let floor = 0;
  for (const { upTo, rate } of tiers) {
    const cap = upTo ?? Infinity;
    if (quantity <= floor) break;
    counted += (Math.min(quantity, cap) - floor) * rate;
    floor = cap;
  }
  return counted;
}
