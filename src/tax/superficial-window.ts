import { DAY } from '../core/time.ts';
import type { Sale } from './sales.ts';

/** One dealing in a coin. */
export interface Dealing {
  readonly time: number;
  /** UTC date. */
  readonly date: number;
  /** Of a sale: 0 or less. */
  readonly units: number;
  /** Cost of a purchase. */
  readonly cost: number;
  readonly sale: Sale | null;
  /** Of a purchase: units that have replaced sold ones so far, for good. */
  replaced: number;
  /** Of a purchase: denied losses of settled sales that its cost takes up. */
  added: number;
  /** What is counted of a sale; NaN: nothing yet. */
  counted: number;
}

/** What is found about one dealing. */
export interface Judged {
  readonly dealing: Dealing;
  /** Pool before it. */
  readonly unitsBefore: number;
  readonly costBefore: number;
  /** Of a purchase: units that may still replace sold ones, and denied losses that its cost takes up. */
  left: number;
  added: number;
  /** Of a sale: its cost, what is denied of its loss, and units of it that later purchases would replace. */
  cost: number;
  denied: number;
  wanted: number;
  /** Of a sale: its day, and its result in that day's sum. */
  day: DayOfSales | null;
  summed: number;
}

/** Sums over the sales of one day. */
export interface DayOfSales {
  readonly time: number;
  readonly date: number;
  /** Results, as of the last `takeChanged`. */
  result: number;
  /** Results, were nothing left at the end of the windows. */
  undenied: number;
}

/** What a window is made of. */
export interface WindowTerms {
  readonly daysBefore: number;
  readonly daysAfter: number;
  /** Pool before the first dealing. */
  readonly units: number;
  readonly cost: number;
  /** Units held after the last dealing: at the end of all windows, as far as is known. */
  readonly held: number;
}

/**
 * The dealings in one coin whose windows are open, judged one after the other: average cost, losses, what of them is denied, and what takes
 * it up.
 *
 * A sale at a loss takes what is left of the purchases in its window, the earliest first; what it still wants, later purchases give, to the
 * earliest sale first. A dealing that comes last therefore leaves what was found as it is, but for sales that wanted it, as long as no sale
 * is bounded by what is held: `mayAdd` tells.
 */
export class SuperficialWindow {
  readonly dealings: Judged[] = [];
  /** All that may replace: purchases recalled and those among the dealings. */
  readonly purchases: Judged[] = [];
  readonly days: DayOfSales[] = [];
  /** Sales whose results are new or changed since they were last taken. */
  #changed: Judged[] = [];
  /** Pool after all dealings, but for losses denied at the last moment. */
  units: number;
  #cost: number;
  #held: number;

  readonly #daysBefore: number;
  readonly #daysAfter: number;
  /** Purchases before this place have nothing left, or are too old for sales to come. */
  #first = 0;
  /** Sales that later purchases would replace, from the place of the first that still wants any. */
  readonly #wanting: Judged[] = [];
  #next = 0;
  /** Sales of one moment are one disposal: what they deny raises no cost before all of them are done, and what is held replaces once. */
  #moment = NaN;
  #waiting = 0;
  #replacing = 0;
  #soldAtLoss = 0;
  /** The most that was sold at a loss in one moment. */
  #most = 0;
  /** Cost of the pool, were nothing left at the end of the windows. */
  #undeniedCost: number;

  constructor({ daysBefore, daysAfter, units, cost, held }: WindowTerms) {
    this.#daysBefore = daysBefore;
    this.#daysAfter = daysAfter;
    this.units = units;
    this.#cost = cost;
    this.#held = held;
    this.#undeniedCost = cost;
  }

  /** Cost of the pool after all dealings. */
  get cost(): number {
    return this.#cost + this.#waiting;
  }

  /** Whether a dealing after which `held` units are held leaves what was found as it is. */
  mayAdd(held: number): boolean {
    return this.#most <= Math.min(this.#held, held);
  }

  /** Sales whose results are new or have changed since this was last asked. */
  takeChanged(): readonly Judged[] {
    const changed = this.#changed;
    this.#changed = [];
    for (const sale of changed) {
      const result = resultOf(sale);
      sale.day!.result += result - sale.summed;
      sale.summed = result;
    }
    return changed;
  }

  /** A purchase that is in the pool already, and may still replace. */
  recall(dealing: Dealing): Judged {
    const purchase = this.#judge(dealing);
    purchase.left = dealing.units - dealing.replaced;
    this.purchases.push(purchase);
    return purchase;
  }

  /**
   * The next dealing in order of time.
   *
   * @param held - units held after the last dealing
   * @param denies - whether a loss is denied where it must be
   */
  add(dealing: Dealing, held = this.#held, denies = true): void {
    this.#held = held;
    if (dealing.sale === null) this.#buy(dealing);
    else this.#sell(dealing, dealing.sale, denies);
  }

