import { namesOf } from '../core/column.ts';
import { RowLog } from '../core/row-log.ts';
import { CAUSES } from './ledger.ts';
import {
  ACQUIRED,
  BATCHES,
  CAUSES_OF,
  CLASSES_OF,
  CODE,
  COST,
  DENIED,
  DISPOSAL,
  DISPOSED,
  FINALITIES,
  KINDS_OF,
  LOT,
  PROCEEDS,
  QUANTITY,
  RULES_OF,
  WIDTH,
} from './gain-rows.ts';
import type { GainColumns } from './ledger.ts';
import {
  ACQUIRED as PART_ACQUIRED,
  ASSET as PART_ASSET,
  COST as PART_COST,
  DISPOSAL as PART_DISPOSAL,
  LONG_TERM,
  PART,
  PROCEEDS as PART_PROCEEDS,
  QUANTITY as PART_QUANTITY,
} from './lot-parts.ts';
import type { LotParts } from './lot-parts.ts';
import { MATCHING_RULES } from './spot-book.ts';
import { byExecution } from './spot-trades.ts';
import type { MatchingRule } from './spot-book.ts';

const KINDS = ['spot', 'derivative', 'funding'] as const;
const SPOT = 0;

// What each index of a line is worth in its code.
const RULE = KINDS_OF;
const CLASS = RULE * RULES_OF;
const CAUSE = CLASS * CLASSES_OF;
const PROVISIONAL = CAUSE * CAUSES_OF;
const BATCHED = PROVISIONAL * FINALITIES;
const SUBJECT = BATCHED * BATCHES;

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
    const { acquired, disposed, quantity, proceeds, cost, denied = 0, disposal = NaN, lot = -1 } = line;
    const rule = line.rule === undefined ? 0 : 1 + MATCHING_RULES.indexOf(line.rule);
    const at = this.#rows.append();
    const { chunk } = this.#rows;
    chunk[at + ACQUIRED] = acquired;
    chunk[at + DISPOSED] = disposed;
    chunk[at + QUANTITY] = quantity;
    chunk[at + PROCEEDS] = proceeds;
    chunk[at + COST] = cost;
    chunk[at + DISPOSAL] = disposal;
    chunk[at + CODE] = codeOf(KINDS.indexOf(line.kind), rule, line.taxClass, line.cause, line.provisional ? 1 : 0, line.subject);
    chunk[at + DENIED] = denied;
    chunk[at + LOT] = lot + 1;
  }

  /** Adds lines in order of time; of one moment what is no sale first, then sales in order. Lines of one sale stay as they were matched. */
  addInOrder(lines: readonly GainLine[]): void {
    for (const line of lines.toSorted((a, b) => a.disposed - b.disposed || (a.disposal ?? -1) - (b.disposal ?? -1)))
      this.add(line);
  }

  /**
   * Adds the parts of coin disposals of one moment; `disposals` came before them. Columns have them in the order in which the market executes
   * them: what brings most first.
   */
  addParts(parts: LotParts, disposals: number, disposed: number, shortClass: number, longClass: number, cause: number): void {
    const { count, rows: from } = parts;
    const batched = from[PART * count - PART + PART_DISPOSAL]! > 0 ? BATCHED : 0;
    const short = codeOf(SPOT, BY_LOT, shortClass, cause, 0, 0) + batched;
    const long = codeOf(SPOT, BY_LOT, longClass, cause, 0, 0) + batched;
    let at = this.#rows.append(count);
    const { chunk } = this.#rows;
    for (let row = 0; row < PART * count; row += PART, at += WIDTH) {
      chunk[at + ACQUIRED] = from[row + PART_ACQUIRED]!;
      chunk[at + DISPOSED] = disposed;
      chunk[at + QUANTITY] = from[row + PART_QUANTITY]!;
      chunk[at + PROCEEDS] = from[row + PART_PROCEEDS]!;
      chunk[at + COST] = from[row + PART_COST]!;
      chunk[at + DISPOSAL] = disposals + from[row + PART_DISPOSAL]!;
      chunk[at + CODE] = (from[row + LONG_TERM] === 1 ? long : short) + SUBJECT * from[row + PART_ASSET]!;
      chunk[at + DENIED] = 0;
      chunk[at + LOT] = 0;
    }
  }

  columns(): GainColumns {
    const { assets, contracts, classes } = this.#names;
    const rows = this.#rows;
    const { order, disposal } = this.#executed();
    const column = (field: number): Float64Array => {
      const written = rows.column(field);
      return written.map((_, row) => written[order[row]!]!);
    };
    const codes = column(CODE);
    const unpacked = (step: number, of: number): Float64Array => codes.map((code) => Math.floor(code / step) % of);
    const kinds = unpacked(1, KINDS_OF);
    // Contracts follow the coins in one list of names.
    const subjects = codes.map((code, row) => Math.floor(code / SUBJECT) + (kinds[row] === SPOT ? 0 : assets.length));
    const proceeds = column(PROCEEDS);
    const cost = column(COST);
    const denied = column(DENIED);
    return {
      asset: namesOf(subjects, [...assets, ...contracts]),
      kind: namesOf(kinds, KINDS),
      acquired: column(ACQUIRED),
      disposed: column(DISPOSED),
      quantity: column(QUANTITY),
      proceeds,
      cost,
      gain: proceeds.map((value, row) => value - cost[row]! + denied[row]!),
      class: namesOf(unpacked(CLASS, CLASSES_OF), classes),
      cause: namesOf(unpacked(CAUSE, CAUSES_OF), CAUSES),
      rule: namesOf(unpacked(RULE, RULES_OF), ['', ...MATCHING_RULES]),
      denied,
      provisional: unpacked(PROVISIONAL, FINALITIES),
      disposal,
      lot: column(LOT).map((lot) => (lot === 0 ? NaN : lot - 1)),
      rate: new Float64Array(rows.count).fill(1),
    };
  }

  /** The rows in order of execution, disposals of a batch by what they bring, and the disposals numbered in that order. */
  #executed(): { readonly order: Int32Array; readonly disposal: Float64Array } {
    const code = this.#rows.column(CODE);
    const disposed = this.#rows.column(DISPOSED);
    const disposal = this.#rows.column(DISPOSAL);
    const proceeds = this.#rows.column(PROCEEDS);
    const order = Int32Array.from(code, (_, row) => row);
    const batched = (row: number): boolean => Math.floor(code[row]! / BATCHED) % BATCHES === 1;
    for (let from = 0; from < code.length;) {
      let to = from + 1;
      if (batched(from)) while (to < code.length && batched(to) && disposed[to] === disposed[from]) to++;
      const first = disposal[from]!;
      if (to > from + 1) {
        const worth = new Map<number, number>();
        for (let row = from; row < to; row++) worth.set(disposal[row]!, (worth.get(disposal[row]!) ?? 0) - proceeds[row]!);
        const ranked = [...worth.keys()].sort((a, b) => byExecution(worth.get(a)!, worth.get(b)!, a - b));
        const place = new Map(ranked.map((number, rank) => [number, first + rank]));
        for (let row = from; row < to; row++) disposal[row] = place.get(disposal[row]!)!;
        // Lots of one disposal stay as they were matched.
        order.subarray(from, to).sort((a, b) => disposal[a]! - disposal[b]! || a - b);
      }
      from = to;
    }
    return { order, disposal: disposal.map((_, row) => disposal[order[row]!]!) };
  }
}

/** The indices of a line in one number, in which its subject comes last. */
function codeOf(kind: number, rule: number, taxClass: number, cause: number, provisional: 0 | 1, subject: number): number {
  return kind + RULE * rule + CLASS * taxClass + CAUSE * cause + PROVISIONAL * provisional + SUBJECT * subject;
}
