import type { LotView } from '../../tax/ledger.ts';

/**
 * How much of a coin can be sold, dearest lots first (HIFO), before a sale realises a short-term gain: lots at a loss or held long
 * enough for the long-term class, up to the first that is neither.
 *
 * @param price - expected sale price per unit, account currency
 * @returns units ≥ 0
 */
export function quantityWithoutShortTermGain(lots: readonly LotView[], price: number): number {
  const dearestFirst = lots.toSorted((a, b) => b.cost / b.quantity - a.cost / a.quantity);
  let quantity = 0;
  for (const lot of dearestFirst) {
    if (!lot.longTerm && lot.cost < lot.quantity * price) break;
    quantity += lot.quantity;
  }
  return quantity;
}
