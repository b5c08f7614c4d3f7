import { isOutside, type Band } from './band.ts';

/** Which drifts a hedge answers to: coins over their targets, under them, or both. */
export type HedgeSide = 'over' | 'under' | 'both';

/** A coin whose drift decides about a hedge. */
export interface DriftingCoin {
  /** Of the spot holding, account currency. */
  readonly value: number;
  /** Target, share of equity. */
  readonly weight: number;
}

/** When a hedge is wanted. */
export interface HedgeRule extends Band {
  readonly side: HedgeSide;
}

/**
 * Whether there should be a hedge (metrics.md, "Hedges"): it is opened when a coin has left its band on the hedged side, and closed when
 * all are back within half their bands, or on the other side.
 *
 * @param coins - those that decide: the anchor alone, or all coins of a hedge with a leg for each
 * @param isOpen - whether there is a hedge now
 */
export function isHedgeWanted(coins: readonly DriftingCoin[], equity: number, rule: HedgeRule, isOpen: boolean): boolean {
  const band = isOpen ? { ...rule, band: rule.band / 2 } : rule;
  return coins.some(({ value, weight }) => {
    const isOver = value > weight * equity;
    const isHedged = rule.side === 'both' || isOver === (rule.side === 'over');
    return isHedged && isOutside(value, equity, weight, band);
  });
}

/**
 * Whether a leg of a hedge is to be re-sized: |h* − h| / V > rehedge.
 *
 * @param rehedge - share of equity
 */
export function isResizeWanted(wanted: number, held: number, equity: number, rehedge: number): boolean {
  return Math.abs(wanted - held) > rehedge * equity;
}
