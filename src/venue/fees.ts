import type { FeeRates } from './venue.ts';

/** Whether a fill added liquidity (a resting limit order) or took it. */
export type Liquidity = 'maker' | 'taker';

/**
 * Fee of a spot or linear fill: rate × |quantity| × price, on the price actually paid.
 *
 * @returns quote currency; negative is a rebate
 */
export function linearFee(rates: FeeRates, quantity: number, price: number, liquidity: Liquidity): number {
  return Math.abs(quantity) * price * rates[liquidity];
}

/**
 * Fee of an inverse fill: rate × |notional| / price.
 *
 * @param notional - quote units, signed
 * @returns coin; negative is a rebate
 */
export function inverseFee(rates: FeeRates, notional: number, price: number, liquidity: Liquidity): number {
  return (Math.abs(notional) / price) * rates[liquidity];
}
