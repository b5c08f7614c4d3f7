import { PortfolioBook } from './portfolio-book.ts';
import type { ResultSink, SpotBook } from './spot-book.ts';
import type { TaxYears } from './tax-years.ts';

/** Where foreseen results go, as columns of a tax year. */
export interface ForeseenColumns {
  readonly count: number;
  /** Of a coin's result, by its sign and time. */
  of(amount: number, longTerm: boolean, time: number): number;
  /** Of what sales bring; −1: no rule asks. */
  readonly proceeds: number;
}

/** Results that are supposed for now, per class: what they would add to the bills. `added` forgets them. */
export class Foreseen implements ResultSink {
  readonly #years: TaxYears;
  readonly #columns: ForeseenColumns;
  /** What goes to the last closed tax year, and to the one of its moment. */
  readonly #earlier: Float64Array;
  readonly #extra: Float64Array;

  constructor(years: TaxYears, columns: ForeseenColumns) {
    this.#years = years;
    this.#columns = columns;
    this.#earlier = new Float64Array(columns.count);
    this.#extra = new Float64Array(columns.count);
  }

  count(amount: number, longTerm: boolean, time: number, sign: 1 | -1): void {
    this.add(this.#columns.of(amount, longTerm, time), sign * amount, time);
  }

  sold(proceeds: number, time: number): void {
    if (this.#columns.proceeds >= 0) this.add(this.#columns.proceeds, proceeds, time);
  }

  /**
   * Supposes a sale of all coins.
   *
   * @param coinCosts - per coin, ≥ 0: what is lost by selling what contracts would pay of it, a lot of that moment
   */
  sellAll(book: SpotBook, proceeds: Float64Array, time: number, coinCosts?: Float64Array): void {
    if (coinCosts === undefined) {
      book.foreseeAll(proceeds, time, this);
    } else if (book instanceof PortfolioBook) {
      // The portfolio method takes all proceeds as one price.
      book.foreseeAll(
        proceeds.map((value, asset) => value - coinCosts[asset]!),
        time,
        this,
      );
    } else {
      book.foreseeAll(proceeds, time, this);
      for (const cost of coinCosts) if (cost > 0) this.count(-cost, false, time, 1);
    }
  }

  /** Supposes a result of a class. */
  add(column: number, amount: number, time: number): void {
    const results = time < this.#years.start ? this.#earlier : this.#extra;
    results[column] = results[column]! + amount;
  }

  /** What all that was supposed, at `time` or before, would add to the bills. */
  added(time: number): number {
    const added = this.#years.addedOver(this.#earlier, this.#extra, time);
    this.#earlier.fill(0);
    this.#extra.fill(0);
    return added;
  }
}
