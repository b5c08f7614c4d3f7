/** What a row of a transactions file can be. */
export const TRANSACTION_TYPES = ['buy', 'sell', 'income', 'result', 'funding', 'mark'] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** In words, for documentation. */
export const TYPE_WORDS: Readonly<Record<TransactionType, string>> = {
  buy: 'a coin was bought, or received in a swap',
  sell: 'a coin was sold, spent, or given in a swap',
  income: 'a coin was received as income: a lot at its value, the income itself is not reckoned',
  result: 'a contract realised a result by its price, signed; it closes the whole position for this ledger',
  funding: 'a contract paid (negative) or received (positive) funding',
  mark: 'the unrealised result of an open contract at the end of a tax year; only counts where contracts are marked',
};

/** A column of a transactions file. */
export interface Column {
  readonly name: string;
  readonly meaning: string;
  /** Types of rows that need it. */
  readonly needed: readonly TransactionType[];
  /** Types of rows that may have it besides. */
  readonly optional: readonly TransactionType[];
  /** Other names under which it is found. */
  readonly aliases: readonly string[];
}

const COINS = ['buy', 'sell', 'income'] as const;
const CONTRACTS = ['result', 'funding', 'mark'] as const;

/** The columns that are read, in the order of the documentation. */
export const COLUMNS = [
  column('date', 'UTC date, or date and time (ISO 8601)', [...COINS, ...CONTRACTS], [], ['datetime', 'timestamp']),
  column(
    'time',
    'time of day, UTC, where `date` has none; without one, rows of a day go in their order',
    [],
    [...COINS, ...CONTRACTS],
  ),
  column('type', TRANSACTION_TYPES.join(', '), [...COINS, ...CONTRACTS], []),
  column('asset', 'coin, or name of the contract', [...COINS, ...CONTRACTS], [], ['symbol', 'coin', 'contract']),
  column('quantity', 'units, above 0, before `feeInAsset`', COINS, [], ['qty']),
  column(
    'gross',
    'value in the currency of the file before fees: quantity × price, 0 or more; for contracts the result or payment, signed',
    [...COINS, ...CONTRACTS],
    [],
    ['value', 'amount'],
  ),
  column('fee', 'paid in the currency of the file, 0 or more', [], ['buy', 'sell', 'income', 'result']),
  column('feeInAsset', 'units of the sold coin paid as a fee on top', [], ['sell'], ['fee in asset']),
  column('wallet', 'name; matters where lots are matched wallet by wallet', [], COINS, ['account']),
  column('id', 'name of a purchase, by which `lots` refers to it; else its line number', [], ['buy', 'income']),
  column('lots', 'ids of the purchases that a sale takes, in order, with spaces between; only under specific-id', [], ['sell']),
  column('swap', 'any text that the two rows of a trade of coin for coin share', [], ['buy', 'sell'], ['swapId']),
  column('portfolioValue', 'value of all coins just before the sale; France needs it', [], ['sell'], ['portfolio value']),
  column('note', 'not read', [], [...COINS, ...CONTRACTS], ['label', 'comment']),
] as const;

export type ColumnName =
  | 'date'
  | 'time'
  | 'type'
  | 'asset'
  | 'quantity'
  | 'gross'
  | 'fee'
  | 'feeInAsset'
  | 'wallet'
  | 'id'
  | 'lots'
  | 'swap'
  | 'portfolioValue'
  | 'note';

function column(
  name: ColumnName,
  meaning: string,
  needed: readonly TransactionType[],
  optional: readonly TransactionType[],
  aliases: readonly string[] = [],
): Column & { readonly name: ColumnName } {
  return { name, meaning, needed, optional, aliases };
}
