/** A measured effect; an interval of no width is a count or an identity and not an estimate. */
export interface Effect {
  readonly effect: number;
  /** 95 % interval; null where there are too few days to tell. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The same effect in a named part of the history. */
export interface RegimeEffect extends Effect {
  readonly regime: string;
}

/** What a claim comes to on the data at hand. */
export interface Estimate extends Effect {
  readonly regimes?: readonly RegimeEffect[];
}

export const VERDICTS = ['supported', 'contradicted', 'conditional', 'inconclusive', 'not testable here'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** On which side of its threshold an effect must lie for the claim to hold. */
export type Direction = 'above' | 'below';

/**
 * The verdict by its rule (metrics.md, "Comparison and verdict"): the interval lies beyond the threshold in the claim's direction, or beyond
 * it the other way; opposite significant answers in named regimes make it conditional; everything else is inconclusive.
 */
export function verdictOf(estimate: Estimate | null, threshold: number, direction: Direction): Verdict {
  if (estimate === null) return 'not testable here';
  const sides = (estimate.regimes ?? []).map((regime) => sideOf(regime, threshold, direction));
  if (sides.includes('supported') && sides.includes('contradicted')) return 'conditional';
  return sideOf(estimate, threshold, direction);
}

function sideOf({ low, high }: Effect, threshold: number, direction: Direction): Verdict {
  if (low === null || high === null) return 'inconclusive';
  const above = low > threshold;
  const below = high < threshold;
  if (!above && !below) return 'inconclusive';
  return above === (direction === 'above') ? 'supported' : 'contradicted';
}

/** A figure that is counted or computed and has no sampling error. */
export function exactly(effect: number): Estimate {
  return { effect, low: effect, high: effect };
}
