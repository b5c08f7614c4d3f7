const FIRST_CAPACITY = 16;

/**
 * Lots by price, dearest or cheapest first, equal prices by age: a binary heap per asset. Insert and remove cost O(log lots). Lots are indices within
 * their asset; older lots have lower ones.
 */
export class LotHeap {
  readonly #heaps: BinaryHeap[];
  readonly #sign: number;
  /** A copy that the look ahead eats up. */
  readonly #previewed = new BinaryHeap();

  constructor(assets: number, cheapestFirst: boolean) {
    this.#sign = cheapestFirst ? -1 : 1;
    this.#heaps = Array.from({ length: assets }, () => new BinaryHeap());
  }

  /** Enters the youngest lot of an asset, bought at the price (gross per unit) at `at` of a column: doubles that cross a call are boxed. */
  add(asset: number, lot: number, prices: Float64Array, at: number): void {
    this.#heaps[asset]!.push(this.#sign, prices, at, lot);
  }

  /** The lot to be given up next, −1 when there is none. */
  first(asset: number): number {
    return this.#heaps[asset]!.first();
  }

  removeFirst(asset: number): void {
    this.#heaps[asset]!.removeFirst();
  }

  /** Starts a look ahead over the asset's lots, which changes nothing. */
  preview(asset: number): void {
    this.#previewed.copy(this.#heaps[asset]!);
  }

  /** The next lot of the look ahead, −1 at its end. */
  previewNext(): number {
    const lot = this.#previewed.first();
    this.#previewed.removeFirst();
    return lot;
  }

  clear(asset: number): void {
    this.#heaps[asset]!.clear();
  }

  /** Gives every lot of the asset the index that stands in its place in `indices`; their order must stay the same. */
  renumber(asset: number, indices: Int32Array): void {
    this.#heaps[asset]!.renumber(indices);
  }
}

class BinaryHeap {
  #size = 0;
  #prices = new Float64Array(FIRST_CAPACITY);
  #lots = new Int32Array(FIRST_CAPACITY);

  first(): number {
    return this.#size === 0 ? -1 : this.#lots[0]!;
  }

  clear(): void {
    this.#size = 0;
  }

  renumber(indices: Int32Array): void {
    for (let slot = 0; slot < this.#size; slot++) this.#lots[slot] = indices[this.#lots[slot]!]!;
  }

  copy(other: BinaryHeap): void {
    if (this.#lots.length < other.#size) this.#reserve(other.#lots.length);
    this.#size = other.#size;
    for (let slot = 0; slot < this.#size; slot++) {
      this.#prices[slot] = other.#prices[slot]!;
      this.#lots[slot] = other.#lots[slot]!;
    }
  }

  push(sign: number, from: Float64Array, at: number, lot: number): void {
    if (this.#size === this.#lots.length) this.#reserve(2 * this.#size);
    const price = sign * from[at]!;
    const prices = this.#prices;
    const lots = this.#lots;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentPrice = prices[parent]!;
      if (parentPrice > price || (parentPrice === price && lots[parent]! < lot)) break;
      prices[hole] = parentPrice;
      lots[hole] = lots[parent]!;
      hole = parent;
    }
    prices[hole] = price;
    lots[hole] = lot;
  }

  removeFirst(): void {
    if (this.#size === 0) return;
    const size = --this.#size;
    const prices = this.#prices;
    const lots = this.#lots;
    const price = prices[size]!;
    const lot = lots[size]!;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < size) {
        const a = prices[child]!;
        const b = prices[right]!;
        if (b > a || (b === a && lots[right]! < lots[child]!)) child = right;
      }
      const childPrice = prices[child]!;
      if (price > childPrice || (price === childPrice && lot < lots[child]!)) break;
      prices[hole] = childPrice;
      lots[hole] = lots[child]!;
      hole = child;
    }
    prices[hole] = price;
    lots[hole] = lot;
  }

  #reserve(capacity: number): void {
    const prices = new Float64Array(capacity);
    const lots = new Int32Array(capacity);
    prices.set(this.#prices);
    lots.set(this.#lots);
    this.#prices = prices;
    this.#lots = lots;
  }
}
