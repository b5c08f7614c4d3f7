const FIRST_ROOM = 64;

/** One part is a row of numbers, so that writing it touches one place in memory. */
export const PART = 7;
export const ASSET = 0;
/** UTC ms */
export const ACQUIRED = 1;
export const QUANTITY = 2;
export const COST = 3;
/** 1 for long-term parts. */
export const LONG_TERM = 4;
export const PROCEEDS = 5;
/** Number of the disposal within the batch. */
export const DISPOSAL = 6;

/** The lots that one batch of disposals used up, in the order in which they were matched. The rows are reused and valid up to `count`. */
export class LotParts {
  count = 0;
  rows = new Float64Array(PART * FIRST_ROOM);

  /** Makes room for so many more parts. */
  reserve(more: number): void {
    const length = PART * (this.count + more);
    if (length <= this.rows.length) return;
    const rows = new Float64Array(2 * length);
    rows.set(this.rows);
    this.rows = rows;
  }
}
