import { namesOf } from '../core/column.ts';
import { CAUSES } from '../tax/ledger.ts';
import type { FillColumns } from '../result/run-result.ts';
import type { FillPlan } from './fill-plan.ts';

const FIRST_CAPACITY = 256;

// A fill is one row of numbers, one of indices and a tag, so that writing it touches three places in memory.
const NUMBERS = 7;
const TIME = 0;
const QUANTITY = 1;
const REFERENCE = 2;
const PRICE = 3;
const FEE = 4;
const SLIPPAGE = 5;
const REALISED = 6;

const INDICES = 4;
const BAR = 0;
const INSTRUMENT = 1;
const CAUSE = 2;
const FEE_IN_BASE = 3;

/** Names that turn the indices of fills back into words. */
export interface FillNames {
  readonly symbols: readonly string[];
  /** Base coin of each symbol. */
  readonly bases: readonly string[];
  readonly currency: string;
}

/** The fills of a run, as rows that grow by doubling; they become columns and names only in `columns`. */
export class FillLog {
  #count = 0;
  #numbers = new Float64Array(NUMBERS * FIRST_CAPACITY);
  #indices = new Int32Array(INDICES * FIRST_CAPACITY);
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
    this.#reserve(1);
    this.#numbers.set([time, quantity, reference, price, fee, slippage, realised], NUMBERS * this.#count);
    this.#indices.set([bar, instrument, cause, feeInBase ? 1 : 0], INDICES * this.#count);
    this.#count++;
    this.#tags.push(tag);
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
    this.#reserve(to - from);
    const { asset, wanted, reference, price, fee, slippage, tag } = plan;
    const numbers = this.#numbers;
    const indices = this.#indices;
    for (let row = from; row < to; row++) {
      const k = order === null ? row : order[row]!;
      const ordered = wanted[k]!;
      const inCoin = feeInReceived && ordered > 0;
      const into = NUMBERS * this.#count;
      numbers[into + TIME] = time;
      numbers[into + QUANTITY] = ordered;
      numbers[into + REFERENCE] = reference[k]!;
      numbers[into + PRICE] = price[k]!;
      numbers[into + FEE] = inCoin ? fee[k]! / price[k]! : fee[k]!;
      numbers[into + SLIPPAGE] = slippage[k]!;
      numbers[into + REALISED] = 0;
      const at = INDICES * this.#count;
      indices[at + BAR] = bar;
      indices[at + INSTRUMENT] = asset[k]!;
      indices[at + CAUSE] = cause;
      indices[at + FEE_IN_BASE] = inCoin ? 1 : 0;
      this.#tags.push(tag[k]!);
      this.#count++;
    }
  }

  /** The fills as columns of names and numbers. */
  columns({ symbols, bases, currency }: FillNames): FillColumns {
    const instruments = this.#indexColumn(INSTRUMENT);
    const inBase = this.#indexColumn(FEE_IN_BASE);
    const feeIn = instruments.map((instrument, row) => (inBase[row] === 1 ? instrument + 1 : 0));
    return {
      time: this.#numberColumn(TIME),
      bar: this.#indexColumn(BAR),
      symbol: namesOf(instruments, symbols),
      quantity: this.#numberColumn(QUANTITY),
      referencePrice: this.#numberColumn(REFERENCE),
      price: this.#numberColumn(PRICE),
      fee: this.#numberColumn(FEE),
      feeCurrency: namesOf(feeIn, [currency, ...bases]),
      slippage: this.#numberColumn(SLIPPAGE),
      realised: this.#numberColumn(REALISED),
      tag: [...this.#tags],
      cause: namesOf(this.#indexColumn(CAUSE), CAUSES),
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

  #reserve(fills: number): void {
    const capacity = this.#numbers.length / NUMBERS;
    if (this.#count + fills <= capacity) return;
    const length = Math.max(2 * capacity, this.#count + fills);
    const numbers = new Float64Array(NUMBERS * length);
    const indices = new Int32Array(INDICES * length);
    numbers.set(this.#numbers);
    indices.set(this.#indices);
    this.#numbers = numbers;
    this.#indices = indices;
  }
}
