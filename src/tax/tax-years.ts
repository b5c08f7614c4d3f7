import { EngineError } from '../core/errors.ts';
import { civilDate, dateTime, formatDate, formatTime } from '../core/time.ts';
import type { TaxYear } from './ledger.ts';
import type { Assessment, MonthDay, Taxation } from './regime.ts';

/** A tax year with its results, whether or not it is closed. */
interface Year {
  readonly start: number;
  readonly end: number;
  readonly due: number;
  readonly assessment: Assessment;
  readonly results: Float64Array;
  /** What was carried in. */
  readonly carried: Float64Array;
  /** Tax on the results so far; of the current year, as of the last `accrued`. */
  bill: number;
  /** What goes on into the next year; set when the year is closed. */
  readonly carriedOn: Float64Array;
  tax: number;
  /** Prepaid and paid of `tax` so far. */
  settled: number;
}

/** Something to pay at a moment: an instalment of a year, or with NaN all that is left of its bill. */
interface Payment {
  readonly due: number;
  readonly year: Year;
  readonly amount: number;
}

/** What a set of tax years is made of. */
export interface TaxYearsRules {
  readonly taxation: Taxation;
  /** The assessment of the tax year that begins in a calendar year. */
  readonly assess: (beginsIn: number) => Assessment;
  /** A moment of the first tax year. */
  readonly from: number;
  /** Whether prepayments are made. */
  readonly instalments: boolean;
}

/**
 * The tax years of one account: results per class as they are recognised, losses carried on, bills assessed, prepaid and paid.
 *
 * A bar's events are booked before its year is closed, so an event at or after the year's end goes to the year after, which becomes the
 * current one when the year is closed. A result of a closed year (a rule that looks forward has become final) assesses it again, with all
 * that was carried on. Money in the regime's currency, moments in UTC ms, classes as indices.
 */
export class TaxYears {
  /** End of the current tax year: the first moment of the next. */
  end: number;
  /** When the earliest payment is due; Infinity when there is none. */
  nextDue = Infinity;
  /** Sum of what was paid, less refunds. */
  paid = 0;

  readonly #rules: TaxYearsRules;
  /** Class whose sum is credited against the bill; −1: none. */
  readonly #credit: number;
  readonly #closed: Year[] = [];
  /** By due date. */
  readonly #payments: Payment[] = [];
  readonly #carriedAfter: Float64Array;
  readonly #sum: Float64Array;
  #current: Year;
  #following: Year;
  #followingUsed = false;

  #start: number;
  #followingEnd: number;
  #paidTo = -Infinity;
  /** Bills of closed years less what was paid of them. */
  #owed = 0;
  #stale = true;
  #accrued = 0;

  constructor(rules: TaxYearsRules) {
    const { taxation, from } = rules;
    this.#rules = rules;
    const names = taxation.classes.map(({ name }) => name);
    this.#credit = taxation.withholding ? names.indexOf(taxation.withholding.class) : -1;
    this.#carriedAfter = new Float64Array(taxation.carried.length);
    this.#sum = new Float64Array(names.length);
    const { year } = civilDate(from);
    const begins = this.#startIn(year) <= from ? year : year - 1;
    this.#current = this.#open(begins);
    this.#following = this.#open(begins + 1);
    this.#start = this.#current.start;
    this.end = this.#current.end;
    this.#followingEnd = this.#following.end;
  }

  /** Adds a result (negative: a loss) of a class. */
  recognise(taxClass: number, amount: number, time: number): void {
    if (time < this.#start) {
      this.#amend(taxClass, amount, time);
      return;
    }
    const results = time < this.end ? this.#current.results : this.#nextResults(time);
    results[taxClass] = results[taxClass]! + amount;
    this.#stale = true;
  }

  /** Assessed and unpaid bills, and the bill on what is recognised of the running year, less what was prepaid. */
  accrued(): number {
    if (this.#stale) {
      const { results, carried, settled } = this.#current;
      this.#current.bill = this.#bill(this.#current, results, carried);
      this.#accrued = this.#owed + this.#current.bill - settled;
      if (this.#followingUsed) {
        this.#accrued += this.#bill(this.#following, this.#following.results, this.#carriedIntoNext());
      }
      this.#stale = false;
    }
    return this.#accrued;
  }

