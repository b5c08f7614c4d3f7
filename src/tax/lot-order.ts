/** The order in which a method gives up the open lots of each asset. Lots are indices of the pool; older lots have lower ones. */
export interface LotOrder {
  /** Enters the youngest lot of all, bought at `price` (gross per unit). */
  add(asset: number, lot: number, price: number): void;
  /** The lot to be given up next, −1 when there is none. */
  first(asset: number): number;
  removeFirst(asset: number): void;
  /** Starts a look ahead over the asset's lots, which changes nothing. */
  preview(asset: number): void;
  /** The next lot of the look ahead, −1 at its end. */
  previewNext(): number;
  /** Forgets all lots and makes room for indices below `capacity`. */
  reset(capacity: number): void;
}
