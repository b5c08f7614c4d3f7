import type { TargetRule } from './target.ts';

/** The coin whose contracts carry the hedge. */
export const ANCHOR = 'BTC';

/** The coin of a spot series: its base, whatever the catalog calls the series. */
export function coinOf({ coins = {} }: Pick<TargetRule, 'coins'>, series: string): string {
  return Object.hasOwn(coins, series) ? coins[series]! : series;
}

/** The coins of a target, in the order of its weights. */
export function coinsIn(rule: TargetRule): string[] {
  return [...new Set(Object.keys(rule.weights).map((series) => coinOf(rule, series)))];
}

/** The spot series of a coin: the target's own, else the one that is called as the coin, else the first by name that there is. */
export function spotSeries(rule: TargetRule, coin: string): string {
  const { weights, coins = {} } = rule;
  const own = Object.keys(weights).find((series) => coinOf(rule, series) === coin);
  if (own !== undefined) return own;
  const others = Object.keys(coins).filter((series) => coins[series] === coin);
  return others.includes(coin) ? coin : (others.toSorted()[0] ?? coin);
}

/**
 * The series of the anchor in a target.
 *
 * @throws {Error} where it has none; or two of one coin, since a hedge stands for a coin
 */
export function anchorSeries(rule: TargetRule): string {
  const all = Object.keys(rule.weights);
  const anchor = all.find((series) => coinOf(rule, series) === ANCHOR);
  if (anchor === undefined) throw new Error(`the target has no weight for ${ANCHOR}, which the hedge is anchored on`);
  for (const coin of coinsIn(rule)) {
    const named = all.filter((series) => coinOf(rule, series) === coin);
    if (named.length > 1) throw new Error(`${named.join(' and ')} are series of one coin, ${coin}: a hedge takes one for each`);
  }
  return anchor;
}
