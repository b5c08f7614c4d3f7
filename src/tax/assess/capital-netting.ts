// Short and long are a year's results within themselves, losses brought forward included; any sign, one currency.

/** Short-term gain that is left to tax after short and long are set off against each other; ≥ 0. */
export function taxableShort(short: number, long: number): number {
  return short > 0 ? Math.max(0, short + Math.min(0, long)) : 0;
}

/** Long-term gain that is left to tax after short and long are set off against each other; ≥ 0. */
export function taxableLong(short: number, long: number): number {
  return taxableShort(long, short);
}

/**
 * Short-term loss that goes on into the next year.
 *
 * @param offset - of the net capital loss, what has reduced other income: short-term loss goes first
 * @see 26 U.S.C. 1211(b), 1212(b)
 */
export function shortLossLeft(short: number, long: number, offset: number): number {
  return Math.max(0, shortLoss(short, long) - offset);
}

/** Long-term loss that goes on into the next year; see `shortLossLeft`. */
export function longLossLeft(short: number, long: number, offset: number): number {
  return Math.max(0, shortLoss(long, short) - Math.max(0, offset - shortLoss(short, long)));
}

function shortLoss(short: number, long: number): number {
  return Math.max(0, -short - Math.max(0, long));
}
