import { matchBetaHedge, minVarianceHedge, weightHedge, type HedgedAsset } from './hedge.ts';

/** What a hedge aims at (metrics.md, "Hedges"); `literal` is the article's own sign and size. */
export const OBJECTIVES = ['literal', 'btcWeight', 'matchBeta', 'minVariance', 'twoLeg'] as const;
export type Objective = (typeof OBJECTIVES)[number];

/** A coin of the book, by name. */
export interface BookCoin extends HedgedAsset {
  readonly symbol: string;
}

/** What the objectives are reckoned from. */
export interface HedgeBook {
  readonly coins: readonly BookCoin[];
  readonly equity: number;
  /** The coin whose contract carries every hedge but `twoLeg`. */
  readonly anchor: string;
}

export interface ObjectiveChoice {
  readonly objective: Objective;
  /** BTC beta that `minVariance` leaves. */
  readonly targetBeta: number;
  /** The article's notional for what the anchor weighs beyond its target (negative: short of it), account currency. */
  readonly literal: (excess: number) => number;
}

/**
 * The notionals an objective asks for, by base coin.
 *
 * @returns null when a beta that it takes is unknown, or the target does not hold the anchor: no hedge then
 */
export function wantedLegs(
  { coins, equity, anchor }: HedgeBook,
  { objective, targetBeta, literal }: ObjectiveChoice,
): ReadonlyMap<string, number> | null {
  const anchored = coins.find(({ symbol }) => symbol === anchor);
  if (anchored === undefined) return null;
  const onAnchor = (notional: number | null) => (notional === null ? null : new Map([[anchor, notional]]));
  switch (objective) {
    case 'literal':
      return onAnchor(literal(-weightHedge(anchored, equity)));
    case 'btcWeight':
      return onAnchor(weightHedge(anchored, equity));
    case 'matchBeta':
      return onAnchor(matchBetaHedge(coins, equity));
    case 'minVariance':
      return onAnchor(minVarianceHedge(coins, equity, targetBeta));
    case 'twoLeg':
      return new Map(coins.map((coin) => [coin.symbol, weightHedge(coin, equity)]));
    default:
      return objective satisfies never;
  }
}

/** Whether an objective takes betas, so that a strategy must ask for look-back. */
export function takesBeta(objective: Objective): boolean {
  return objective === 'matchBeta' || objective === 'minVariance';
}
