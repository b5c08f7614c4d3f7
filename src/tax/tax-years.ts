import { EngineError } from '../core/errors.ts';
import { civilDate, dateTime, formatDate, formatTime } from '../core/time.ts';
import type { TaxYear } from './ledger.ts';
import type { Assessment, Taxation } from './regime.ts';

interface ClosedYear {
  readonly start: number;
  readonly end: number;
  readonly results: Float64Array;
  readonly carried: Float64Array;
  readonly tax: number;
  readonly due: number;
}

/**
 * The tax years of one account: results per class as they are recognised, losses carried on, bills assessed and paid.
 *
 * A bar's events are booked before its year is closed, so an event at or after the year's end goes to a second set of results, which
 * becomes the current one when the year is closed. Money in account currency, moments in UTC ms, classes as indices.
 */
export class TaxYears {
  /** End of the current tax year: the first moment of the next. */
  end: number;
  /** When the earliest unpaid bill is due; Infinity when there is none. */
  nextDue = Infinity;
  /** Sum of the bills paid. */
  paid = 0;

  readonly #assessment: Assessment;
  readonly #taxation: Taxation;
  readonly #closed: ClosedYear[] = [];
  /** Bills not yet paid, by due date. */
  readonly #bills: ClosedYear[] = [];
  readonly #carried: Float64Array;
  readonly #carriedAfter: Float64Array;
  readonly #sum: Float64Array;
  #results: Float64Array;
  #following: Float64Array;
  #followingUsed = false;

  #start: number;
  #followingEnd: number;
  #unpaid = 0;
  #paidTo = -Infinity;
  #stale = true;
  #accrued = 0;

  /** @param from - a moment of the first tax year */
  constructor(taxation: Taxation, assessment: Assessment, from: number) {
    const classes = taxation.classes.length;
    this.#taxation = taxation;
    this.#assessment = assessment;
    this.#results = new Float64Array(classes);
    this.#following = new Float64Array(classes);
    this.#carried = new Float64Array(classes);
    this.#carriedAfter = new Float64Array(classes);
    this.#sum = new Float64Array(classes);
    const { year } = civilDate(from);
    const starts = this.#startIn(year) <= from ? year : year - 1;
    this.#start = this.#startIn(starts);
    this.end = this.#startIn(starts + 1);
    this.#followingEnd = this.#startIn(starts + 2);
  }

  /** Adds a result (negative: a loss) of a class. */
  recognise(taxClass: number, amount: number, time: number): void {
    const results = time < this.end ? this.#results : this.#nextResults(time);
    results[taxClass] = results[taxClass]! + amount;
    this.#stale = true;
  }

  /** Assessed and unpaid bills, and the bill on what is recognised of the running year. */
  accrued(): number {
    if (this.#stale) {
      this.#accrued = this.#unpaid + this.#assessment.bill(this.#results, this.#carried);
      if (this.#followingUsed) this.#accrued += this.#assessment.bill(this.#following, this.#carriedIntoNext());
      this.#stale = false;
    }
    return this.#accrued;
  }

  /** What `extra` results, recognised at `time`, would add to their year's bill. */
  added(extra: Float64Array, time: number): number {
    const current = time < this.end;
    const results = current ? this.#results : this.#following;
    const carried = current ? this.#carried : this.#carriedIntoNext();
    const sum = this.#sum;
    for (let c = 0; c < sum.length; c++) sum[c] = results[c]! + extra[c]!;
    return this.#assessment.bill(sum, carried) - this.#assessment.bill(results, carried);
  }

  /** Closes every tax year that has ended at or before `time`: carries losses, writes the bill. */
  close(time: number): void {
    while (time >= this.end) {
      const results = this.#results.slice();
      const tax = this.#assessment.bill(results, this.#carried);
      this.#assessment.carry(results, this.#carried);
      const due = this.#dueOf(this.end);
      const year = { start: this.#start, end: this.end, results, carried: this.#carried.slice(), tax, due };
      this.#closed.push(year);
      if (tax > 0) {
        this.#bills.push(year);
        this.#unpaid += tax;
        this.nextDue = this.#bills[0]!.due;
      }
      this.#turnYear();
    }
  }

  /** Takes the bills due at or before `time` and returns their sum. */
  payDue(time: number): number {
    let sum = 0;
    while (this.nextDue <= time) {
      sum += this.#bills.shift()!.tax;
      this.nextDue = this.#bills[0]?.due ?? Infinity;
    }
    this.#paidTo = time;
    this.paid += sum;
    this.#unpaid = this.#bills.reduce((unpaid, { tax }) => unpaid + tax, 0);
    this.#stale = true;
    return sum;
  }

  /** The closed years, oldest first, with the figures of the classes named in `reported`. */
  list(reported: readonly string[]): TaxYear[] {
    const classes = this.#taxation.classes.map(({ name }) => name);
    const byClass = (column: Float64Array): Record<string, number> =>
      Object.fromEntries(reported.map((name) => [name, column[classes.indexOf(name)]!]));
    return this.#closed.map(({ start, end, results, carried, tax, due }) => ({
      start,
      end,
      results: byClass(results),
      carried: byClass(carried),
      tax,
      due,
      paid: tax === 0 || due <= this.#paidTo,
    }));
  }

  #startIn(year: number): number {
    const { month, day } = this.#taxation.year.start;
    return dateTime(year, month, day);
  }

  #dueOf(end: number): number {
    const { month, day, yearsLater } = this.#taxation.year.due;
    return dateTime(civilDate(end - 1).year + yearsLater, month, day);
  }

  #turnYear(): void {
    const emptied = this.#results;
    this.#results = this.#following;
    this.#following = emptied.fill(0);
    this.#followingUsed = false;
    this.#start = this.end;
    this.end = this.#followingEnd;
    this.#followingEnd = this.#startIn(civilDate(this.end).year + 1);
    this.#stale = true;
  }

  #nextResults(time: number): Float64Array {
    if (time >= this.#followingEnd) {
      throw new EngineError(
        'tax-year-open',
        `a result of ${formatTime(time)} came while the tax year to ${formatDate(this.end)} was not closed yet`,
      );
    }
    this.#followingUsed = true;
    return this.#following;
  }

  #carriedIntoNext(): Float64Array {
    this.#carriedAfter.set(this.#carried);
    this.#assessment.carry(this.#results, this.#carriedAfter);
    return this.#carriedAfter;
  }
}
