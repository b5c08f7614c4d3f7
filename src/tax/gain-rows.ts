// The numbers of a gain line's row; names are indices.
export const ACQUIRED = 0;
export const DISPOSED = 1;
export const QUANTITY = 2;
export const PROCEEDS = 3;
export const COST = 4;
export const DISPOSAL = 5;
/** Kind, rule, class, cause, whether it is provisional, whether it is of a batch, and subject, in one number. */
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
export const BATCHES = 2;
