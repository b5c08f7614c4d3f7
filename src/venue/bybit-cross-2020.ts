/** An inverse position that shares the coin balance of its account, in Bybit's terms of 2020 and 2021. */
export interface SharedInverse {
  /** Quote units, negative for a short. */
  readonly notional: number;
  readonly entry: number;
  /** Coin in the account. */
  readonly balance: number;
  /** Coin reserved for open orders. */
  readonly orderMargin: number;
  readonly maintenanceRate: number;
  readonly takerFee: number;
}

/** Where a position has used up the account, and where the venue takes it over; null where no price does it. */
export interface SharedInversePrices {
  readonly bankruptcy: number | null;
  readonly liquidation: number | null;
}

/**
 * Bankruptcy and liquidation price of a cross-margined inverse position as Bybit stated them in 2020: maintenance is measured at entry,
 * and the fee for closing at the bankruptcy price is kept back. With s = +1 long, −1 short, N = |notional|, B = balance − order margin:
 *
 *     bankruptcy  = (1 + s·fee)·N / (N/entry + s·B)
 *     liquidation : s·N·(1/entry − 1/liquidation) = −(B − rate·N/entry − fee·N/bankruptcy)
 *
 * @see Bybit help 360039261334, "How to calculate Liquidation Price (Inverse Contract)", edition of 2020-2021
 */
export function bybitInverseCross2020(position: SharedInverse): SharedInversePrices {
  const { notional, entry, balance, orderMargin, maintenanceRate, takerFee } = position;
  const side = Math.sign(notional);
  const size = Math.abs(notional);
  const free = balance - orderMargin;
  const divisor = size / entry + side * free;
  // A short whose coins cover it all has nothing to lose to a rising price.
  if (!(divisor > 0)) return { bankruptcy: null, liquidation: null };
  const bankruptcy = ((1 + side * takerFee) * size) / divisor;
  const loss = free - (maintenanceRate * size) / entry - (takerFee * size) / bankruptcy;
  const inverse = 1 / entry + (side * loss) / size;
  return { bankruptcy, liquidation: inverse > 0 ? 1 / inverse : null };
}
