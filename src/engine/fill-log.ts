import { namesOf } from '../core/column.ts';
import { RowLog } from '../core/row-log.ts';
import { CAUSES } from '../tax/ledger.ts';
import type { FillColumns } from '../result/run-result.ts';
import type { FillPlan } from './fill-plan.ts';

// The numbers of a row; names are indices.
const TIME = 0;
const QUANTITY = 1;
const REFERENCE = 2;
const PRICE = 3;
const FEE = 4;
const SLIPPAGE = 5;
const REALISED = 6;
const BAR = 7;
const INSTRUMENT = 8;
const CAUSE = 9;
const FEE_IN_BASE = 10;
const TAG = 11;
const WIDTH = 12;

/** Names that turn the indices of fills back into words. */
export interface FillNames {
  readonly symbols: readonly string[];
  /** Base coin of each symbol. */
  readonly bases: readonly string[];
  readonly currency: string;
}

/** The fills of a run; they become columns and names only in `columns`. */
export class FillLog {
  readonly #rows = new RowLog(WIDTH);
  /** Tags in order of use; fills of one decision share theirs. */
  readonly #tags: string[] = [];

  /** Writes one fill; `fee` is in base units when it was kept from the coin bought. */
  write(
    time: number,
    bar: number,
    instrument: number,
    quantity: number,
    reference: number,
    price: number,
    fee: number,
    feeInBase: boolean,
    slippage: number,
    realised: number,
    tag: string,
    cause: number,
  ): void {
    const at = this.#rows.append();
    const { chunk } = this.#rows;
    chunk[at + TIME] = time;
    chunk[at + QUANTITY] = quantity;
    chunk[at + REFERENCE] = reference;
    chunk[at + PRICE] = price;
    chunk[at + FEE] = fee;
    chunk[at + SLIPPAGE] = slippage;
    chunk[at + REALISED] = realised;
    chunk[at + BAR] = bar;
    chunk[at + INSTRUMENT] = instrument;
    chunk[at + CAUSE] = cause;
    chunk[at + FEE_IN_BASE] = feeInBase ? 1 : 0;
    chunk[at + TAG] = this.#tagged(tag);
  }

  /**
   * Writes the spot fills of plan rows [from, to).
   *
   * @param order - the rows in the order in which they are to be written; null: as they stand
   * @param feeInReceived - whether buys pay their fee in the coin bought
   */
  writeSpot(
    plan: FillPlan,
    from: number,
    to: number,
    order: Int32Array | null,
    time: number,
    bar: number,
    cause: number,
    feeInReceived: boolean,
  ): void {
    const { asset, wanted, reference, price, fee, slippage, tag } = plan;
    const rows = this.#rows;
    // Written out once more: doubles that cross a call are boxed.
    for (let row = from; row < to; row++) {
      const k = order === null ? row : order[row]!;
      const inCoin = feeInReceived && wanted[k]! > 0;
      const at = rows.append();
      const { chunk } = rows;
      chunk[at + TIME] = time;
      chunk[at + QUANTITY] = wanted[k]!;
      chunk[at + REFERENCE] = reference[k]!;
      chunk[at + PRICE] = price[k]!;
      chunk[at + FEE] = inCoin ? fee[k]! / price[k]! : fee[k]!;
      chunk[at + SLIPPAGE] = slippage[k]!;
      chunk[at + REALISED] = 0;
      chunk[at + BAR] = bar;
      chunk[at + INSTRUMENT] = asset[k]!;
      chunk[at + CAUSE] = cause;
      chunk[at + FEE_IN_BASE] = inCoin ? 1 : 0;
      chunk[at + TAG] = this.#tagged(tag[k]!);
    }
  }

  /** The fills as columns of names and numbers. */
  columns({ symbols, bases, currency }: FillNames): FillColumns {
    const rows = this.#rows;
    const instruments = rows.column(INSTRUMENT);
    const inBase = rows.column(FEE_IN_BASE);
    const feeIn = instruments.map((instrument, row) => (inBase[row] === 1 ? instrument + 1 : 0));
    return {
      time: rows.column(TIME),
      bar: Int32Array.from(rows.column(BAR)),
      symbol: namesOf(instruments, symbols),
      quantity: rows.column(QUANTITY),
      referencePrice: rows.column(REFERENCE),
      price: rows.column(PRICE),
      fee: rows.column(FEE),
      feeCurrency: namesOf(feeIn, [currency, ...bases]),
      slippage: rows.column(SLIPPAGE),
      realised: rows.column(REALISED),
      tag: namesOf(rows.column(TAG), this.#tags),
      cause: namesOf(rows.column(CAUSE), CAUSES),
    };
  }

  #tagged(tag: string): number {
    const last = this.#tags.length - 1;
    return last >= 0 && this.#tags[last] === tag ? last : this.#tags.push(tag) - 1;
  }
}
