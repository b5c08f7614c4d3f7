import { namesOf } from '../core/column.ts';
import { CAUSES } from './ledger.ts';
import type { GainColumns } from './ledger.ts';
import type { LotParts } from './lot-parts.ts';
import { MATCHING_RULES } from './spot-book.ts';
import type { MatchingRule } from './spot-book.ts';

const KINDS = ['spot', 'derivative', 'funding'] as const;
const SPOT = 0;

const FIRST_CAPACITY = 256;

// A line is one row of numbers and one of indices, so that writing it touches two places in memory.
const NUMBERS = 8;
const ACQUIRED = 0;
const DISPOSED = 1;
const QUANTITY = 2;
const PROCEEDS = 3;
const COST = 4;
const DENIED = 5;
const DISPOSAL = 6;
const LOT = 7;

const INDICES = 6;
const KIND = 0;
const SUBJECT = 1;
const CLASS = 2;
const CAUSE = 3;
/** 0: none, else one more than an index of MATCHING_RULES. */
const RULE = 4;
const PROVISIONAL = 5;

const BY_LOT = 1 + MATCHING_RULES.indexOf('lot');

/** Names that turn the indices of gain lines back into words. */
export interface GainNames {
  readonly assets: readonly string[];
  readonly contracts: readonly string[];
  readonly classes: readonly string[];
}

/** One gain line: money in account currency, moments in UTC ms, names as indices. */
export interface GainLine {
  readonly kind: (typeof KINDS)[number];
  /** Index of the asset (spot) or contract (the others). */
  readonly subject: number;
  /** NaN for contracts, as is the quantity. */
  readonly acquired: number;
  readonly disposed: number;
  readonly quantity: number;
  readonly proceeds: number;
  readonly cost: number;
  readonly taxClass: number;
  readonly cause: number;
  readonly rule?: MatchingRule;
  readonly denied?: number;
  readonly provisional?: boolean;
  readonly disposal?: number;
  readonly lot?: number;
}

/** Gain lines as rows that grow by doubling; they become columns and names only in `columns`. */
export class GainLines {
  readonly #names: GainNames;
  #count = 0;
  #numbers = new Float64Array(NUMBERS * FIRST_CAPACITY);
  #indices = new Int32Array(INDICES * FIRST_CAPACITY);

  constructor(names: GainNames) {
    this.#names = names;
  }

  add(line: GainLine): void {
    this.#reserve(1);
    const { acquired, disposed, quantity, proceeds, cost, denied = 0, disposal = NaN, lot = NaN } = line;
    const row = this.#count++;
    this.#numbers.set([acquired, disposed, quantity, proceeds, cost, denied, disposal, lot], NUMBERS * row);
    const rule = line.rule === undefined ? 0 : 1 + MATCHING_RULES.indexOf(line.rule);
    const indices = [KINDS.indexOf(line.kind), line.subject, line.taxClass, line.cause, rule, line.provisional ? 1 : 0];
    this.#indices.set(indices, INDICES * row);
  }

  /** Adds the parts of coin disposals of one moment; `disposals` came before them. */
  addParts(parts: LotParts, disposals: number, disposed: number, shortClass: number, longClass: number, cause: number): void {
    this.#reserve(parts.count);
    const numbers = this.#numbers;
    const indices = this.#indices;
    const { count, asset, acquired, quantity, proceeds, cost, longTerm, disposal } = parts;
    let to = NUMBERS * this.#count;
    let at = INDICES * this.#count;
    for (let part = 0; part < count; part++) {
      numbers[to + ACQUIRED] = acquired[part]!;
      numbers[to + DISPOSED] = disposed;
      numbers[to + QUANTITY] = quantity[part]!;
      numbers[to + PROCEEDS] = proceeds[part]!;
      numbers[to + COST] = cost[part]!;
      numbers[to + DENIED] = 0;
      numbers[to + DISPOSAL] = disposals + disposal[part]!;
      numbers[to + LOT] = NaN;
      indices[at + KIND] = SPOT;
      indices[at + SUBJECT] = asset[part]!;
      indices[at + CLASS] = longTerm[part] === 1 ? longClass : shortClass;
      indices[at + CAUSE] = cause;
      indices[at + RULE] = BY_LOT;
      indices[at + PROVISIONAL] = 0;
      to += NUMBERS;
      at += INDICES;
    }
    this.#count += count;
  }

  columns(): GainColumns {
    const { assets, contracts, classes } = this.#names;
    const kinds = this.#indexColumn(KIND);
    // Contracts follow the coins in one list of names.
    const subjects = this.#indexColumn(SUBJECT).map((subject, row) => (kinds[row] === SPOT ? subject : assets.length + subject));
    const proceeds = this.#numberColumn(PROCEEDS);
    const cost = this.#numberColumn(COST);
    const denied = this.#numberColumn(DENIED);
    return {
      asset: namesOf(subjects, [...assets, ...contracts]),
      kind: namesOf(kinds, KINDS),
      acquired: this.#numberColumn(ACQUIRED),
      disposed: this.#numberColumn(DISPOSED),
      quantity: this.#numberColumn(QUANTITY),
      proceeds,
      cost,
      gain: proceeds.map((value, row) => value - cost[row]! + denied[row]!),
      class: namesOf(this.#indexColumn(CLASS), classes),
      cause: namesOf(this.#indexColumn(CAUSE), CAUSES),
      rule: namesOf(this.#indexColumn(RULE), ['', ...MATCHING_RULES]),
      denied,
      provisional: Float64Array.from(this.#indexColumn(PROVISIONAL)),
      disposal: this.#numberColumn(DISPOSAL),
      lot: this.#numberColumn(LOT),
      rate: new Float64Array(this.#count).fill(1),
    };
  }

  #numberColumn(field: number): Float64Array {
    const column = new Float64Array(this.#count);
    for (let row = 0; row < column.length; row++) column[row] = this.#numbers[NUMBERS * row + field]!;
    return column;
  }

  #indexColumn(field: number): Int32Array {
    const column = new Int32Array(this.#count);
    for (let row = 0; row < column.length; row++) column[row] = this.#indices[INDICES * row + field]!;
    return column;
  }

  #reserve(lines: number): void {
    const capacity = this.#numbers.length / NUMBERS;
    if (this.#count + lines <= capacity) return;
    const length = Math.max(2 * capacity, this.#count + lines);
    const numbers = new Float64Array(NUMBERS * length);
    const indices = new Int32Array(INDICES * length);
    numbers.set(this.#numbers);
    indices.set(this.#indices);
    this.#numbers = numbers;
    this.#indices = indices;
  }
}
