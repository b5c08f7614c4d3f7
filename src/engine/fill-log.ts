import { namesOf } from '../core/column.ts';
import { MergedRows, RowLog } from '../core/row-log.ts';
import { CAUSES } from '../tax/ledger.ts';
import { TRADE, UNITS, byExecution } from '../tax/spot-trades.ts';
import type { SpotTrades } from '../tax/spot-trades.ts';
import type { FillColumns } from '../result/run-result.ts';
import {
  BATCH_AFTER,
  BATCH_FILLS,
  BATCH_PLACE,
  BATCH_TIME,
  BATCH_WIDTH,
  CAUSES_OF,
  CODE,
  FEE,
  FEES_IN,
  ITEM_INSTRUMENT,
  ITEM_UNITS,
  ITEM_WIDTH,
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

/** What the fills of a batch pay: a bar's prices, half the spread and the taker's fee in cash; fractions per instrument. */
export interface BatchPricing {
  /** Instrument by instrument, bar by bar. */
  readonly prices: Float64Array;
  /** Bars per instrument, and the one that the run begins with. */
  readonly bars: number;
  readonly first: number;
  readonly halfSpread: Float64Array;
  readonly taker: Float64Array;
}

/** Spot fills that were booked together, batch after batch: the fills of batch `b` are those in [start[b], start[b + 1]). */
export interface BatchFills {
  readonly bar: Int32Array;
  readonly start: Int32Array;
  readonly instrument: Int32Array;
  readonly units: Float64Array;
  /** Price that each fill was decided on. */
  readonly reference: Float64Array;
}

/**
 * The fills of a run; they become columns and names only in `columns`. Those of a batch are instrument and units: what they paid
 * follows from the bar.
 */
export class FillLog {
  readonly #pricing: BatchPricing;
  readonly #rows = new RowLog(WIDTH);
  readonly #batches = new RowLog(BATCH_WIDTH);
  readonly #items = new RowLog(ITEM_WIDTH);
  /** Tags in order of use; fills of one decision share theirs. */
  readonly #tags: string[] = [];

  constructor(pricing: BatchPricing) {
    this.#pricing = pricing;
  }

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
    chunk[at + CODE] = (instrument * CAUSES_OF + cause) * FEES_IN + (feeInBase ? 1 : 0);
  }

  /**
   * Writes rows [from, to) of a batch that a strategy decided. Columns have them in the order in which the market executes spot fills: sells,
   * largest first, then buys, smallest first.
   */
  writeBatch(trades: SpotTrades, from: number, to: number, time: number, bar: number, tag: string): void {
    const header = this.#batches.append();
    const { chunk: headers } = this.#batches;
    headers[header + BATCH_TIME] = time;
    headers[header + BATCH_PLACE] = bar * TAGS + this.#tagged(tag);
    headers[header + BATCH_FILLS] = to - from;
    headers[header + BATCH_AFTER] = this.#rows.count;
    let item = this.#items.append(to - from);
    const { chunk } = this.#items;
    const { assets, rows } = trades;
    for (let row = from; row < to; row++, item += ITEM_WIDTH) {
      chunk[item + ITEM_INSTRUMENT] = assets[row]!;
      chunk[item + ITEM_UNITS] = rows[TRADE * row + UNITS]!;
    }
  }

  /** The fills of all batches, in the order in which they were booked. */
  batches(): BatchFills {
    const { prices, bars, first } = this.#pricing;
    const bar = Int32Array.from(this.#batches.column(BATCH_PLACE), (packed) => Math.floor(packed / TAGS));
    const counts = this.#batches.column(BATCH_FILLS);
    const start = new Int32Array(counts.length + 1);
    counts.forEach((count, batch) => (start[batch + 1] = start[batch]! + count));
    const instrument = Int32Array.from(this.#items.column(ITEM_INSTRUMENT));
    const reference = new Float64Array(instrument.length);
    for (let batch = 0; batch < bar.length; batch++) {
      for (let item = start[batch]!; item < start[batch + 1]!; item++) {
        reference[item] = prices[instrument[item]! * bars + first + bar[batch]!]!;
      }
    }
    return { bar, start, instrument, units: this.#items.column(ITEM_UNITS), reference };
  }

  /** The fills as columns of names and numbers. */
  columns({ symbols, bases, currency }: FillNames): FillColumns {
    const fills = this.#inOrder();
    const column = (field: number): Float64Array => fills.column(field);
    const place = column(PLACE);
    const code = column(CODE);
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

  /** All fills as rows, in the order of execution: each batch at its place among those that were booked by themselves. */
  #inOrder(): MergedRows {
    const after = this.#batches.column(BATCH_AFTER);
    const time = this.#batches.column(BATCH_TIME);
    const place = this.#batches.column(BATCH_PLACE);
    const batches = this.batches();
    const merged = new MergedRows(this.#rows, WIDTH, batches.units.length);
    const { rows } = merged;
    for (let batch = 0; batch < after.length; batch++) {
      merged.takeUpTo(after[batch]);
      for (const item of executed(batches, batches.start[batch]!, batches.start[batch + 1]!)) {
        this.#priceItem(batches, item, rows, merged.at);
        rows[merged.at + TIME] = time[batch]!;
        rows[merged.at + PLACE] = place[batch]!;
        merged.at += WIDTH;
      }
    }
    merged.takeUpTo();
    return merged;
  }

  /** What a fill of a batch paid, in the arithmetic in which it was booked. */
  #priceItem({ instrument, units, reference }: BatchFills, item: number, rows: Float64Array, at: number): void {
    const { halfSpread, taker } = this.#pricing;
    const j = instrument[item]!;
    const bought = units[item]!;
    const base = reference[item]!;
    const slippage = Math.abs(bought) * base * halfSpread[j]!;
    rows[at + QUANTITY] = bought;
    rows[at + REFERENCE] = base;
    rows[at + PRICE] = base * (bought > 0 ? 1 + halfSpread[j]! : 1 - halfSpread[j]!);
    rows[at + FEE] = Math.abs(bought * base + slippage) * taker[j]!;
    rows[at + SLIPPAGE] = slippage;
    rows[at + REALISED] = 0;
    rows[at + CODE] = j * CAUSES_OF * FEES_IN;
  }

  #tagged(tag: string): number {
    const last = this.#tags.length - 1;
    return last >= 0 && this.#tags[last] === tag ? last : this.#tags.push(tag) - 1;
  }
}

/** Items [from, to) of a batch by signed worth. */
function executed({ units, reference }: BatchFills, from: number, to: number): Int32Array {
  const worth = (item: number): number => units[item]! * reference[item]!;
  return Int32Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => byExecution(worth(a), worth(b), a - b));
}
