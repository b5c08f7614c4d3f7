// What a row of planned fills holds besides what its ledger reads (`SpotTrades`): what was there before a batch that is booked as it is planned.
export const QUANTITY_BEFORE = 3;
export const FLOW_BEFORE = 4;
