export const LOT_METHODS = ['fifo', 'lifo', 'hifo', 'average'] as const;
/** How a disposal is matched to lots. */
export type LotMethod = (typeof LOT_METHODS)[number];
