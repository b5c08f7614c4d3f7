import type { MarketView, Portfolio } from '../types.ts';

/** A purchase: units of a coin to add. */
export interface Purchase {
  readonly symbol: string;
  readonly quantity: number;
}

/** What the coins under their targets that trade in this bar lack, account currency. */
export function shortfallOf(weights: Readonly<Record<string, number>>, portfolio: Portfolio, market: MarketView): number {
  return Object.entries(weights).reduce(
    (sum, [symbol, weight]) =>
      sum + (market.tradable(symbol) ? Math.max(0, weight * portfolio.equity - portfolio.value(symbol)) : 0),
    0,
  );
}

/**
 * Spends cash on coins that are under their target weights, each in proportion to its shortfall and none beyond its target. One that does
 * not trade in this bar takes no part.
 *
 * @param weights - target weights of the coins to look at
 * @param spendable - account currency; 0 or less buys nothing
 * @returns purchases at the last marks; empty when nothing is short
 */
export function purchasesWithin(
  spendable: number,
  weights: Readonly<Record<string, number>>,
  portfolio: Portfolio,
  market: MarketView,
): Purchase[] {
  const shortfalls = Object.entries(weights)
    .map(([symbol, weight]) => ({
      symbol,
      shortfall: weight * portfolio.equity - portfolio.value(symbol),
      price: market.mark(symbol),
    }))
    .filter(({ symbol, shortfall, price }) => shortfall > 0 && price > 0 && market.tradable(symbol));
  const total = shortfalls.reduce((sum, { shortfall }) => sum + shortfall, 0);
  if (!(spendable > 0)) return [];
  const share = Math.min(1, spendable / total);
  return shortfalls.map(({ symbol, shortfall, price }) => ({ symbol, quantity: (share * shortfall) / price }));
}
