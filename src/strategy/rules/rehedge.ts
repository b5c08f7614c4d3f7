import { isOutside, type Band } from './band.ts';

/** When a hedge is opened, re-sized and closed. */
export interface RehedgeRule extends Band {
  /** Share of equity by which the wanted notional must differ from the held one before it is re-sized. */
  readonly rehedge: number;
  /** Also hedge a coin that is under its target, by a long. */
  readonly twoSided: boolean;
}

export interface HedgeState {
  /** Spot value of the coin whose drift decides, account currency. */
  readonly value: number;
  /** Its target weight. */
  readonly weight: number;
  readonly equity: number;
  /** Signed notional the hedge should have now (h*). */
  readonly wanted: number;
  /** Signed notional it has (h); 0 when none is open. */
  readonly held: number;
}

/**
 * The notional to trade the hedge to, or null to leave it as it is (metrics.md, "Hedges"): opened when the coin has left its band,
 * re-sized when |h* − h| / V > rehedge, closed when the drift is back within half the band. A coin that has fallen under its target
 * is not hedged unless the rule is two-sided, so a hedge open then is closed.
 */
export function nextHedge({ value, weight, equity, wanted, held }: HedgeState, rule: RehedgeRule): number | null {
  const hedgeable = rule.twoSided || value > weight * equity;
  if (held === 0) {
    return hedgeable && isOutside(value, equity, weight, rule) ? wanted : null;
  }
  const settled = !isOutside(value, equity, weight, { ...rule, band: rule.band / 2 });
  if (settled || !hedgeable) return 0;
  return Math.abs(wanted - held) > rule.rehedge * equity ? wanted : null;
}
