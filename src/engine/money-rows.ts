// The numbers of a row of cash and its running sums: from which bar on they hold, then one each.
export const BAR = 0;
export const CASH = 1;
export const FUNDING = 2;
export const INTEREST = 3;
export const FEES = 4;
export const SLIPPAGE = 5;
export const TAXES = 6;
export const LIQUIDATION = 7;
export const WIDTH = 8;
