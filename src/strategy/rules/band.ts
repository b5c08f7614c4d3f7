import type { Portfolio, Step } from '../types.ts';
import type { TargetRule } from './target.ts';

/** How far a weight may drift. */
export type Band = Pick<TargetRule, 'band' | 'bandKind'>;

/**
 * Whether a holding has left its band: `|value − weight·equity|` beyond `band·equity` (absolute) or `band·weight·equity` (relative). An
 * edge is still inside; an account without equity has no bands to leave.
 *
 * @param value - of the holding, account currency
 * @see metrics.md, "Hedges"; arithmetic as in the engine's `wake`, so that both agree to the last bit
 */
export function isOutside(value: number, equity: number, weight: number, { band, bandKind }: Band): boolean {
  if (!(equity > 0)) return false;
  const wanted = weight * equity;
  return Math.abs(value - wanted) > band * (bandKind === 'relative' ? wanted : equity);
}

/**
 * The first coin of the target whose spot holding has left its band, or null. A coin that does not trade in this bar (halted, delisted,
 * not listed yet) is passed over: nothing could bring it back.
 */
export function firstOutside(
  { market, portfolio }: Pick<Step, 'market' | 'portfolio'>,
  { weights, ...band }: TargetRule,
): string | null {
  const { equity } = portfolio;
  for (const symbol in weights) {
    if (isOutside(portfolio.value(symbol), equity, weights[symbol]!, band) && market.tradable(symbol)) return symbol;
  }
  return null;
}

/** The band as a share of equity: a relative one times the weight. */
export function bandOfEquity(weight: number, { band, bandKind }: Band): number {
  return bandKind === 'absolute' ? band : band * weight;
}

/** `BTC +6.2 pp off target`, for tags. */
export function describeDrift(portfolio: Portfolio, symbol: string, weight: number): string {
  const points = 100 * (portfolio.weight(symbol) - weight);
  return `${symbol} ${points >= 0 ? '+' : ''}${points.toFixed(1)} pp off target`;
}
