import { namesOf } from '../core/column.ts';
import { RowLog } from '../core/row-log.ts';
import { CAUSES } from './ledger.ts';
import type { GainColumns } from './ledger.ts';
import type { LotParts } from './lot-parts.ts';
import { MATCHING_RULES } from './spot-book.ts';
import type { MatchingRule } from './spot-book.ts';

const KINDS = ['spot', 'derivative', 'funding'] as const;
const SPOT = 0;

// The numbers of a row; names are indices.
const ACQUIRED = 0;
const DISPOSED = 1;
const QUANTITY = 2;
const PROCEEDS = 3;
const COST = 4;
const DENIED = 5;
const DISPOSAL = 6;
const LOT = 7;
const KIND = 8;
const SUBJECT = 9;
const CLASS = 10;
const CAUSE = 11;
/** 0: none, else one more than an index of MATCHING_RULES. */
const RULE = 12;
const PROVISIONAL = 13;
const WIDTH = 14;

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

/** Gain lines; they become columns and names only in `columns`. */
export class GainLines {
  readonly #names: GainNames;
  readonly #rows = new RowLog(WIDTH);

  constructor(names: GainNames) {
    this.#names = names;
  }

  add(line: GainLine): void {
    const { acquired, disposed, quantity, proceeds, cost, denied = 0, disposal = NaN, lot = NaN } = line;
    const rule = line.rule === undefined ? 0 : 1 + MATCHING_RULES.indexOf(line.rule);
    const names = [KINDS.indexOf(line.kind), line.subject, line.taxClass, line.cause, rule, line.provisional ? 1 : 0];
    const at = this.#rows.append();
    this.#rows.chunk.set([acquired, disposed, quantity, proceeds, cost, denied, disposal, lot, ...names], at);
  }

  /** Adds the parts of coin disposals of one moment; `disposals` came before them. */
  addParts(parts: LotParts, disposals: number, disposed: number, shortClass: number, longClass: number, cause: number): void {
    const rows = this.#rows;
    const { count, asset, acquired, quantity, proceeds, cost, longTerm, disposal } = parts;
    for (let part = 0; part < count; part++) {
      const at = rows.append();
      const { chunk } = rows;
      chunk[at + ACQUIRED] = acquired[part]!;
      chunk[at + DISPOSED] = disposed;
      chunk[at + QUANTITY] = quantity[part]!;
      chunk[at + PROCEEDS] = proceeds[part]!;
      chunk[at + COST] = cost[part]!;
      chunk[at + DENIED] = 0;
      chunk[at + DISPOSAL] = disposals + disposal[part]!;
      chunk[at + LOT] = NaN;
      chunk[at + KIND] = SPOT;
      chunk[at + SUBJECT] = asset[part]!;
      chunk[at + CLASS] = longTerm[part] === 1 ? longClass : shortClass;
      chunk[at + CAUSE] = cause;
      chunk[at + RULE] = BY_LOT;
      chunk[at + PROVISIONAL] = 0;
    }
  }

  columns(): GainColumns {
    const { assets, contracts, classes } = this.#names;
    const rows = this.#rows;
    const kinds = rows.column(KIND);
    // Contracts follow the coins in one list of names.
    const subjects = rows.column(SUBJECT).map((subject, row) => (kinds[row] === SPOT ? subject : assets.length + subject));
    const proceeds = rows.column(PROCEEDS);
    const cost = rows.column(COST);
    const denied = rows.column(DENIED);
    return {
      asset: namesOf(subjects, [...assets, ...contracts]),
      kind: namesOf(kinds, KINDS),
      acquired: rows.column(ACQUIRED),
      disposed: rows.column(DISPOSED),
      quantity: rows.column(QUANTITY),
      proceeds,
      cost,
      gain: proceeds.map((value, row) => value - cost[row]! + denied[row]!),
      class: namesOf(rows.column(CLASS), classes),
      cause: namesOf(rows.column(CAUSE), CAUSES),
      rule: namesOf(rows.column(RULE), ['', ...MATCHING_RULES]),
      denied,
      provisional: rows.column(PROVISIONAL),
      disposal: rows.column(DISPOSAL),
      lot: rows.column(LOT),
      rate: new Float64Array(rows.count).fill(1),
    };
  }
}
