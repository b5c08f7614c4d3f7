import type { LotHeap } from './lot-heap.ts';

// Lots per asset that there is room for at first.
const FIRST_CAPACITY = 32;

/** One lot is a row of four numbers, so that a disposal reads one place in memory. */
export const ROW = 4;
export const ACQUIRED = 0;
export const QUANTITY = 1;
export const COST = 2;
/** Gross per unit; written only where a heap goes by it. */
export const PRICE = 3;

/**
 * Where the open lots of each asset lie: rows of four numbers in order of acquisition, those in [begin, end) in use. Only under a heap may
 * closed lots (of quantity 0) lie between open ones.
 */
export class LotRows {
  /** Per asset. */
  readonly rows: Float64Array[];
  readonly begin: Int32Array;
  readonly end: Int32Array;
  /** Lots below this index are counted as long-term. */
  readonly matured: Int32Array;
  readonly #heap: LotHeap | null;

  constructor(assets: number, heap: LotHeap | null) {
    // One buffer for the start of all: it is the number of buffers that costs.
    const shared = new Float64Array(ROW * FIRST_CAPACITY * assets);
    const place = (asset: number): number => ROW * FIRST_CAPACITY * asset;
    this.rows = Array.from({ length: assets }, (_, asset) => shared.subarray(place(asset), place(asset + 1)));
    this.begin = new Int32Array(assets);
    this.end = new Int32Array(assets);
    this.matured = new Int32Array(assets);
    this.#heap = heap;
  }

  /** Drops an asset's closed lots, and doubles its room when more than half of it is open. */
  makeRoom(asset: number): void {
    const from = this.rows[asset]!;
    const begin = this.begin[asset]!;
    const end = this.end[asset]!;
    let open = 0;
    for (let lot = begin; lot < end; lot++) if (from[ROW * lot + QUANTITY] !== 0) open++;
    const rows = 2 * ROW * open > from.length ? new Float64Array(2 * from.length) : from;
    this.rows[asset] = rows;
    if (open === end - begin) {
      rows.set(from.subarray(ROW * begin, ROW * end));
      this.matured[asset] = Math.max(0, this.matured[asset]! - begin);
      if (begin > 0)
        this.#heap?.renumber(
          asset,
          Int32Array.from({ length: end }, (_, lot) => lot - begin),
        );
    } else {
      this.#dropClosed(asset, from, rows);
    }
    this.begin[asset] = 0;
    this.end[asset] = open;
  }

  /** Brings the last lot of an asset to its place by age, and returns that place. */
  sortIn(asset: number): number {
    const rows = this.rows[asset]!;
    const begin = this.begin[asset]!;
    const end = this.end[asset]!;
    const youngest = rows.slice(ROW * (end - 1), ROW * end);
    let place = end - 1;
    while (place > begin && rows[ROW * (place - 1) + ACQUIRED]! > youngest[ACQUIRED]!) place--;
    rows.copyWithin(ROW * (place + 1), ROW * place, ROW * (end - 1));
    rows.set(youngest, ROW * place);
    if (this.#heap !== null) {
      this.#heap.clear(asset);
      for (let lot = begin; lot < end; lot++) {
        if (rows[ROW * lot + QUANTITY] !== 0) this.#heap.add(asset, lot, rows, ROW * lot + PRICE);
      }
    }
    return place;
  }

  #dropClosed(asset: number, from: Float64Array, to: Float64Array): void {
    const end = this.end[asset]!;
    const indices = new Int32Array(end);
    let kept = 0;
    let matured = 0;
    for (let lot = this.begin[asset]!; lot < end; lot++) {
      const row = ROW * lot;
      if (from[row + QUANTITY] === 0) continue;
      indices[lot] = kept;
      for (let k = 0; k < ROW; k++) to[ROW * kept + k] = from[row + k]!;
      kept++;
      if (lot < this.matured[asset]!) matured = kept;
    }
    this.matured[asset] = matured;
    this.#heap?.renumber(asset, indices);
  }
}
