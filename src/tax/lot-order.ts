import type { LotHeap } from './lot-heap.ts';

/** The order in which a method gives up the open lots of an asset. */
export interface LotOrder {
  /** Without a heap: whether the youngest lot goes first, or the oldest. */
  readonly newestFirst: boolean;
  /** The lots by price, where that decides. */
  readonly heap: LotHeap | null;
}
