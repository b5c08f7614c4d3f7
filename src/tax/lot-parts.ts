/** The lots one disposal used up, in the order in which they were matched. Columns are reused and valid up to `count`. */
export class LotParts {
  count = 0;
  /** UTC ms */
  readonly acquired: number[] = [];
  readonly quantity: number[] = [];
  readonly cost: number[] = [];
  readonly longTerm: boolean[] = [];

  add(acquired: number, quantity: number, cost: number, longTerm: boolean): void {
    const part = this.count++;
    this.acquired[part] = acquired;
    this.quantity[part] = quantity;
    this.cost[part] = cost;
    this.longTerm[part] = longTerm;
  }
}
