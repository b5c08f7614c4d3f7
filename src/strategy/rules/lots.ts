import type { Portfolio } from '../types.ts';
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

/**
 * Whether units of a coin can be sold without a short-term gain: nothing is added to this year's bill, or the lots that would go are at a
 * loss or long-term.
 */
export function isFreeToSell(portfolio: Portfolio, symbol: string, quantity: number, price: number): boolean {
  if (!(quantity > 0) || portfolio.taxIfSold(symbol, quantity) <= 0) return true;
  return quantity <= quantityWithoutShortTermGain(portfolio.lots(symbol), price);
}
