const FIRST_ROWS = 64;
const MOST_ROWS = 1024;

/**
 * Rows of numbers that are appended without end, one place in memory a row. They lie in chunks, each twice as long as the last up to a
 * limit, so that nothing written is ever copied; columns are made of them afterwards.
 */
export class RowLog {
  /** Rows written. */
  count = 0;
  /** The chunk that `append` or `makeRoom` made room in, and where in it the next row begins. */
  chunk: Float64Array;
  next = 0;
  readonly #width: number;
  /** Chunks before it, each with the numbers written to it. */
  readonly #full: Float64Array[] = [];

  /** @param width - numbers per row */
  constructor(width: number) {
    this.#width = width;
    this.chunk = new Float64Array(width * FIRST_ROWS);
  }

  /** Adds so many rows and returns where in `chunk` they begin; all their numbers are the caller's to write. */
  append(rows = 1): number {
    this.makeRoom(rows);
    const at = this.next;
    this.keep(at + rows * this.#width);
    return at;
  }

  /** Makes room for so many rows from `next` on, in one chunk; those that are written there are kept by `keep`. */
  makeRoom(rows: number): void {
    if (!this.hasRoom(rows)) this.#open(rows);
  }

  /** Whether there is room for so many rows from `next` on. */
  hasRoom(rows: number): boolean {
    return this.next + rows * this.#width <= this.chunk.length;
  }

  /** Keeps the rows that were written from `next` up to a place in `chunk`. */
  keep(end: number): void {
    this.count += (end - this.next) / this.#width;
    this.next = end;
  }

  /** Takes back the last so many rows of the last `append`. */
  retract(rows: number): void {
    this.next -= rows * this.#width;
    this.count -= rows;
  }

  /** One number of every row, in order. */
  column(field: number): Float64Array {
    const column = new Float64Array(this.count);
    let row = 0;
    for (const chunk of this.#written()) {
      for (let at = field; at < chunk.length; at += this.#width) column[row++] = chunk[at]!;
    }
    return column;
  }

  /** All rows, one after the other. */
  all(): Float64Array {
    const rows = new Float64Array(this.#width * this.count);
    let at = 0;
    for (const chunk of this.#written()) {
      rows.set(chunk, at);
      at += chunk.length;
    }
    return rows;
  }

  #written(): Float64Array[] {
    return [...this.#full, this.chunk.subarray(0, this.next)];
  }

  #open(rows: number): void {
    this.#full.push(this.chunk.subarray(0, this.next));
    this.chunk = new Float64Array(this.#width * Math.max(rows, Math.min((2 * this.chunk.length) / this.#width, MOST_ROWS)));
    this.next = 0;
  }
}

/**
 * Rows that were appended by themselves, and others that belong between them, in one place: those of a log up to a row, then the caller's own,
 * written at `at`.
 */
export class MergedRows {
  readonly rows: Float64Array;
  /** Where the next row begins. */
  at = 0;
  readonly #alone: Float64Array;
  readonly #width: number;
  #taken = 0;

  /** @param others - how many rows the caller adds */
  constructor(alone: RowLog, width: number, others: number) {
    this.#alone = alone.all();
    this.#width = width;
    this.rows = new Float64Array(this.#alone.length + width * others);
  }

  /** Takes the rows of the log over that come before row `end`, and are not taken yet; all of them by default. */
  takeUpTo(end = this.#alone.length / this.#width): void {
    const from = this.#taken;
    this.#taken = this.#width * end;
    this.rows.set(this.#alone.subarray(from, this.#taken), this.at);
    this.at += this.#taken - from;
  }

  /** One number of every row. */
  column(field: number): Float64Array {
    return new Float64Array(this.rows.length / this.#width).map((_, row) => this.rows[this.#width * row + field]!);
  }
}
