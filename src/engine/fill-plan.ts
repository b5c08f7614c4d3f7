import type { SpotTrades } from '../tax/ledger.ts';

const INITIAL = 32;

/**
 * The orders of one fill moment, resolved to units, struct of arrays. Rows `[0, planned)` are orders; the last row is kept for a fill that
 * comes about otherwise. The columns of SpotTrades are what the tax ledger reads.
 */
export class FillPlan implements SpotTrades {
  asset = new Int32Array(INITIAL);
  /** Units that reach the holding, where the venue keeps fees in coin. */
  units = new Float64Array(INITIAL);
  gross = new Float64Array(INITIAL);
  fee = new Float64Array(INITIAL);

  /** Signed units ordered. */
  wanted = new Float64Array(INITIAL);
  reference = new Float64Array(INITIAL);
  /** Units × reference price; only where a batch is booked as a whole. */
  booked = new Float64Array(INITIAL);
  /** Written only where fills are recorded or heard. */
  price = new Float64Array(INITIAL);
  /** Cost against the reference price, account currency. */
  slippage = new Float64Array(INITIAL);
  flags = new Uint8Array(INITIAL);
  leverage = new Float64Array(INITIAL);
  /** 1 where a contract order makes its position smaller. */
  reduces = new Uint8Array(INITIAL);
  tag: string[] = new Array<string>(INITIAL).fill('');
  ranked = new Int32Array(INITIAL);
  /** Order of execution: class, then key, then submission. */
  #class = new Uint8Array(INITIAL);
  #key = new Float64Array(INITIAL);
  /** The same fills where fees are charged in cash: what is ordered is what reaches the holding. */
  asOrdered: SpotTrades = this.#ordered();

  get spareRow(): number {
    return this.asset.length - 1;
  }

  /** Makes room for `orders` rows and the spare one. */
  reserve(orders: number): void {
    if (orders < this.asset.length) return;
    const length = 2 * orders;
    this.asset = new Int32Array(length);
    this.units = new Float64Array(length);
    this.gross = new Float64Array(length);
    this.fee = new Float64Array(length);
    this.wanted = new Float64Array(length);
    this.reference = new Float64Array(length);
    this.booked = new Float64Array(length);
    this.price = new Float64Array(length);
    this.slippage = new Float64Array(length);
    this.flags = new Uint8Array(length);
    this.leverage = new Float64Array(length);
    this.reduces = new Uint8Array(length);
    this.tag = new Array<string>(length).fill('');
    this.ranked = new Int32Array(length);
    this.#class = new Uint8Array(length);
    this.#key = new Float64Array(length);
    this.asOrdered = this.#ordered();
  }

  set(row: number, asset: number, wanted: number, reference: number, flags: number, leverage: number, tag: string): void {
    this.asset[row] = asset;
    this.wanted[row] = wanted;
    this.reference[row] = reference;
    this.flags[row] = flags;
    this.leverage[row] = leverage;
    this.tag[row] = tag;
  }

  /** Units planned so far of one instrument, signed. */
  plannedUnits(asset: number, planned: number): number {
    let units = 0;
    for (let row = 0; row < planned; row++) if (this.asset[row] === asset) units += this.wanted[row]!;
    return units;
  }

  /**
   * Puts rows [0, planned) into the market's order (accounting.md, section 3): 3 contract reductions, 4 spot sells (largest first), 5 spot
   * buys (smallest first), 6 contract openings; ties as submitted.
   */
  sort(planned: number, spotCount: number): void {
    for (let row = 0; row < planned; row++) {
      const j = this.asset[row]!;
      const wanted = this.wanted[row]!;
      const spot = j < spotCount;
      this.#key[row] = spot ? wanted * this.reference[row]! : 0;
      if (spot) this.#class[row] = wanted < 0 ? 4 : 5;
      else this.#class[row] = this.reduces[row] === 1 ? 3 : 6;
    }
    for (let row = 1; row < planned; row++) {
      for (let k = row; k > 0 && this.#before(k, k - 1); k--) this.#swap(k, k - 1);
    }
  }

  /**
   * Fills `ranked` with rows [0, planned) in the order in which the market executes spot fills: sells, largest first, then buys, smallest
   * first. For fills that were booked in another order because order changed nothing about them.
   */
  rank(planned: number): Int32Array {
    const { ranked } = this;
    const key = this.#key;
    for (let row = 0; row < planned; row++) {
      const worth = this.wanted[row]! * this.reference[row]!;
      key[row] = worth;
      let k = row;
      for (; k > 0 && key[ranked[k - 1]!]! > worth; k--) ranked[k] = ranked[k - 1]!;
      ranked[k] = row;
    }
    return ranked;
  }

  #ordered(): SpotTrades {
    return { asset: this.asset, units: this.wanted, gross: this.gross, fee: this.fee };
  }

  #before(a: number, b: number): boolean {
    const classes = this.#class[a]! - this.#class[b]!;
    return classes < 0 || (classes === 0 && this.#key[a]! < this.#key[b]!);
  }

  #swap(a: number, b: number): void {
    for (const column of [
      this.asset,
      this.wanted,
      this.reference,
      this.flags,
      this.leverage,
      this.reduces,
      this.#class,
      this.#key,
    ]) {
      const held = column[a]!;
      column[a] = column[b]!;
      column[b] = held;
    }
    const tag = this.tag[a]!;
    this.tag[a] = this.tag[b]!;
    this.tag[b] = tag;
  }
}
