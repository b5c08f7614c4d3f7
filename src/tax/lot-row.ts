// The numbers of a lot's row, which a disposal reads in one place in memory.
/** UTC ms */
export const ACQUIRED = 0;
export const QUANTITY = 1;
export const COST = 2;
/** Gross per unit; only a heap asks for it. */
export const PRICE = 3;
export const ROW = 4;
