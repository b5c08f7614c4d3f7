import type { LotOrder } from './lot-order.ts';

const NONE = -1;

/** Lots by age: a chain per asset, which new lots join at its end (oldest first) or at its head (newest first). */
export class LotQueue implements LotOrder {
  readonly #newestFirst: boolean;
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  #next = new Int32Array(0);
  #previewed = NONE;

  constructor(assets: number, newestFirst: boolean) {
    this.#newestFirst = newestFirst;
    this.#head = new Int32Array(assets).fill(NONE);
    this.#tail = new Int32Array(assets).fill(NONE);
  }

  add(asset: number, lot: number): void {
    const head = this.#head[asset]!;
    if (head === NONE) {
      this.#next[lot] = NONE;
      this.#head[asset] = lot;
      this.#tail[asset] = lot;
    } else if (this.#newestFirst) {
      this.#next[lot] = head;
      this.#head[asset] = lot;
    } else {
      this.#next[lot] = NONE;
      this.#next[this.#tail[asset]!] = lot;
      this.#tail[asset] = lot;
    }
  }

  first(asset: number): number {
    return this.#head[asset]!;
  }

  removeFirst(asset: number): void {
    this.#head[asset] = this.#next[this.#head[asset]!]!;
  }

  preview(asset: number): void {
    this.#previewed = this.#head[asset]!;
  }

  previewNext(): number {
    const lot = this.#previewed;
    if (lot !== NONE) this.#previewed = this.#next[lot]!;
    return lot;
  }

  reset(capacity: number): void {
    if (capacity !== this.#next.length) this.#next = new Int32Array(capacity);
    this.#head.fill(NONE);
    this.#tail.fill(NONE);
  }
}
