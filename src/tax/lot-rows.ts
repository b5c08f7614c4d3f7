import { Slab } from '../core/slab.ts';
import { giveBuffer, takeBuffer } from '../core/spare-buffers.ts';
import type { LotHeap } from './lot-heap.ts';
import { ACQUIRED, PRICE, QUANTITY, ROW } from './lot-row.ts';

const NOTHING = new Float64Array(0);

// Lots per asset that there is room for at first.
const FIRST_CAPACITY = 128;

/**
 * Where the open lots of all assets lie: rows of four numbers in one buffer, each asset's in a stretch of its own and in order of
 * acquisition, those in [begin, end) in use. Only under a heap may closed lots (of quantity 0) lie between open ones.
 */
export class LotRows {
  rows: Float64Array;
  /** Lots that there is room for in each stretch. */
  capacity = FIRST_CAPACITY;
  /** Per asset. */
  readonly begin: Int32Array;
  readonly end: Int32Array;
  /** Lots below this index are counted as long-term. */
  readonly matured: Int32Array;
  readonly #heap: LotHeap | null;

  constructor(assets: number, heap: LotHeap | null) {
    this.rows = takeBuffer(ROW * FIRST_CAPACITY * assets);
    const columns = new Slab(3, assets);
    this.begin = columns.ints();
    this.end = columns.ints();
    this.matured = columns.ints();
    this.#heap = heap;
  }

  /** Where the row of an asset's lot begins. */
  at(asset: number, lot: number): number {
    return ROW * (this.capacity * asset + lot);
  }

  /** Nothing is asked of these lots any more. */
  release(): void {
    giveBuffer(this.rows);
    this.rows = NOTHING;
  }

  /** Drops an asset's closed lots; when more than half of its stretch is open, every stretch becomes twice as long. */
  makeRoom(asset: number): void {
    let open = 0;
    for (let lot = this.begin[asset]!; lot < this.end[asset]!; lot++) {
      if (this.rows[this.at(asset, lot) + QUANTITY] !== 0) open++;
    }
    if (2 * open > this.capacity) this.#double();
    if (open === this.end[asset]! - this.begin[asset]!) this.#moveDown(asset);
    else this.#dropClosed(asset);
    this.begin[asset] = 0;
    this.end[asset] = open;
  }

  /** Brings the last lot of an asset to its place by age, and returns that place. */
  sortIn(asset: number): number {
    const { rows } = this;
    const begin = this.begin[asset]!;
    const end = this.end[asset]!;
    const youngest = rows.slice(this.at(asset, end - 1), this.at(asset, end));
    let place = end - 1;
    while (place > begin && rows[this.at(asset, place - 1) + ACQUIRED]! > youngest[ACQUIRED]!) place--;
    rows.copyWithin(this.at(asset, place + 1), this.at(asset, place), this.at(asset, end - 1));
    rows.set(youngest, this.at(asset, place));
    if (this.#heap !== null) {
      this.#heap.clear(asset);
      for (let lot = begin; lot < end; lot++) {
        const row = this.at(asset, lot);
        if (rows[row + QUANTITY] !== 0) this.#heap.add(asset, lot, rows, row + PRICE);
      }
    }
    return place;
  }

  #double(): void {
    const from = this.rows;
    const stretch = ROW * this.capacity;
    this.capacity *= 2;
    this.rows = takeBuffer(2 * from.length);
    for (let asset = 0; asset < this.begin.length; asset++) {
      this.rows.set(from.subarray(stretch * asset, stretch * (asset + 1)), this.at(asset, 0));
    }
    giveBuffer(from);
  }

  #moveDown(asset: number): void {
    const begin = this.begin[asset]!;
    if (begin === 0) return;
    const end = this.end[asset]!;
    this.rows.copyWithin(this.at(asset, 0), this.at(asset, begin), this.at(asset, end));
    this.matured[asset] = Math.max(0, this.matured[asset]! - begin);
    this.#heap?.renumber(
      asset,
      Int32Array.from({ length: end }, (_, lot) => lot - begin),
    );
  }

  #dropClosed(asset: number): void {
    const { rows } = this;
    const end = this.end[asset]!;
    const indices = new Int32Array(end);
    let kept = 0;
    let matured = 0;
    for (let lot = this.begin[asset]!; lot < end; lot++) {
      const from = this.at(asset, lot);
      if (rows[from + QUANTITY] === 0) continue;
      indices[lot] = kept;
      const to = this.at(asset, kept);
      for (let k = 0; k < ROW; k++) rows[to + k] = rows[from + k]!;
      kept++;
      if (lot < this.matured[asset]!) matured = kept;
    }
    this.matured[asset] = matured;
    this.#heap?.renumber(asset, indices);
  }
}
