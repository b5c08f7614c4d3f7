import type { MatchedPart, MatchingRule } from './spot-book.ts';

/** One disposal as it came, before it is matched. */
export interface Sale {
  /** Number in order of disposal calls. */
  readonly disposal: number;
  readonly quantity: number;
  /** Fees off where the regime counts them. */
  readonly proceeds: number;
  readonly time: number;
  readonly cause: number;
}

/** What a method that pools finds for a sale. */
export interface PooledPart {
  readonly quantity: number;
  readonly cost: number;
  readonly rule: MatchingRule;
  /** UTC ms; NaN for a pool. */
  readonly acquired: number;
  readonly denied?: number;
}

/** The part of one sale as a line: proceeds go by quantity. Pools have no holding period. */
export function matchedPart(asset: number, sale: Sale, { quantity, cost, rule, acquired, denied = 0 }: PooledPart): MatchedPart {
  const { disposal, time, cause } = sale;
  const proceeds = sale.proceeds * (quantity / sale.quantity);
  return { asset, disposal, lot: NaN, acquired, disposed: time, quantity, proceeds, cost, denied, longTerm: false, cause, rule };
}
