/** Margin rates that grow with the size of the position instead of by bands (Deribit). */
export interface SlopedMargin {
  /** Fractions of notional for the smallest position. */
  readonly initialBase: number;
  readonly maintenanceBase: number;
  /** What every coin of size adds to both rates. */
  readonly perCoin: number;
}

/**
 * Initial and maintenance margin of a position whose rates grow with its size: |quantity| × index × (base + |quantity| × perCoin).
 *
 * @param quantity - coins, signed or not
 * @param index - quote currency
 * @returns quote currency
 * @see Deribit support 25944738177565, "Linear Perpetual"
 */
export function slopedMargin(
  { initialBase, maintenanceBase, perCoin }: SlopedMargin,
  quantity: number,
  index: number,
): { readonly initial: number; readonly maintenance: number } {
  const size = Math.abs(quantity);
  const notional = size * index;
  const growth = size * perCoin;
  return { initial: notional * (initialBase + growth), maintenance: notional * (maintenanceBase + growth) };
}
