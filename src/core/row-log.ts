const FIRST_ROWS = 64;
const MOST_ROWS = 2048;

/**
 * Rows of numbers that are appended without end, one place in memory a row. They lie in chunks, each twice as long as the last up to a
 * limit, so that nothing written is ever copied; columns are made of them afterwards.
 */
export class RowLog {
  /** Rows written. */
  count = 0;
  /** The chunk that `append` made room in. */
  chunk: Float64Array;
  readonly #width: number;
  readonly #full: Float64Array[] = [];
  #next = 0;

  /** @param width - numbers per row */
  constructor(width: number) {
    this.#width = width;
    this.chunk = new Float64Array(width * FIRST_ROWS);
  }

  /** Adds a row and returns where in `chunk` it begins; all its numbers are the caller's to write. */
  append(): number {
    if (this.#next === this.chunk.length) this.#open();
    const at = this.#next;
    this.#next = at + this.#width;
    this.count++;
    return at;
  }

  /** One number of every row, in order. */
  column(field: number): Float64Array {
    const column = new Float64Array(this.count);
    let row = 0;
    for (const chunk of [...this.#full, this.chunk]) {
      for (let at = field; at < chunk.length && row < column.length; at += this.#width) column[row++] = chunk[at]!;
    }
    return column;
  }

  #open(): void {
    this.#full.push(this.chunk);
    this.chunk = new Float64Array(Math.min(2 * this.chunk.length, this.#width * MOST_ROWS));
    this.#next = 0;
  }
}
