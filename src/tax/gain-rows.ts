// The numbers of a gain line's row; names are indices.
export const ACQUIRED = 0;
export const DISPOSED = 1;
export const QUANTITY = 2;
export const PROCEEDS = 3;
export const COST = 4;
export const DISPOSAL = 5;
/** Kind, rule, class, cause, whether it is provisional, and subject, in one number. */
export const CODE = 6;
export const DENIED = 7;
/** One more than the number of the lot; 0 for none. */
export const LOT = 8;
export const WIDTH = 9;

export const KINDS_OF = 4;
/** 0: none, else one more than an index of MATCHING_RULES. */
export const RULES_OF = 16;
export const CLASSES_OF = 32;
export const CAUSES_OF = 8;
export const FINALITIES = 2;

// The numbers of a batch of coin disposals, whose parts lie elsewhere.
export const BATCH_DISPOSED = 0;
/** Parts of all batches up to this one. */
export const BATCH_END = 1;
/** Disposals before it. */
export const BATCH_DISPOSALS = 2;
/** How many lines had been added by themselves before. */
export const BATCH_AFTER = 3;
/** Codes of its short-term and long-term parts, but for their subject. */
export const BATCH_SHORT = 4;
export const BATCH_LONG = 5;
export const BATCH_WIDTH = 6;
