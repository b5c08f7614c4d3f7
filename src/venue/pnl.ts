/** Result of a linear position between two prices: quantity × (exit − entry), quote currency; quantity signed. */
export function linearPnl(quantity: number, entry: number, exit: number): number {
  return quantity * (exit - entry);
}

/**
 * Result of an inverse position between two prices: notional × (1/entry − 1/exit).
 *
 * @param notional - quote units, negative for a short
 * @returns coin
 */
export function inversePnl(notional: number, entry: number, exit: number): number {
  return notional * (1 / entry - 1 / exit);
}

/** Price at which a linear position has the given result; quantity signed and not 0. The inverse of `linearPnl`. */
export function linearPriceAt(quantity: number, entry: number, result: number): number {
  return entry + result / quantity;
}

/**
 * Price at which an inverse position has the given result, in coin. The inverse of `inversePnl`.
 *
 * @param notional - quote units, signed, not 0
 * @returns null when no positive price gives it: a short earns less than its notional in coin at entry, a long loses without bound
 */
export function inversePriceAt(notional: number, entry: number, result: number): number | null {
  const inverse = 1 / entry - result / notional;
  return inverse > 0 ? 1 / inverse : null;
}

/**
 * Average entry of a linear position after a fill that adds to it: weighted by quantity.
 *
 * @param held - quantity before the fill; 0 opens the position
 */
export function linearEntry(held: number, entry: number, added: number, price: number): number {
  return (entry * held + price * added) / (held + added);
}

/**
 * Average entry of an inverse position after a fill that adds to it: the harmonic mean, weighted by notional, so that the coin value at
 * entry is the sum of the fills' coin values.
 *
 * @param held - notional before the fill; 0 opens the position
 * @see Bybit help, "P&L calculations (Inverse Contracts)"
 */
export function inverseEntry(held: number, entry: number, added: number, price: number): number {
  if (held === 0) return price;
  return (held + added) / (held / entry + added / price);
}
