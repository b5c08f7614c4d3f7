/** Index of the first value ≥ `value` in an ascending column; its length when there is none. */
export function lowerBound(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first value > `value` in an ascending column; its length when there is none. */
export function upperBound(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NOTHING = new Float64Array(0);

/** A column of so many zeros. Of no length there is one for all: to make it costs as much as a long one. */
export function zeroColumn(length: number): Float64Array {
  return length === 0 ? NOTHING : new Float64Array(length);
}

/** A column that is written value by value and grows by doubling. */
export class GrowingColumn {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** A copy of what was written, of exactly that length. */
  toColumn(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}

/** The names that indices stand for, one per row. (A plain loop: `Array.from` over a typed array costs ten times as much.) */
export function namesOf<N extends string>(indices: ArrayLike<number>, names: readonly N[]): N[] {
  const rows = new Array<N>(indices.length);
  for (let row = 0; row < indices.length; row++) rows[row] = names[indices[row]!]!;
  return rows;
}
