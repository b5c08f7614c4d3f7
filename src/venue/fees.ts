/**
 * Fee of a spot or linear fill: |quantity| × price × rate, on the price actually paid.
 *
 * @param rate - fraction of notional; negative is a rebate
 * @returns quote currency; negative is a rebate
 */
export function linearFee(quantity: number, price: number, rate: number): number {
  return Math.abs(quantity) * price * rate;
}

/**
 * Fee of an inverse fill: |notional| / price × rate.
 *
 * @param notional - quote units, signed
 * @param rate - fraction of notional; negative is a rebate
 * @returns coin; negative is a rebate
 */
export function inverseFee(notional: number, price: number, rate: number): number {
  return (Math.abs(notional) / price) * rate;
}
