import type { HoldingRules } from './ledger.ts';
import { leavesSwapsOut, type LotMethod } from './methods.ts';
import type { Taxation } from './regime.ts';

/** Methods by which each lot keeps its cost, whatever is bought or sold beside it. */
const BY_LOT: readonly LotMethod[] = ['fifo', 'lifo', 'hifo', 'lofo', 'specific-id'];

/** What a seller must know of a regime under a lot method. */
export function holdingRules({ spot, fees, swaps }: Taxation, method: LotMethod): HoldingRules {
  return {
    method,
    longAfterYears: spot.longAfterYears,
    // Averages spread a loss over what is kept, and matching rules look at what is bought afterwards.
    lossesCountAtOnce: BY_LOT.includes(method),
    feesCount: fees.inProceeds,
    swapsUntaxed: swaps === 'untaxed' && leavesSwapsOut(method),
  };
}
