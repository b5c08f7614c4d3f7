import { GrowingColumn, namesOf } from '../core/column.ts';
import { CAUSES } from './ledger.ts';
import type { GainColumns } from './ledger.ts';
import type { MatchingRule } from './spot-book.ts';

const KINDS = ['spot', 'derivative', 'funding'] as const;

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

/** Gain lines as columns that grow by doubling; indices become names only in `columns`. */
export class GainLines {
  readonly #names: GainNames;
  readonly #kind = new GrowingColumn();
  readonly #subject = new GrowingColumn();
  readonly #acquired = new GrowingColumn();
  readonly #disposed = new GrowingColumn();
  readonly #quantity = new GrowingColumn();
  readonly #proceeds = new GrowingColumn();
  readonly #cost = new GrowingColumn();
  readonly #gain = new GrowingColumn();
  readonly #class = new GrowingColumn();
  readonly #cause = new GrowingColumn();
  readonly #rule: string[] = [];
  readonly #denied = new GrowingColumn();
  readonly #provisional = new GrowingColumn();
  readonly #disposal = new GrowingColumn();
  readonly #lot = new GrowingColumn();

  constructor(names: GainNames) {
    this.#names = names;
  }

  add(line: GainLine): void {
    this.#kind.push(KINDS.indexOf(line.kind));
    this.#subject.push(line.subject);
    this.#acquired.push(line.acquired);
    this.#disposed.push(line.disposed);
    this.#quantity.push(line.quantity);
    this.#proceeds.push(line.proceeds);
    this.#cost.push(line.cost);
    const denied = line.denied ?? 0;
    this.#gain.push(line.proceeds - line.cost + denied);
    this.#class.push(line.taxClass);
    this.#cause.push(line.cause);
    this.#rule.push(line.rule ?? '');
    this.#denied.push(denied);
    this.#provisional.push(line.provisional ? 1 : 0);
    this.#disposal.push(line.disposal ?? NaN);
    this.#lot.push(line.lot ?? NaN);
  }

  columns(): GainColumns {
    const { assets, contracts, classes } = this.#names;
    const kinds = this.#kind.toColumn();
    // Contracts follow the coins in one list of names.
    const subjects = this.#subject.toColumn().map((subject, row) => (kinds[row] === 0 ? subject : assets.length + subject));
    return {
      asset: namesOf(subjects, [...assets, ...contracts]),
      kind: namesOf(kinds, KINDS),
      acquired: this.#acquired.toColumn(),
      disposed: this.#disposed.toColumn(),
      quantity: this.#quantity.toColumn(),
      proceeds: this.#proceeds.toColumn(),
      cost: this.#cost.toColumn(),
      gain: this.#gain.toColumn(),
      class: namesOf(this.#class.toColumn(), classes),
      cause: namesOf(this.#cause.toColumn(), CAUSES),
      rule: this.#rule,
      denied: this.#denied.toColumn(),
      provisional: this.#provisional.toColumn(),
      disposal: this.#disposal.toColumn(),
      lot: this.#lot.toColumn(),
    };
  }
}
