/**
 * What `amount` means: units to trade (market, limit), a share of equity, the units to end up with, or (roll) the contract to end up in
 * with what is held; the last three become units at the fill.
 */
export const ORDER = { market: 0, limit: 1, weight: 2, target: 3, roll: 4 } as const;

/** Bits of an order's flags; `rested`: a limit that has been in the book for a bar; `roll`: a leg of one. */
export const FLAG = { reduceOnly: 1, rested: 2, roll: 4 } as const;

const FIRST_CAPACITY = 32;
const NO_NUMBERS = new Float64Array(0);
const NO_INDICES = new Int32Array(0);
const NO_BYTES = new Uint8Array(0);
/** An order that leaves the choice of lots to the method. */
export const NO_LOTS: readonly number[] = [];

/**
 * Orders that wait for the next fill, struct of arrays: a strategy that trades every bar allocates nothing.
 * Rows are compacted in place, in order of submission; there is no room for any before the first.
 */
export class OrderBook {
  /** Waiting rows. */
  count = 0;
  /** Weights of a lone `targetWeights` decision, which needs no rows: assets, weights, one tag. Any other order spills them into rows. */
  batch = 0;
  batchAsset = NO_INDICES;
  batchWeight = NO_NUMBERS;
  batchTag = '';
  #batchId = 0;
  /** The next id. */
  nextId = 1;
  /** What `cancel` takes; the weights of one decision share one. */
  id = NO_INDICES;
  kind = NO_BYTES;
  instrument = NO_INDICES;
  amount = NO_NUMBERS;
  price = NO_NUMBERS;
  barsLeft = NO_NUMBERS;
  leverage = NO_NUMBERS;
  /** Bits of FLAG. */
  flags = NO_BYTES;
  tag: string[] = [];
  /** Lots that a sale takes first. */
  lots: (readonly number[])[] = [];

  add(
    kind: number,
    instrument: number,
    amount: number,
    price: number,
    barsLeft: number,
    leverage: number,
    flags: number,
    tag: string,
    lots = NO_LOTS,
    id = this.takeId(),
  ): number {
    if (this.batch > 0) this.spill();
    if (this.count === this.id.length) this.#grow();
    const row = this.count++;
    this.id[row] = id;
    this.kind[row] = kind;
    this.instrument[row] = instrument;
    this.amount[row] = amount;
    this.price[row] = price;
    this.barsLeft[row] = barsLeft;
    this.leverage[row] = leverage;
    this.flags[row] = flags;
    this.tag[row] = tag;
    this.lots[row] = lots;
    return id;
  }

  /** Adds one weight of the decision with an id. */
  addWeight(asset: number, weight: number, barsLeft: number, tag: string, id: number): void {
    this.add(ORDER.weight, asset, weight, NaN, barsLeft, 1, 0, tag, NO_LOTS, id);
  }

  /** An id that no order has. */
  takeId(): number {
    return this.nextId++;
  }

  /** Starts a batch of at most `most` target weights; only an empty book takes one. Returns its id. */
  startBatch(tag: string, most: number): number {
    if (this.batchAsset.length < most) this.#growBatch(most);
    this.batchTag = tag;
    return (this.#batchId = this.takeId());
  }

  /** Ends a batch whose first `count` assets and weights have been written. */
  endBatch(count: number): void {
    this.batch = count;
  }

  /** The last batch again, under another tag; its assets and weights still stand. */
  repeatBatch(tag: string, count: number): number {
    this.batchTag = tag;
    this.batch = count;
    return (this.#batchId = this.takeId());
  }

  /** Turns the batch into rows, for whatever cannot treat it as one. */
  spill(): void {
    const weights = this.batch;
    this.batch = 0;
    for (let k = 0; k < weights; k++) {
      this.addWeight(this.batchAsset[k]!, this.batchWeight[k]!, Infinity, this.batchTag, this.#batchId);
    }
  }

  /** Whether an order of this kind waits in a row. */
  holds(kind: number): boolean {
    for (let row = 0; row < this.count; row++) if (this.kind[row] === kind) return true;
    return false;
  }

  /** Sum of waiting market and limit orders of an instrument in rows [from, to), in units. */
  pendingUnits(instrument: number, from: number, to: number): number {
    let units = 0;
    for (let row = from; row < to; row++) {
      const kind = this.kind[row]!;
      if (this.instrument[row] === instrument && (kind === ORDER.market || kind === ORDER.limit)) units += this.amount[row]!;
    }
    return units;
  }

  /** Drops waiting targets, target weights and rolls of an instrument: a newer one replaces them. */
  dropTargets(instrument: number): void {
    if (this.batch > 0) this.spill();
    for (let row = this.count - 1; row >= 0; row--) {
      if (this.instrument[row] === instrument && this.kind[row]! >= ORDER.weight) this.remove(row);
    }
  }

  /** Drops what still waits of an order, or of a decision by weights; false where nothing does. */
  cancel(id: number): boolean {
    if (this.batch > 0) this.spill();
    const waiting = this.count;
    for (let row = waiting - 1; row >= 0; row--) if (this.id[row] === id) this.remove(row);
    return this.count < waiting;
  }

  remove(row: number): void {
    this.count--;
    for (let k = row; k < this.count; k++) this.copy(k + 1, k);
  }

  copy(from: number, to: number): void {
    this.id[to] = this.id[from]!;
    this.kind[to] = this.kind[from]!;
    this.instrument[to] = this.instrument[from]!;
    this.amount[to] = this.amount[from]!;
    this.price[to] = this.price[from]!;
    this.barsLeft[to] = this.barsLeft[from]!;
    this.leverage[to] = this.leverage[from]!;
    this.flags[to] = this.flags[from]!;
    this.tag[to] = this.tag[from]!;
    this.lots[to] = this.lots[from]!;
  }

  #growBatch(length: number): void {
    this.batchAsset = new Int32Array(length);
    this.batchWeight = new Float64Array(length);
  }

  #grow(): void {
    const length = Math.max(FIRST_CAPACITY, 2 * this.id.length);
    const wider = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.id = wider(this.id, new Int32Array(length));
    this.kind = wider(this.kind, new Uint8Array(length));
    this.instrument = wider(this.instrument, new Int32Array(length));
    this.amount = wider(this.amount, new Float64Array(length));
    this.price = wider(this.price, new Float64Array(length));
    this.barsLeft = wider(this.barsLeft, new Float64Array(length));
    this.leverage = wider(this.leverage, new Float64Array(length));
    this.flags = wider(this.flags, new Uint8Array(length));
  }
}
