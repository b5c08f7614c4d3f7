import { namesOf } from '../core/column.ts';
import { MergedRows, RowLog } from '../core/row-log.ts';
import { CAUSES } from './ledger.ts';
import {
  ACQUIRED,
  BATCH_AFTER,
  BATCH_DISPOSALS,
  BATCH_DISPOSED,
  BATCH_END,
  BATCH_LONG,
  BATCH_SHORT,
  BATCH_WIDTH,
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
  ASSETS_OF,
  CODE as PART_CODE,
  COST as PART_COST,
  PART,
  PROCEEDS as PART_PROCEEDS,
  QUANTITY as PART_QUANTITY,
  TERMS,
} from './part-rows.ts';
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
const SUBJECT = PROVISIONAL * FINALITIES;

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

/** The line of a contract's result or of funding, which were never acquired and have no quantity. */
export function contractLine(
  kind: 'derivative' | 'funding',
  contract: number,
  proceeds: number,
  cost: number,
  taxClass: number,
  disposed: number,
  cause: number,
): GainLine {
  return { kind, subject: contract, acquired: NaN, disposed, quantity: NaN, proceeds, cost, taxClass, cause };
}

/** Gain lines; they become columns and names only in `columns`. */
export class GainLines {
  /** What coin disposals took of lots, written by the pool (`part-rows.ts`); `closeBatch` makes lines of them. */
  readonly parts = new RowLog(PART);
  readonly #names: GainNames;
  readonly #rows = new RowLog(WIDTH);
  readonly #batches = new RowLog(BATCH_WIDTH);

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
   * The parts written since the last batch are coin disposals of one moment; `disposals` came before them. Columns have them in the order in
   * which the market executes them: what brings most first.
   */
  closeBatch(disposals: number, disposed: number, shortClass: number, longClass: number, cause: number): void {
    const at = this.#batches.append();
    const { chunk } = this.#batches;
    chunk[at + BATCH_DISPOSED] = disposed;
    chunk[at + BATCH_END] = this.parts.count;
    chunk[at + BATCH_DISPOSALS] = disposals;
    chunk[at + BATCH_AFTER] = this.#rows.count;
    chunk[at + BATCH_SHORT] = codeOf(SPOT, BY_LOT, shortClass, cause, 0, 0);
    chunk[at + BATCH_LONG] = codeOf(SPOT, BY_LOT, longClass, cause, 0, 0);
  }

  columns(): GainColumns {
    const { assets, contracts, classes } = this.#names;
    const lines = this.#inOrder();
    const column = (field: number): Float64Array => lines.column(field);
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
      disposal: column(DISPOSAL),
      lot: column(LOT).map((lot) => (lot === 0 ? NaN : lot - 1)),
      rate: new Float64Array(codes.length).fill(1),
    };
  }

  /** All lines as rows: each batch at its place among those that were added by themselves. */
  #inOrder(): MergedRows {
    const parts = this.parts.all();
    const batches = this.#batches.all();
    const merged = new MergedRows(this.#rows, WIDTH, this.parts.count);
    const { rows } = merged;
    let first = 0;
    for (let batch = 0; batch < batches.length; batch += BATCH_WIDTH) {
      merged.takeUpTo(batches[batch + BATCH_AFTER]);
      const end = PART * batches[batch + BATCH_END]!;
      for (const { part, disposal } of executed(parts, first, end)) {
        const { at } = merged;
        const code = parts[part + PART_CODE]!;
        const ofTerm = code % TERMS === 1 ? BATCH_LONG : BATCH_SHORT;
        rows[at + ACQUIRED] = parts[part + PART_ACQUIRED]!;
        rows[at + DISPOSED] = batches[batch + BATCH_DISPOSED]!;
        rows[at + QUANTITY] = parts[part + PART_QUANTITY]!;
        rows[at + PROCEEDS] = parts[part + PART_PROCEEDS]!;
        rows[at + COST] = parts[part + PART_COST]!;
        rows[at + DISPOSAL] = batches[batch + BATCH_DISPOSALS]! + disposal;
        rows[at + CODE] = batches[batch + ofTerm]! + SUBJECT * (Math.floor(code / TERMS) % ASSETS_OF);
        merged.at += WIDTH;
      }
      first = end;
    }
    merged.takeUpTo();
    return merged;
  }
}

/** The parts of a batch in order of execution, disposals by what they bring and numbered so; those of one stay as they were matched. */
function executed(parts: Float64Array, first: number, end: number): { readonly part: number; readonly disposal: number }[] {
  const disposals = new Map<number, { worth: number; readonly parts: number[] }>();
  for (let part = first; part < end; part += PART) {
    const number = Math.floor(parts[part + PART_CODE]! / (TERMS * ASSETS_OF));
    const disposal = disposals.get(number) ?? { worth: 0, parts: [] };
    disposal.worth -= parts[part + PART_PROCEEDS]!;
    disposal.parts.push(part);
    disposals.set(number, disposal);
  }
  return [...disposals]
    .sort(([a, { worth }], [b, other]) => byExecution(worth, other.worth, a - b))
    .flatMap(([, of], disposal) => of.parts.map((part) => ({ part, disposal })));
}

/** The indices of a line in one number, in which its subject comes last. */
function codeOf(kind: number, rule: number, taxClass: number, cause: number, provisional: 0 | 1, subject: number): number {
  return kind + RULE * rule + CLASS * taxClass + CAUSE * cause + PROVISIONAL * provisional + SUBJECT * subject;
}
