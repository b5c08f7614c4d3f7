const INITIAL = 32;

/** The lots that one batch of disposals used up, in the order in which they were matched. Columns are reused and valid up to `count`. */
export class LotParts {
  count = 0;
  asset = new Int32Array(INITIAL);
  /** UTC ms */
  acquired = new Float64Array(INITIAL);
  quantity = new Float64Array(INITIAL);
  cost = new Float64Array(INITIAL);
  proceeds = new Float64Array(INITIAL);
  /** Number of the disposal within the batch. */
  disposal = new Int32Array(INITIAL);
  /** 1 for long-term parts. */
  longTerm = new Uint8Array(INITIAL);

  /** Makes room for a part, whose columns are the caller's to write; its proceeds are known when the whole disposal is, see `share`. */
  append(): number {
    if (this.count === this.asset.length) this.#grow();
    return this.count++;
  }

  /** Gives the parts from `first` on, those of one disposal, their proceeds. */
  share(first: number, unitProceeds: number, number: number): void {
    const { quantity, proceeds, disposal, count } = this;
    for (let part = first; part < count; part++) {
      proceeds[part] = quantity[part]! * unitProceeds;
      disposal[part] = number;
    }
  }

  #grow(): void {
    const length = 2 * this.count;
    const wider = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.asset = wider(this.asset, new Int32Array(length));
    this.acquired = wider(this.acquired, new Float64Array(length));
    this.quantity = wider(this.quantity, new Float64Array(length));
    this.cost = wider(this.cost, new Float64Array(length));
    this.proceeds = wider(this.proceeds, new Float64Array(length));
    this.disposal = wider(this.disposal, new Int32Array(length));
    this.longTerm = wider(this.longTerm, new Uint8Array(length));
  }
}
