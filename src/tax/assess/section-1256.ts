/** Of a section 1256 result, whatever the holding time: 26 U.S.C. 1256(a)(3). */
export const LONG_SHARE = 0.6;
export const SHORT_SHARE = 1 - LONG_SHARE;

/** Years a net section 1256 loss may be carried back: 26 U.S.C. 1212(c)(1). */
export const CARRYBACK_YEARS = 3;

/**
 * Loss that may be carried back: what the year's 1256 contracts lost, but no more than would otherwise go forward.
 *
 * @param result - the year's net result of section 1256 contracts, any sign
 * @param forward - net capital loss that would be carried forward, ≥ 0
 * @see 26 U.S.C. 1212(c)(6)(A)
 */
export function carryableBack(result: number, forward: number): number {
  return Math.max(0, Math.min(-result, forward));
}

/**
 * Gain of a year that later losses may be carried back to: the net result of its 1256 contracts, but no more than its net capital gain.
 *
 * @see 26 U.S.C. 1212(c)(6)(B)
 */
export function carrybackBase(result: number, netCapital: number): number {
  return Math.max(0, Math.min(result, netCapital));
}
