import { Slab } from '../core/slab.ts';
import { TRADE, UNITS, byExecution, roomForTrades } from '../tax/spot-trades.ts';
import type { SpotTrades } from '../tax/spot-trades.ts';
import type { Account } from './account.ts';
import { NO_LOTS } from './order-book.ts';
import { FLOW_BEFORE, QUANTITY_BEFORE } from './plan-rows.ts';

const FIRST_ROWS = 32;
const COLUMNS = 14;

// Plans of runs that are over.
const spare: FillPlan[] = [];

/** A plan for one run, of what another gave back where there is one: what it holds stands for one moment only. */
export function takePlan(): FillPlan {
  return spare.pop() ?? new FillPlan();
}

/** Gives a plan back that nothing refers to any more. */
export function givePlan(plan: FillPlan): void {
  spare.push(plan);
}

/**
 * The orders of one fill moment, resolved to units, struct of arrays. Rows `[0, planned)` are orders; the last row is kept for a fill that
 * comes about otherwise.
 */
export class FillPlan {
  /** What the tax ledger reads, row by row as the columns. */
  trades!: SpotTrades;
  asset!: Int32Array;
  /** Signed units ordered. */
  wanted!: Float64Array;
  gross!: Float64Array;
  fee!: Float64Array;
  reference!: Float64Array;
  price!: Float64Array;
  /** Cost against the reference price, account currency. */
  slippage!: Float64Array;
  /** Units of each order of a batch, where the venue rounds them. */
  rounded!: Float64Array;
  flags!: Uint8Array;
  leverage!: Float64Array;
  /** 1 where a contract order makes its position smaller. */
  reduces!: Uint8Array;
  ranked!: Int32Array;
  tag: string[] = [];
  /** Lots that a sale takes first. */
  lots: (readonly number[])[] = [];
  /** Order of execution: class, then key, then submission. */
  #class!: Uint8Array;
  #key!: Float64Array;
  #rows = 0;

  constructor() {
    this.#allocate(FIRST_ROWS);
  }

  get spareRow(): number {
    return this.#rows - 1;
  }

  /** Makes room for `orders` rows and the spare one. */
  reserve(orders: number): void {
    if (orders >= this.#rows) this.#allocate(2 * orders);
  }

  set(
    row: number,
    asset: number,
    wanted: number,
    reference: number,
    flags: number,
    leverage: number,
    tag: string,
    lots = NO_LOTS,
  ): void {
    this.asset[row] = asset;
    this.wanted[row] = wanted;
    this.reference[row] = reference;
    this.flags[row] = flags;
    this.leverage[row] = leverage;
    this.tag[row] = tag;
    this.lots[row] = lots;
  }

  /** Undoes what rows [from, to) of a batch booked. */
  putBack(from: number, to: number, { quantity, flow }: Pick<Account, 'quantity' | 'flow'>): void {
    const { assets, rows } = this.trades;
    for (let row = from; row < to; row++) {
      const trade = TRADE * row;
      quantity[assets[row]!] = rows[trade + QUANTITY_BEFORE]!;
      flow[assets[row]!] = rows[trade + FLOW_BEFORE]!;
    }
  }

  /** Writes the columns that a strategy hears of for rows [from, to) of a batch: filled at a bar's prices and half the spread. */
  priceBatch(from: number, to: number, prices: Float64Array, bars: number, bar: number, halfSpread: Float64Array): void {
    const { trades, asset, wanted, reference, price } = this;
    for (let row = from; row < to; row++) {
      const j = trades.assets[row]!;
      const units = trades.rows[TRADE * row + UNITS]!;
      const base = prices[j * bars + bar]!;
      asset[row] = j;
      wanted[row] = units;
      reference[row] = base;
      price[row] = base * (1 + (2 * +(units > 0) - 1) * halfSpread[j]!);
    }
  }

  /** Units planned so far of one instrument, signed. */
  plannedUnits(asset: number, planned: number): number {
    let units = 0;
    for (let row = 0; row < planned; row++) if (this.asset[row] === asset) units += this.wanted[row]!;
    return units;
  }

  /** What orders planned so far leave of a position before spot trades: openings come after it. */
  leftToReduce(asset: number, held: number, planned: number): number {
    let left = held;
    for (let row = 0; row < planned; row++) if (this.asset[row] === asset && this.reduces[row] === 1) left += this.wanted[row]!;
    return left;
  }

  /**
   * Puts rows [from, to) into the market's order (accounting.md, section 3): 3 contract reductions, 4 spot sells (largest first), 5 spot
   * buys (smallest first), 6 contract openings; ties as submitted.
   */
  sort(from: number, to: number, spotCount: number): void {
    for (let row = from; row < to; row++) {
      const j = this.asset[row]!;
      const wanted = this.wanted[row]!;
      const spot = j < spotCount;
      this.#key[row] = spot ? wanted * this.reference[row]! : 0;
      if (spot) this.#class[row] = wanted < 0 ? 4 : 5;
      else this.#class[row] = this.reduces[row] === 1 ? 3 : 6;
    }
    for (let row = from + 1; row < to; row++) {
      for (let k = row; k > from && this.#before(k, k - 1); k--) this.#swap(k, k - 1);
    }
  }

  /**
   * Rows [from, to) in the order in which the market executes spot fills: sells, largest first, then buys, smallest
   * first; ties as submitted, which rows of sells are in reverse. For fills that were booked in another order because order changed nothing.
   */
  rank(from: number, to: number): Int32Array {
    const { ranked, wanted, reference } = this;
    const key = this.#key;
    for (let row = from; row < to; row++) {
      const worth = wanted[row]! * reference[row]!;
      key[row] = worth;
      let place = row - from;
      for (; place > 0 && byExecution(worth, key[ranked[place - 1]!]!, 1) < 0; place--) ranked[place] = ranked[place - 1]!;
      ranked[place] = row;
    }
    return ranked.subarray(0, to - from);
  }

  #allocate(rows: number): void {
    const columns = new Slab(COLUMNS, rows);
    this.#rows = rows;
    this.trades = roomForTrades(rows);
    this.asset = columns.ints();
    this.wanted = columns.doubles();
    this.gross = columns.doubles();
    this.fee = columns.doubles();
    this.reference = columns.doubles();
    this.price = columns.doubles();
    this.slippage = columns.doubles();
    this.rounded = columns.doubles();
    this.flags = columns.bytes();
    this.leverage = columns.doubles();
    this.reduces = columns.bytes();
    this.ranked = columns.ints();
    this.#class = columns.bytes();
    this.#key = columns.doubles();
    this.tag = new Array<string>(rows).fill('');
    this.lots = new Array<readonly number[]>(rows).fill(NO_LOTS);
  }

  #before(a: number, b: number): boolean {
    const classes = this.#class[a]! - this.#class[b]!;
    return classes < 0 || (classes === 0 && this.#key[a]! < this.#key[b]!);
  }

  #swap(a: number, b: number): void {
    for (const column of [
      this.asset,
      this.wanted,
      this.reference,
      this.flags,
      this.leverage,
      this.reduces,
      this.#class,
      this.#key,
    ]) {
      const held = column[a]!;
      column[a] = column[b]!;
      column[b] = held;
    }
    const tag = this.tag[a]!;
    this.tag[a] = this.tag[b]!;
    this.tag[b] = tag;
    const lots = this.lots[a]!;
    this.lots[a] = this.lots[b]!;
    this.lots[b] = lots;
  }
}
