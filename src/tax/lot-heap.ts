import { priceRank } from './price-rank.ts';

const FIRST_CAPACITY = 16;

/**
 * Lots by price, dearest or cheapest first, prices equal but for rounding by age: a binary heap per asset, all in one buffer. Insert and
 * remove cost O(log lots). Lots are indices within their asset; older lots have lower ones.
 */
export class LotHeap {
  readonly #sign: number;
  readonly #size: Int32Array;
  #capacity = FIRST_CAPACITY;
  /** Signed prices and lots, each asset's in a stretch of its own, the first to be given up on top. */
  #prices: Float64Array;
  #lots: Int32Array;
  /** A copy that the look ahead eats up. */
  #previewed: LotHeap | null = null;

  constructor(assets: number, cheapestFirst: boolean) {
    this.#sign = cheapestFirst ? -1 : 1;
    this.#size = new Int32Array(assets);
    this.#prices = new Float64Array(FIRST_CAPACITY * assets);
    this.#lots = new Int32Array(FIRST_CAPACITY * assets);
  }

  /** Enters the youngest lot of an asset, bought at the price (gross per unit) at `at` of a column: doubles that cross a call are boxed. */
  add(asset: number, lot: number, column: Float64Array, at: number): void {
    if (this.#size[asset] === this.#capacity) this.#double();
    const size = this.#size[asset]!;
    this.#size[asset] = size + 1;
    this.#rise(this.#capacity * asset, size, this.#sign * priceRank(column[at]!), lot);
  }

  /** The lot to be given up next, −1 when there is none. */
  first(asset: number): number {
    return this.#size[asset] === 0 ? -1 : this.#lots[this.#capacity * asset]!;
  }

  removeFirst(asset: number): void {
    const size = this.#size[asset]! - 1;
    if (size < 0) return;
    this.#size[asset] = size;
    const base = this.#capacity * asset;
    const prices = this.#prices;
    const lots = this.#lots;
    // The hole sinks to the bottom along the larger children, which needs no comparison that depends on chance; there the last lot fills it.
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      const left = base + child;
      const a = prices[left]!;
      const b = child + 1 < size ? prices[left + 1]! : -Infinity;
      child += a === b ? +(lots[left + 1]! < lots[left]!) : +(b > a);
      prices[base + hole] = prices[base + child]!;
      lots[base + hole] = lots[base + child]!;
      hole = child;
    }
    this.#rise(base, hole, prices[base + size]!, lots[base + size]!);
  }

  /** Starts a look ahead over the asset's lots, which changes nothing. */
  preview(asset: number): void {
    const copy = (this.#previewed ??= new LotHeap(1, false));
    const size = this.#size[asset]!;
    while (copy.#capacity < size) copy.#double();
    copy.#size[0] = size;
    const base = this.#capacity * asset;
    copy.#prices.set(this.#prices.subarray(base, base + size));
    copy.#lots.set(this.#lots.subarray(base, base + size));
  }

  /** The next lot of the look ahead, −1 at its end. */
  previewNext(): number {
    const lot = this.#previewed!.first(0);
    this.#previewed!.removeFirst(0);
    return lot;
  }

  clear(asset: number): void {
    this.#size[asset] = 0;
  }

  /** Gives every lot of the asset the index that stands in its place in `indices`; their order must stay the same. */
  renumber(asset: number, indices: Int32Array): void {
    const base = this.#capacity * asset;
    for (let slot = base; slot < base + this.#size[asset]!; slot++) this.#lots[slot] = indices[this.#lots[slot]!]!;
  }

  /** Puts a lot into the hole at a slot, or above it. */
  #rise(base: number, slot: number, price: number, lot: number): void {
    const prices = this.#prices;
    const lots = this.#lots;
    let hole = slot;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = prices[base + parent]!;
      if (above > price || (above === price && lots[base + parent]! < lot)) break;
      prices[base + hole] = above;
      lots[base + hole] = lots[base + parent]!;
      hole = parent;
    }
    prices[base + hole] = price;
    lots[base + hole] = lot;
  }

  #double(): void {
    const from = this.#capacity;
    const [prices, lots] = [this.#prices, this.#lots];
    this.#capacity = 2 * from;
    this.#prices = new Float64Array(2 * prices.length);
    this.#lots = new Int32Array(2 * lots.length);
    for (let asset = 0; asset < this.#size.length; asset++) {
      this.#prices.set(prices.subarray(from * asset, from * (asset + 1)), this.#capacity * asset);
      this.#lots.set(lots.subarray(from * asset, from * (asset + 1)), this.#capacity * asset);
    }
  }
}