  /** What `extra` results, recognised at `time`, would add to their year's bill. */
  added(extra: Float64Array, time: number): number {
    const current = time < this.end;
    const year = current ? this.#current : this.#following;
    const carried = current ? year.carried : this.#carriedIntoNext();
    const { results } = year;
    const sum = this.#sum;
    for (let c = 0; c < sum.length; c++) sum[c] = results[c]! + extra[c]!;
    if (current && this.#stale) this.accrued();
    return this.#bill(year, sum, carried) - (current ? year.bill : this.#bill(year, results, carried));
  }

  /**
   * As `added`, for sets of results in the same three classes: `extra` holds one after the other, `into` what each would add. It is asked at
   * every bar, so results are put in place and taken out again.
   *
   * @param current - whether they are recognised before the current year ends
   */
  addedEach(classes: Int32Array, extra: Float64Array, current: boolean, into: Float64Array): void {
    const year = current ? this.#current : this.#following;
    const carried = current ? year.carried : this.#carriedIntoNext();
    if (current && this.#stale) this.accrued();
    const { results } = year;
    const bill = current ? year.bill : this.#bill(year, results, carried);
    const a = classes[0]!;
    const b = classes[1]!;
    const c = classes[2]!;
    const inA = results[a]!;
    const inB = results[b]!;
    const inC = results[c]!;
    for (let set = 0; 3 * set < extra.length; set++) {
      // One after the other: two of the classes may be one.
      results[a] = results[a]! + extra[3 * set]!;
      results[b] = results[b]! + extra[3 * set + 1]!;
      results[c] = results[c]! + extra[3 * set + 2]!;
      into[set] = this.#bill(year, results, carried) - bill;
      results[a] = inA;
      results[b] = inB;
      results[c] = inC;
    }
  }

  /** As `added`, with `earlier` results of the last closed year besides: its bill, and what it carries on, change too. */
  addedOver(earlier: Float64Array, extra: Float64Array, time: number): number {
    const last = this.#closed.at(-1);
    if (last === undefined || earlier.every((amount) => amount === 0)) return this.added(extra, time);
    const current = this.#current;
    const amended = last.results.map((result, c) => result + earlier[c]!);
    const carried = last.carried.slice();
    last.assessment.carry(amended, carried);
    const sum = current.results.map((result, c) => result + extra[c]!);
    const before = last.tax + this.#bill(current, current.results, current.carried);
    return this.#bill(last, amended, last.carried) + this.#bill(current, sum, carried) - before;
  }

  /** First moment of the current tax year. */
  get start(): number {
    return this.#start;
  }

  /** Closes every tax year that has ended at or before `time`: carries losses, writes the bill, plans the prepayments of the next. */
  close(time: number): void {
    while (time >= this.end) {
      const year = this.#current;
      this.#assess(year);
      this.#closed.push(year);
      this.#turnYear();
      this.#owed = this.#outstanding();
      // An instalment may fall due after the year's end, but not after its bill.
      if (year.tax !== year.settled || this.#payments.some((payment) => payment.year === year)) this.#planBill(year);
      if (this.#rules.instalments) this.#planInstalments(year.tax);
    }
  }

  /** Takes the payments due at or before `time` and returns their sum; negative for a refund. */
  payDue(time: number): number {
    let sum = 0;
    while (this.nextDue <= time) {
      const { year, amount } = this.#payments.shift()!;
      const paid = Number.isNaN(amount) ? year.tax - year.settled : amount;
      year.settled += paid;
      sum += paid;
      this.nextDue = this.#payments[0]?.due ?? Infinity;
    }
    this.#paidTo = time;
    this.paid += sum;
    this.#owed = this.#outstanding();
    this.#stale = true;
    return sum;
  }

  /** The closed years, oldest first, with the figures of the classes named in `reported`. */
  list(reported: readonly string[]): TaxYear[] {
    const { classes, carried } = this.#rules.taxation;
    const byName = (columns: readonly { readonly name: string }[], named: readonly string[], values: Float64Array) =>
      Object.fromEntries(named.map((name) => [name, values[columns.findIndex((column) => column.name === name)]!]));
    const losses = carried.filter(({ loss }) => loss).map(({ name }) => name);
    return this.#closed.map(({ start, end, results, carriedOn, tax, due, assessment }) => ({
      start,
      end,
      results: byName(classes, reported, results),
      carried: byName(carried, losses, carriedOn),
      tax,
      due,
      paid: tax === 0 || due <= this.#paidTo,
      provisional: false,
      exempt: assessment.exempts?.(results) ?? false,
    }));
  }

  #open(begins: number): Year {
    const { taxation, assess } = this.#rules;
    const end = this.#startIn(begins + 1);
    const { month, day, yearsLater } = taxation.year.due;
    return {
      start: this.#startIn(begins),
      end,
      due: dateTime(civilDate(end - 1).year + yearsLater, month, day),
      assessment: assess(begins),
      results: new Float64Array(taxation.classes.length),
      carried: new Float64Array(taxation.carried.length),
      carriedOn: new Float64Array(taxation.carried.length),
      bill: 0,
      tax: 0,
      settled: 0,
    };
  }

