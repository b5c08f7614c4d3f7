export const LOT_METHODS = ['fifo', 'lifo', 'hifo', 'average'] as const;
/**
 * How a disposal is matched to lots: oldest first, newest first, dearest first (gross per unit, fees left out; ties to the older lot), or
 * at the moving average cost of all units, with holding periods by age.
 */
export type LotMethod = (typeof LOT_METHODS)[number];
