import type { Handlers, Portfolio, Step } from '../types.ts';
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
 * not listed yet) is passed over: nothing could bring it back. Of a bucket that is split by value the first coin that trades stands for
 * the whole: within it nothing drifts.
 *
 * @param rule - with the weights of now (`targetNow`)
 */
export function firstOutside({ market, portfolio }: Pick<Step, 'market' | 'portfolio'>, rule: TargetRule): string | null {
  const { weights, buckets } = rule;
  const { equity } = portfolio;
  for (const symbol in weights) {
    if (buckets !== undefined && isInValueBucket(symbol, rule)) continue;
    if (isOutside(portfolio.value(symbol), equity, weights[symbol]!, rule) && market.tradable(symbol)) return symbol;
  }
  for (const { weight, of, by } of buckets ?? []) {
    if (by !== 'value') continue;
    const value = of.reduce((sum, symbol) => sum + portfolio.value(symbol), 0);
    const tradable = of.find((symbol) => market.tradable(symbol));
    if (tradable !== undefined && isOutside(value, equity, weight, rule)) return tradable;
  }
  return null;
}

function isInValueBucket(symbol: string, { buckets = [] }: TargetRule): boolean {
  return buckets.some(({ of, by }) => by === 'value' && of.includes(symbol));
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

/**
 * The declared wake of a strategy that only acts outside its bands, to be spread beside the handlers; nothing where weights move with
 * the market, so that every bar must be looked at.
 */
export function wakeOutside({ weights, buckets, band, bandKind }: TargetRule): Pick<Handlers, 'wake'> {
  return buckets === undefined ? { wake: { kind: 'outside', weights, band, bandKind } } : {};
}