  #bill({ assessment }: Year, results: Float64Array, carried: Float64Array): number {
    const tax = assessment.bill(results, carried);
    return this.#credit < 0 ? tax : tax - results[this.#credit]!;
  }

  #assess(year: Year): void {
    const { assessment, results, carried, carriedOn } = year;
    year.tax = this.#bill(year, results, carried);
    carriedOn.set(carried);
    assessment.carry(results, carriedOn);
  }

  #outstanding(): number {
    let sum = 0;
    for (const { tax, settled } of this.#closed) sum += tax - settled;
    return sum;
  }

  /** Adds a result to a closed year and assesses it and those after it again; what was paid too little or too much is due at once. */
  #amend(taxClass: number, amount: number, time: number): void {
    const first = this.#closed.findIndex(({ end }) => time < end);
    const year = this.#closed[first];
    if (year === undefined || time < year.start) {
      throw new EngineError('tax-year-before', `a result of ${formatTime(time)} lies before the first tax year`);
    }
    year.results[taxClass] = year.results[taxClass]! + amount;
    for (let k = first; k < this.#closed.length; k++) {
      const amended = this.#closed[k]!;
      this.#assess(amended);
      (this.#closed[k + 1] ?? this.#current).carried.set(amended.carriedOn);
      if (amended.tax !== amended.settled) this.#planBill(amended);
    }
    if (this.#rules.instalments) this.#replanInstalments();
    this.#owed = this.#outstanding();
    this.#stale = true;
  }

  /** Plans to pay what is left of a closed year's bill, unless that is planned. */
  #planBill(year: Year): void {
    if (this.#payments.some((payment) => payment.year === year && Number.isNaN(payment.amount))) return;
    this.#plan({ due: Math.max(year.due, this.#paidTo), year, amount: NaN });
  }

  /** Prepayments of the current year, each a share of the last bill; those that are paid stay as they are. */
  #planInstalments(lastTax: number): void {
    if (!(lastTax > 0)) return;
    const endsIn = civilDate(this.end - 1).year;
    for (const { month, day, yearsLater, share } of this.#rules.taxation.year.instalments) {
      const due = dateTime(endsIn + yearsLater, month, day);
      if (due > this.#paidTo) this.#plan({ due, year: this.#current, amount: share * lastTax });
    }
  }

  /** Prepayments still to come follow the last bill where it has changed. */
  #replanInstalments(): void {
    const payments = this.#payments;
    for (let k = payments.length - 1; k >= 0; k--) {
      if (payments[k]!.year === this.#current && !Number.isNaN(payments[k]!.amount)) payments.splice(k, 1);
    }
    this.nextDue = payments[0]?.due ?? Infinity;
    this.#planInstalments(this.#closed.at(-1)!.tax);
  }

  #plan(payment: Payment): void {
    const payments = this.#payments;
    let place = payments.length;
    while (place > 0 && payments[place - 1]!.due > payment.due) place--;
    payments.splice(place, 0, payment);
    this.nextDue = payments[0]!.due;
  }

  #startIn(year: number): number {
    const { month, day }: MonthDay = this.#rules.taxation.year.start;
    return dateTime(year, month, day);
  }

  #turnYear(): void {
    const ended = this.#current;
    this.#current = this.#following;
    this.#current.carried.set(ended.carriedOn);
    this.#following = this.#open(civilDate(this.#current.end).year);
    this.#followingUsed = false;
    this.#start = this.#current.start;
    this.end = this.#current.end;
    this.#followingEnd = this.#following.end;
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
    return this.#following.results;
  }

  #carriedIntoNext(): Float64Array {
    this.#carriedAfter.set(this.#current.carried);
    this.#current.assessment.carry(this.#current.results, this.#carriedAfter);
    return this.#carriedAfter;
  }
}
