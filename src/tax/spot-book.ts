import type { LotView } from './ledger.ts';

/**
 * How a matched part of a disposal got its cost: from a lot, by a rule of share matching, at an average, or out of the portfolio's. Two
 * are no sales: a lot that a hedge is deemed to have sold, and a hedge's loss that a straddle deferred or released.
 */
export const MATCHING_RULES = [
  'lot',
  'same-day',
  '30-day',
  's104',
  'average',
  'portfolio',
  'constructive-sale',
  'straddle',
] as const;
export type MatchingRule = (typeof MATCHING_RULES)[number];

/** One matched part of a disposal. */
export interface MatchedPart {
  readonly asset: number;
  /** Number of the disposal, in order of the calls. */
  readonly disposal: number;
  /** Number of the lot, in order of the calls; NaN for a pool. */
  readonly lot: number;
  /** UTC ms; NaN for a pool. */
  readonly acquired: number;
  readonly disposed: number;
  readonly quantity: number;
  readonly proceeds: number;
  readonly cost: number;
  /** Loss that a rule denies, ≥ 0: part of the replacement's cost, no part of this result. */
  readonly denied: number;
  readonly longTerm: boolean;
  readonly cause: number;
  readonly rule: MatchingRule;
}

/** Which results of coins may be counted as one sum. */
export interface Counting {
  /** Whether gains and losses count in classes of their own. */
  readonly bySign: boolean;
  /** Number of the part of a year in which a moment lies, where the law sends results of different parts to different classes. */
  splitOf(time: number): number;
}

/** Where a book's results go. */
export interface ResultSink {
  /** A result counts from now on; `sign` −1 takes back one that was counted. */
  count(amount: number, longTerm: boolean, time: number, sign: 1 | -1): void;
  /** What a taxable disposal brought: told by a book for which not every disposal is one, where a rule asks. */
  sold?(proceeds: number, time: number): void;
}

/**
 * The coins of one account under one method: what is held, what it cost, what a disposal recognises.
 *
 * A method that looks forward counts at once what would hold if nothing else were traded, and takes it back when it learns more; its lines
 * are provisional until then. Assets are indices, money is in the regime's currency, moments are UTC ms and do not go back.
 */
export interface SpotBook {
  /** Units bought or received; `price` is gross per unit. */
  acquire(asset: number, quantity: number, cost: number, price: number, time: number): void;
  /** Units given up for `proceeds` (fees off where the regime counts them); `gross` is their value before fees. Returns false for dust. */
  dispose(asset: number, quantity: number, proceeds: number, gross: number, time: number, cause: number): boolean;
  /** Settles what has become final by a moment. */
  settle(time: number): void;
  /** The tax year has ended: nothing of it is traded any more. */
  endYear(): void;
  /**
   * Counts into `sink` what giving up `quantity` now would change; more than is held counts as all. The book stays as it is, but for what
   * has become final by then. Proceeds and gross as in `dispose`.
   */
  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink, gross?: number): void;
  /** As `foresee`, for all that is held. */
  foreseeAll(proceeds: Float64Array, time: number, sink: ResultSink): void;

  held(asset: number): number;
  basis(asset: number): number;
  /** Units of the lot that would be given up next; 0 when nothing is held. */
  nextQuantity(asset: number): number;
  lots(asset: number, time: number): LotView[];
  /** Matched parts so far; those that are not final are provisional. Empty where parts are not kept. */
  parts(): { readonly final: readonly MatchedPart[]; readonly provisional: readonly MatchedPart[] };
}
