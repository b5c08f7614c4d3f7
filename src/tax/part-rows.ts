// The numbers of a part's row: what one disposal took of one lot.
/** UTC ms */
export const ACQUIRED = 0;
export const QUANTITY = 1;
export const COST = 2;
export const PROCEEDS = 3;
/** Number of the disposal within its batch, asset, and 1 for long-term parts, in one number. */
export const CODE = 4;
export const PART = 5;

/** More assets than a market can have. */
export const ASSETS_OF = 2 ** 20;
export const TERMS = 2;
