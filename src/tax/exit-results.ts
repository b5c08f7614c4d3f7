// Places of what a sale of everything would add: results of coins held short and long, of contracts; then the same after the costs of selling.
export const SHORT = 0;
export const LONG = 1;
export const CONTRACTS = 2;
export const AFTER = 3;
