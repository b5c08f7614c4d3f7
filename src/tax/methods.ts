export const LOT_METHODS = [
  'fifo',
  'lifo',
  'hifo',
  'lofo',
  'specific-id',
  'average-moving',
  'average-yearly',
  'uk-share-matching',
  'fr-portfolio',
] as const;
/**
 * How a disposal gets its cost.
 *
 * Lots: oldest first, newest first, dearest first, cheapest first (gross per unit, fees left out; ties to the older lot), or those that
 * the seller names (oldest first where none is named). Averages: of all units at that moment, or of the tax year's opening stock and
 * purchases, with holding periods by age. `uk-share-matching`: purchases of the day, then of the next 30 days, then the pool.
 * `fr-portfolio`: a share of what the whole portfolio cost.
 */
export type LotMethod = (typeof LOT_METHODS)[number];

/** The methods of `LotPool`, the fast ones. */
export const POOLED_METHODS = ['fifo', 'lifo', 'hifo', 'lofo', 'average-moving'] as const satisfies readonly LotMethod[];
export type PooledMethod = (typeof POOLED_METHODS)[number];

/** What cash is to a tax office: money, or a coin that is worth its face. */
export type CashKind = 'fiat' | 'stablecoin';

/** Whether a method can leave swaps of coin for coin untaxed: where the portfolio is one, its cost stays when its coins change. */
export function leavesSwapsOut(method: LotMethod): boolean {
  return method === 'fr-portfolio';
}

/** Whether cash is one more coin of the portfolio: a stablecoin, where coins are swapped untaxed and the portfolio is one. */
export function isCoin(cash: CashKind, swaps: 'disposal' | 'untaxed', method: LotMethod): boolean {
  return cash === 'stablecoin' && swaps === 'untaxed' && leavesSwapsOut(method);
}

export function isPooled(method: LotMethod): method is PooledMethod {
  return (POOLED_METHODS as readonly LotMethod[]).includes(method);
}
