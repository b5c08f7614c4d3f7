const WIDEST = 8;

/** Columns of one length in one buffer, all zero: of small columns it is the number of buffers that costs, not their size. */
export class Slab {
  readonly #buffer: ArrayBuffer;
  readonly #length: number;
  #next = 0;

  /** @param columns - how many may be taken, of any type */
  constructor(columns: number, length: number) {
    this.#buffer = new ArrayBuffer(columns * WIDEST * length);
    this.#length = length;
  }

  doubles(): Float64Array {
    return new Float64Array(this.#buffer, this.#take(), this.#length);
  }

  ints(): Int32Array {
    return new Int32Array(this.#buffer, this.#take(), this.#length);
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer, this.#take(), this.#length);
  }

  #take(): number {
    const at = this.#next;
    this.#next = at + WIDEST * this.#length;
    return at;
  }
}
