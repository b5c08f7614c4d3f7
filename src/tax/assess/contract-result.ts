/**
 * What a linear contract won or lost by its price alone, quote currency.
 *
 * @param units - signed: a short is negative
 * @param from - price at which it was opened, or last marked
 */
export function priceResult(units: number, from: number, to: number): number {
  return units * (to - from);
}
