import { DAY } from '../../core/time.ts';
import type { Portfolio } from '../types.ts';
import type { LotView } from '../../tax/ledger.ts';
import type { LotMethod } from '../../tax/methods.ts';

/**
 * Lots in the order in which a method sells them; where it takes averages, holding periods run by age.
 *
 * @param lots - oldest first, as `portfolio.lots` gives them
 */
export function lotsInTurn(lots: readonly LotView[], method: LotMethod): readonly LotView[] {
  switch (method) {
    case 'lifo':
      return lots.toReversed();
    case 'hifo':
      return lots.toSorted((a, b) => b.cost / b.quantity - a.cost / a.quantity);
    case 'lofo':
      return lots.toSorted((a, b) => a.cost / a.quantity - b.cost / b.quantity);
    default:
      return lots;
  }
}

/**
 * How much of a coin can be sold before a sale realises a short-term gain: lots at a loss or held long enough for the long-term class, up
 * to the first that is neither.
 *
 * @param price - expected sale price per unit, account currency
 * @param method - by which lots are sold: `portfolio.lotMethod`
 * @returns units ≥ 0
 */
export function quantityWithoutShortTermGain(lots: readonly LotView[], price: number, method: LotMethod = 'hifo'): number {
  // Where the portfolio is one, what a coin has cost is not what its sale is taxed by.
  if (method === 'fr-portfolio') return 0;
  let quantity = 0;
  for (const lot of lotsInTurn(lots, method)) {
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
  return quantity <= quantityWithoutShortTermGain(portfolio.lots(symbol), price, portfolio.lotMethod);
}

/**
 * Days until units of a coin can be sold without a short-term gain at this price; 0: now; null: never, as far as is known.
 *
 * @param now - UTC ms
 */
export function daysToLongTerm(
  portfolio: Portfolio,
  symbol: string,
  quantity: number,
  price: number,
  now: number,
): number | null {
  const lots = portfolio.lots(symbol);
  const begins = lots.map((lot) => (lot.longTerm ? -Infinity : (portfolio.longTermFrom(lot.acquired) ?? Infinity)));
  for (const moment of [now, ...begins.filter((begin) => begin > now).toSorted((a, b) => a - b)]) {
    const then = lots.map((lot, i) => ({ ...lot, longTerm: begins[i]! <= moment }));
    if (moment === Infinity) continue;
    if (quantityWithoutShortTermGain(then, price, portfolio.lotMethod) >= quantity) return (moment - now) / DAY;
  }
  return null;
}

/**
 * How much of a coin to sell and buy back at once, so that a loss counts this year: the lots that have lost at least a share of their cost
 * and are not long-term yet, if selling them takes more off this year's bill than the two trades cost. Lots that the method sells after
 * another one stay: a sale cannot pass that over.
 *
 * @param loss - share of a lot's cost, from which it counts
 * @param cost - of both trades, as a share of their value
 * @returns units; 0 where it does not pay
 */
export function quantityToHarvest(portfolio: Portfolio, symbol: string, price: number, loss: number, cost: number): number {
  if (loss >= 1) return 0;
  let quantity = 0;
  for (const lot of lotsInTurn(portfolio.lots(symbol), portfolio.lotMethod)) {
    if (lot.longTerm || price * lot.quantity > (1 - loss) * lot.cost) break;
    quantity += lot.quantity;
  }
  if (quantity === 0) return 0;
  return -portfolio.taxIfSold(symbol, quantity) > cost * price * quantity ? quantity : 0;
}
