import type { InstrumentTerms } from './venue.ts';

/**
 * Share of the price that a market order gives up against the fill's reference price: the half-spread, and the square-root impact
 * `Y·σ·√(quantity / ADV)`.
 *
 * @param quantity - units, signed or not
 * @param sigma - daily volatility at the decision, a fraction; NaN where unknown: no impact is charged
 * @param adv - mean daily volume at the decision, same units as the quantity; NaN or 0 where unknown: no impact is charged
 * @returns fraction ≥ 0, always against the trader
 * @see Donier & Bonart, "A million metaorder analysis of market impact on the Bitcoin", arXiv 1412.4503 (2015)
 */
export function slippageRate(
  terms: Pick<InstrumentTerms, 'halfSpread' | 'impact'>,
  quantity: number,
  sigma: number,
  adv: number,
): number {
  if (terms.impact === 0 || !(adv > 0) || !(sigma >= 0)) return terms.halfSpread;
  return terms.halfSpread + terms.impact * sigma * Math.sqrt(Math.abs(quantity) / adv);
}

// The law was fitted to orders of far less than a day's volume; some hundred days' would pay to be rid of what they sell.
const LEAST_PRICE = 0.01;

/**
 * Price of a market order: the reference price moved against the trader, a sale's no lower than a hundredth of it. Limit orders fill at
 * their limit.
 */
export function slippedPrice(reference: number, quantity: number, rate: number): number {
  return reference * (quantity > 0 ? 1 + rate : Math.max(LEAST_PRICE, 1 - rate));
}
