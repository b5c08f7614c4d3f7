import type { LongTermClock } from '../long-term.ts';

/**
 * Part of a realised loss that counts now: it is deferred as far as the position that offsets it has an unrecognised gain.
 *
 * @param loss - ≥ 0
 * @param unrecognisedGain - of the offsetting position at the year's end; below 0 counts as 0
 * @see 26 U.S.C. 1092(a)(1)(A)
 */
export function allowedStraddleLoss(loss: number, unrecognisedGain: number): number {
  return Math.max(0, loss - Math.max(0, unrecognisedGain));
}

/** When a lot was bought, when it was hedged; UTC ms. */
export interface HedgedLot {
  readonly acquired: number;
  readonly hedgeOpened: number;
  /** Infinity while the hedge is open. */
  readonly hedgeClosed: number;
}

/**
 * Moment from which a hedged lot's holding period counts: it starts again when the hedge ends, unless the lot had been held for more than a
 * year when the hedge was opened.
 *
 * @see Temp. Treas. Reg. 1.1092(b)-2T(a)
 */
export function holdingStart({ acquired, hedgeOpened, hedgeClosed }: HedgedLot, clock: LongTermClock): number {
  if (hedgeClosed <= acquired) return acquired;
  const wasLong = acquired < clock.cutoff(hedgeOpened);
  return wasLong ? acquired : hedgeClosed;
}
