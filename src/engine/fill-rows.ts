// The numbers of a fill that was booked by itself; names are indices.
export const TIME = 0;
export const QUANTITY = 1;
export const REFERENCE = 2;
export const PRICE = 3;
export const FEE = 4;
export const SLIPPAGE = 5;
export const REALISED = 6;
/** Bar and tag in one number: bar × TAGS + tag. */
export const PLACE = 7;
/** Instrument, cause, whether the fee is in its coin, in one number. */
export const CODE = 8;
export const WIDTH = 9;

/** More tags than a run can have: bars × TAGS stays a whole number. */
export const TAGS = 2 ** 26;
export const CAUSES_OF = 8;
export const FEES_IN = 2;

// The numbers of a batch.
export const BATCH_TIME = 0;
export const BATCH_PLACE = 1;
export const BATCH_FILLS = 2;
/** How many fills had been booked by themselves before. */
export const BATCH_AFTER = 3;
export const BATCH_WIDTH = 4;

// The numbers of a fill of a batch, from which the rest follows.
export const ITEM_INSTRUMENT = 0;
export const ITEM_UNITS = 1;
export const ITEM_WIDTH = 2;
