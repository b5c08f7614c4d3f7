import { namesOf } from '../core/column.ts';
import { RowLog } from '../core/row-log.ts';
import { CAUSES } from '../tax/ledger.ts';
import { FEE as TRADE_FEE, TRADE, TRADED, UNITS, byExecution } from '../tax/spot-trades.ts';
import type { SpotTrades } from '../tax/spot-trades.ts';
import type { FillColumns } from '../result/run-result.ts';
import {
  BATCHES,
  CAUSES_OF,
  CODE,
  FEE,
  FEES_IN,
  PLACE,
  PRICE,
  QUANTITY,
  REALISED,
  REFERENCE,
  SLIPPAGE,
  TAGS,
  TIME,
  WIDTH,
} from './fill-rows.ts';

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
    chunk[at + PLACE] = bar * TAGS + this.#tagged(tag);
    chunk[at + CODE] = ((instrument * CAUSES_OF + cause) * FEES_IN + (feeInBase ? 1 : 0)) * BATCHES;
  }

  /**
   * Writes rows [from, to) of a batch that a strategy decided: filled at a bar's prices and half the spread, fees in cash. Columns have them
   * in the order in which the market executes spot fills: sells, largest first, then buys, smallest first.
   *
   * @param prices - of all instruments and bars of the market; `at` is the bar's place in each column
   */
  writeBatch(
    trades: SpotTrades,
    from: number,
    to: number,
    prices: Float64Array,
    bars: number,
    at: number,
    halfSpread: Float64Array,
    time: number,
    bar: number,
    tag: string,
  ): void {
    const place = bar * TAGS + this.#tagged(tag);
    let row = this.#rows.append(to - from);
    const { chunk } = this.#rows;
    for (let trade = TRADE * from; trade < TRADE * to; trade += TRADE, row += WIDTH) {
      const instrument = trades[trade + TRADED]! | 0;
      const units = trades[trade + UNITS]!;
      const reference = prices[instrument * bars + at]!;
      const spread = halfSpread[instrument]!;
      chunk[row + TIME] = time;
      chunk[row + QUANTITY] = units;
      chunk[row + REFERENCE] = reference;
      chunk[row + PRICE] = reference * (1 + (2 * +(units > 0) - 1) * spread);
      chunk[row + FEE] = trades[trade + TRADE_FEE]!;
      chunk[row + SLIPPAGE] = Math.abs(units) * reference * spread;
      chunk[row + REALISED] = 0;
      chunk[row + PLACE] = place;
      chunk[row + CODE] = instrument * CAUSES_OF * FEES_IN * BATCHES + 1;
    }
  }

  /** The fills as columns of names and numbers. */
  columns({ symbols, bases, currency }: FillNames): FillColumns {
    const rows = this.#rows;
    const order = this.#executed();
    const column = (field: number): Float64Array => {
      const written = rows.column(field);
      return written.map((_, row) => written[order[row]!]!);
    };
    const place = column(PLACE);
    const code = column(CODE).map((packed) => Math.floor(packed / BATCHES));
    const instrument = code.map((packed) => Math.floor(packed / (CAUSES_OF * FEES_IN)));
    const feeIn = code.map((packed, row) => (packed % FEES_IN === 1 ? instrument[row]! + 1 : 0));
    const cause = code.map((packed) => Math.floor(packed / FEES_IN) % CAUSES_OF);
    return {
      time: column(TIME),
      bar: Int32Array.from(place, (packed) => Math.floor(packed / TAGS)),
      symbol: namesOf(instrument, symbols),
      quantity: column(QUANTITY),
      referencePrice: column(REFERENCE),
      price: column(PRICE),
      fee: column(FEE),
      feeCurrency: namesOf(feeIn, [currency, ...bases]),
      slippage: column(SLIPPAGE),
      realised: column(REALISED),
      tag: namesOf(
        place.map((packed) => packed % TAGS),
        this.#tags,
      ),
      cause: namesOf(cause, CAUSES),
    };
  }

  /** The rows in order of execution: those of a batch by signed worth. */
  #executed(): Int32Array {
    const code = this.#rows.column(CODE);
    const place = this.#rows.column(PLACE);
    const quantity = this.#rows.column(QUANTITY);
    const worth = this.#rows.column(REFERENCE).map((reference, row) => quantity[row]! * reference);
    const order = Int32Array.from(code, (_, row) => row);
    const batched = (row: number): boolean => row < code.length && code[row]! % BATCHES === 1;
    for (let from = 0; from < code.length;) {
      let to = from + 1;
      if (batched(from)) while (batched(to) && place[to] === place[from]) to++;
      if (to > from + 1) order.subarray(from, to).sort((a, b) => byExecution(worth[a]!, worth[b]!, a - b));
      from = to;
    }
    return order;
  }

  #tagged(tag: string): number {
    const last = this.#tags.length - 1;
    return last >= 0 && this.#tags[last] === tag ? last : this.#tags.push(tag) - 1;
  }
}
