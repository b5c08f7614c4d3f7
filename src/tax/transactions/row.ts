import type { Fault, Place } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import { parseStamp } from '../../market/load/timestamp.ts';
import type { ColumnName, TransactionType } from './columns.ts';
import { COLUMNS, TRANSACTION_TYPES } from './columns.ts';

/** One row of a transactions file; money in the currency of the file. */
export interface Transaction {
  readonly line: number;
  /** UTC ms */
  readonly time: number;
  readonly type: TransactionType;
  readonly asset: string;
  /** NaN for contracts. */
  readonly quantity: number;
  readonly gross: number;
  readonly fee: number;
  readonly feeInAsset: number;
  readonly wallet: string | undefined;
  readonly id: string;
  readonly lots: readonly string[];
  readonly swap: string | undefined;
  readonly portfolioValue: number | undefined;
}

const NUMBERS = ['quantity', 'gross', 'fee', 'feeInAsset', 'portfolioValue'] as const;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads the fields of one row; whatever is wrong goes to `faults`. */
export class RowReader {
  readonly #columns: ReadonlyMap<ColumnName, number>;
  readonly #record: readonly string[];
  readonly #at: Place & { readonly line: number };
  readonly #faults: Fault[];

  constructor(
    columns: ReadonlyMap<ColumnName, number>,
    record: readonly string[],
    at: Place & { readonly line: number },
    faults: Fault[],
  ) {
    this.#columns = columns;
    this.#record = record;
    this.#at = at;
    this.#faults = faults;
  }

  /** The row, or undefined where it has a fault. */
  read(): Transaction | undefined {
    const before = this.#faults.length;
    const type = this.#type();
    const time = this.#time();
    if (type === undefined) {
      for (const name of NUMBERS) if (this.#text(name) !== '') this.#number(name, 'any');
      return undefined;
    }
    const contract = type === 'result' || type === 'funding' || type === 'mark';
    for (const column of COLUMNS) {
      const given = this.#text(column.name) !== '';
      if (!given && (column.needed as readonly string[]).includes(type)) this.#fault(`${column.name} is missing (type ${type})`);
      const fits = ([...column.needed, ...column.optional] as readonly string[]).includes(type);
      if (given && !fits) this.#fault(`${column.name} means nothing in a row of type ${type}`, 'leave it empty');
    }
    if (this.#faults.length > before) return undefined;
    const row = {
      line: this.#at.line,
      time,
      type,
      asset: this.#text('asset'),
      quantity: contract ? NaN : this.#number('quantity', 'above 0'),
      gross: this.#number('gross', contract ? 'any' : '0 or more'),
      fee: this.#optional('fee') ?? 0,
      feeInAsset: this.#optional('feeInAsset') ?? 0,
      wallet: this.#text('wallet') || undefined,
      id: this.#text('id') || String(this.#at.line),
      lots: this.#text('lots')
        .split(/[\s;]+/)
        .filter((id) => id !== ''),
      swap: this.#text('swap') || undefined,
      portfolioValue: this.#optional('portfolioValue'),
    };
    return this.#faults.length > before ? undefined : row;
  }

  #text(name: ColumnName): string {
    return this.#record[this.#columns.get(name) ?? -1] ?? '';
  }

  #type(): TransactionType | undefined {
    const text = this.#text('type').toLowerCase();
    const type = TRANSACTION_TYPES.find((known) => known === text);
    if (type === undefined) {
      this.#fault(text === '' ? 'type is missing' : `type "${text}" is not known`, didYouMean(text, TRANSACTION_TYPES));
    }
    return type;
  }

  #time(): number {
    const date = this.#text('date');
    const time = this.#text('time');
    const stamp = parseStamp(time === '' ? date : `${date}T${time.length === 4 ? `0${time}` : time}`);
    if (stamp === undefined && date !== '') {
      this.#fault(`"${[date, time].join(' ').trim()}" is no date`, 'write 2024-03-10, 2024-03-10T09:30 or 2024-03-10T09:30:00Z');
    }
    return stamp?.time ?? NaN;
  }

  #optional(name: ColumnName): number | undefined {
    return this.#text(name) === '' ? undefined : this.#number(name, '0 or more');
  }

  #number(name: ColumnName, range: 'any' | '0 or more' | 'above 0'): number {
    const text = this.#text(name);
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(value)) {
      this.#fault(`${name} "${text}" is no number`, 'write it with a decimal point and without signs of currency or thousands');
    } else if ((range === 'above 0' && value <= 0) || (range === '0 or more' && value < 0)) {
      this.#fault(`${name} is ${text}, expected ${range}`);
    }
    return value;
  }

  #fault(message: string, hint?: string): void {
    this.#faults.push({ message, ...(hint !== undefined && { hint }), at: this.#at });
  }
}