  /** What a sale now would result in if `held` units were left after it; only where `mayAdd` these. */
  resultOf(sale: Sale, date: number, held: number): number {
    const together = sale.time === this.#moment;
    const cost = this.#shareOf(sale.quantity) * (together ? this.#cost : this.cost);
    const loss = cost - sale.proceeds;
    if (!(loss > 0)) return -loss;
    const wanted = Math.min(sale.quantity, held - (together ? this.#replacing : 0));
    return loss * (this.#claim(wanted, date, false) / sale.quantity) - loss;
  }

  /** What a sale of everything would result in, nothing being left. */
  resultOfAll(proceeds: number): number {
    return proceeds - this.#undeniedCost;
  }

  #buy(dealing: Dealing): void {
    this.#endMoment();
    const bought = this.recall(dealing);
    this.dealings.push(bought);
    for (; this.#next < this.#wanting.length && bought.left > 0; this.#next++) {
      const seller = this.#wanting[this.#next]!;
      if (dealing.date > seller.dealing.date + this.#daysAfter * DAY) continue;
      const { quantity, proceeds } = seller.dealing.sale!;
      const units = Math.min(seller.wanted, bought.left);
      const denied = (seller.cost - proceeds) * (units / quantity);
      bought.left -= units;
      bought.added += denied;
      seller.wanted -= units;
      seller.denied += denied;
      this.#changed.push(seller);
      if (seller.wanted > 0) break;
    }
    this.units += dealing.units;
    this.#cost += dealing.cost + dealing.added + bought.added;
    this.#undeniedCost += dealing.cost + dealing.added;
  }

  #sell(dealing: Dealing, { quantity, proceeds, time }: Sale, denies: boolean): void {
    if (time !== this.#moment) this.#endMoment();
    this.#moment = time;
    const sold = this.#judge(dealing);
    this.dealings.push(sold);
    this.#changed.push(sold);
    const share = this.#shareOf(quantity);
    sold.cost = this.#cost * share;
    sold.day = this.#dayOf(dealing);
    sold.day.undenied += proceeds - this.#undeniedCost * share;
    this.units = Math.max(0, this.units - quantity);
    this.#cost -= sold.cost;
    this.#undeniedCost -= this.#undeniedCost * share;
    const loss = sold.cost - proceeds;
    if (!(loss > 0) || !denies) return;
    this.#soldAtLoss += quantity;
    this.#most = Math.max(this.#most, this.#soldAtLoss);
    const wanted = Math.min(quantity, this.#held - this.#replacing);
    if (!(wanted > 0)) return;
    this.#replacing += wanted;
    const claimed = this.#claim(wanted, dealing.date, true);
    sold.denied = loss * (claimed / quantity);
    this.#waiting += sold.denied;
    sold.wanted = wanted - claimed;
    if (sold.wanted > 0) this.#wanting.push(sold);
  }

  /**
   * Units up to `wanted` that purchases have left for a sale on a date.
   *
   * @param take - whether it takes them
   */
  #claim(wanted: number, date: number, take: boolean): number {
    const { purchases } = this;
    const from = date - this.#daysBefore * DAY;
    let claimed = 0;
    for (let k = this.#first; k < purchases.length && claimed < wanted; k++) {
      const purchase = purchases[k]!;
      if (purchase.dealing.date < from) continue;
      const units = Math.min(wanted - claimed, purchase.left);
      claimed += units;
      if (take) purchase.left -= units;
    }
    const isSpent = ({ left, dealing }: Judged): boolean => !(left > 0) || dealing.date < from;
    while (this.#first < purchases.length && isSpent(purchases[this.#first]!)) this.#first++;
    return claimed;
  }

  #shareOf(quantity: number): number {
    return quantity < this.units ? quantity / this.units : 1;
  }

  #endMoment(): void {
    this.#cost += this.#waiting;
    this.#waiting = 0;
    this.#replacing = 0;
    this.#soldAtLoss = 0;
  }

  #dayOf({ date, time }: Dealing): DayOfSales {
    const last = this.days.at(-1);
    if (last?.date === date) return last;
    const day = { time, date, result: 0, undenied: 0 };
    this.days.push(day);
    return day;
  }

  #judge(dealing: Dealing): Judged {
    const [unitsBefore, costBefore] = [this.units, this.#cost];
    return { dealing, unitsBefore, costBefore, left: 0, added: 0, cost: 0, denied: 0, wanted: 0, day: null, summed: 0 };
  }
}

/** Of a sale. */
export function resultOf({ dealing, cost, denied }: Judged): number {
  return dealing.sale!.proceeds - cost + denied;
}
