// The numbers of a fill's row; names are indices.
export const TIME = 0;
export const QUANTITY = 1;
export const REFERENCE = 2;
export const PRICE = 3;
export const FEE = 4;
export const SLIPPAGE = 5;
export const REALISED = 6;
/** Bar and tag in one number: bar × TAGS + tag. */
export const PLACE = 7;
/** Instrument, cause, whether the fee is in its coin, whether the fill is of a batch, in one number. */
export const CODE = 8;
export const WIDTH = 9;

/** More tags than a run can have: bars × TAGS stays a whole number. */
export const TAGS = 2 ** 26;
export const CAUSES_OF = 8;
export const FEES_IN = 2;
export const BATCHES = 2;
