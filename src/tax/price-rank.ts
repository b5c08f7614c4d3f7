/** 2²⁰ + 1: what is left of a double's 53 bits are the first 33, ten digits. */
const SPLIT = 1_048_577;

/**
 * The price of a lot as HIFO and LOFO compare it: to ten digits, so that 40 / 2 and 90.4 / 4.52 (20.000000000000004) are one price, and
 * the older lot goes first.
 *
 * @see Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971): splitting a double
 */
export function priceRank(price: number): number {
  const scaled = SPLIT * price;
  return scaled - (scaled - price);
}
