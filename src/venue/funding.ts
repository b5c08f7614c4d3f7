/**
 * What the holder of a linear perpetual receives at a settlement: −quantity × mark × rate.
 *
 * A positive rate moves money from longs to shorts, so a short receives it. (The article this project tests has the sign of a
 * short in a heavily long market the other way round; every exchange settles as here.) Leverage plays no part.
 *
 * @param quantity - base units, negative for a short
 * @param mark - quote currency, at the settlement
 * @param rate - fraction of notional
 * @returns quote currency; negative is paid
 */
export function linearFunding(quantity: number, mark: number, rate: number): number {
  return -quantity * mark * rate;
}

/**
 * What the holder of an inverse perpetual receives at a settlement: −notional × rate / mark.
 *
 * @param notional - quote units, negative for a short
 * @returns coin; negative is paid
 */
export function inverseFunding(notional: number, mark: number, rate: number): number {
  return (-notional * rate) / mark;
}
