import type { Withholding } from './regime.ts';

/** Tax kept back from the sales of a tax year: once they pass the threshold, each sale that comes is caught whole. */
export class Withheld {
  readonly #rules: Withholding;
  /** Sale value of the year that ends at `#until`. */
  #sold = 0;
  #until = -Infinity;
  #waiting = 0;

  constructor(rules: Withholding) {
    this.#rules = rules;
  }

  /** Keeps its share of a sale worth `gross` back, in the tax year that ends at `yearEnd`, and returns it. */
  keep(gross: number, time: number, yearEnd: number): number {
    if (time >= this.#until) {
      this.#sold = 0;
      this.#until = yearEnd;
    }
    this.#sold += gross;
    const kept = this.#sold > this.#rules.above ? this.#rules.rate * gross : 0;
    this.#waiting += kept;
    return kept;
  }

  /** What was kept back since it was last asked. */
  take(): number {
    const amount = this.#waiting;
    this.#waiting = 0;
    return amount;
  }
}
