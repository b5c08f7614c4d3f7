import { DUST } from '../core/numeric.ts';
import { DAY, startOfDay } from '../core/time.ts';
import { Holdings } from './holdings.ts';
import { JointSales } from './joint-sales.ts';
import type { LotView } from './ledger.ts';
import { type PooledPart, matchedPart } from './sales.ts';
import type { MatchedPart, MatchingRule, ResultSink, SpotBook } from './spot-book.ts';

/** Days after a sale in which a purchase is matched to it (TCGA 1992, section 106A(5)). */
const WINDOW = 30;

/** One coin's dealings on one day: the rules know no order within it. */
interface Day {
  readonly date: number;
  bought: number;
  boughtCost: number;
  sold: number;
  readonly sales: JointSales;
}

interface Pool {
  quantity: number;
  cost: number;
}

/** The days that are still open, matched as if nothing more were traded. */
interface Matching {
  /** Per day, what its sales cost. */
  readonly cost: Float64Array;
  /** Per day, the parts of its sales; empty where they were not asked for. */
  readonly parts: readonly PooledPart[][];
  /** Per day, units bought that were matched to sales of the first day. */
  readonly givenToFirst: Float64Array;
  /** After it all. */
  readonly pool: Pool;
}

/**
 * Share matching of the United Kingdom: a sale takes purchases of the same day, then those of the next 30 days (earliest first), then the
 * section 104 pool at its average cost. Same-day matches of every day come before any 30-day match.
 *
 * A day stays open until its window is over; meanwhile its result is what would hold if nothing more were bought.
 *
 * @see HMRC Cryptoassets Manual CRYPTO22250 to 22257; TCGA 1992, sections 104 to 106A
 */
export class ShareMatchingBook implements SpotBook {
  readonly #assets: readonly string[];
  readonly #sink: ResultSink;
  readonly #keepParts: boolean;
  readonly #bySign: boolean;
  readonly #holdings: Holdings;
  readonly #basis: Float64Array;
  readonly #since: Float64Array;
  readonly #pools: Pool[];
  readonly #open: Day[][];
  readonly #parts: MatchedPart[] = [];
  #disposals = 0;
  /** The last moment seen: opening lots come in any order before it. */
  #now = -Infinity;

  /** @param bySign - whether gains and losses count in classes of their own */
  constructor(assets: readonly string[], sink: ResultSink, keepParts: boolean, bySign: boolean) {
    this.#assets = assets;
    this.#sink = sink;
    this.#keepParts = keepParts;
    this.#bySign = bySign;
    this.#holdings = new Holdings(assets);
    this.#basis = new Float64Array(assets.length);
    this.#since = new Float64Array(assets.length).fill(NaN);
    this.#pools = assets.map(() => ({ quantity: 0, cost: 0 }));
    this.#open = assets.map(() => []);
  }

  acquire(asset: number, quantity: number, cost: number, _price: number, time: number): void {
    if (!(this.#holdings.quantity[asset]! > 0) || time < this.#since[asset]!) this.#since[asset] = time;
    this.#holdings.add(asset, quantity, time);
    const day = this.#dayOf(asset, time);
    day.bought += quantity;
    day.boughtCost += cost;
    this.#update(asset, time);
  }

  dispose(asset: number, quantity: number, proceeds: number, _gross: number, time: number, cause: number): boolean {
    // What is sold before it is bought waits for the purchases of its window.
    const units = this.#holdings.take(asset, quantity, true);
    if (units === 0) return false;
    const day = this.#dayOf(asset, time);
    day.sold += units;
    day.sales.add({ disposal: this.#disposals++, quantity: units, proceeds, time, cause });
    this.#update(asset, time);
    return true;
  }

  settle(time: number): void {
    for (let asset = 0; asset < this.#assets.length; asset++) this.#settleAsset(asset, time);
  }

  endYear(): void {}

  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink): void {
    const units = Math.min(quantity, this.#holdings.quantity[asset]!);
    if (!(units > 0)) return;
    const days = this.#open[asset]!;
    const date = startOfDay(time);
    const last = days.at(-1);
    const begun = last?.date === date ? last : null;
    const today = { ...(begun ?? this.#newDay(date)), sold: (begun?.sold ?? 0) + units };
    const supposed = [...(begun ? days.slice(0, -1) : days), today];
    const { cost } = match(supposed, this.#pools[asset]!);
    for (let place = 0; place < supposed.length; place++) recount(supposed[place]!, cost[place]!, sink, false);
    const ownCost = cost.at(-1)! * (units / today.sold);
    sink.count((proceeds * units) / quantity - ownCost, false, time, 1);
  }

  foreseeAll(proceeds: Float64Array, time: number, sink: ResultSink): void {
    for (let asset = 0; asset < this.#assets.length; asset++) {
      this.foresee(asset, this.#holdings.quantity[asset]!, proceeds[asset]!, time, sink);
    }
  }

  held(asset: number): number {
    return this.#holdings.quantity[asset]!;
  }

  basis(asset: number): number {
    return this.#basis[asset]!;
  }

  nextQuantity(asset: number): number {
    return this.#holdings.quantity[asset]!;
  }

  lots(asset: number): LotView[] {
    const quantity = this.held(asset);
    if (!(quantity > 0)) return [];
    const acquired = this.#since[asset]!;
    return [{ asset: this.#assets[asset]!, acquired, quantity, cost: this.basis(asset), longTerm: false }];
  }

  parts(): { final: readonly MatchedPart[]; provisional: readonly MatchedPart[] } {
    const provisional = this.#open.flatMap((days, asset) => {
      const { parts } = match(days, this.#pools[asset]!, true);
      return days.flatMap((day, place) => linesOf(asset, day, parts[place]!));
    });
    return { final: this.#parts, provisional };
  }

  #dayOf(asset: number, time: number): Day {
    const days = this.#open[asset]!;
    const date = startOfDay(time);
    let place = days.length;
    while (place > 0 && days[place - 1]!.date > date) place--;
    if (place > 0 && days[place - 1]!.date === date) return days[place - 1]!;
    const day = this.#newDay(date);
    days.splice(place, 0, day);
    return day;
  }

  #newDay(date: number): Day {
    return { date, bought: 0, boughtCost: 0, sold: 0, sales: new JointSales(this.#bySign) };
  }

  #update(asset: number, time: number): void {
    if (time > this.#now) this.#now = time;
    this.#settleAsset(asset, this.#now);
    const days = this.#open[asset]!;
    const { cost, pool } = match(days, this.#pools[asset]!);
    for (let place = 0; place < days.length; place++) recount(days[place]!, cost[place]!, this.#sink, true);
    this.#basis[asset] = this.#holdings.quantity[asset] === 0 ? 0 : pool.cost;
  }

  /** Moves the days whose window is over into the pool, and their parts to the final ones. */
  #settleAsset(asset: number, time: number): void {
    const days = this.#open[asset]!;
    const pool = this.#pools[asset]!;
    while (days.length > 0 && days[0]!.date + WINDOW * DAY < startOfDay(time)) {
      const { parts, givenToFirst } = match(days, pool, true);
      const day = days[0]!;
      for (let later = 1; later < days.length; later++) giveAway(days[later]!, givenToFirst[later]!);
      if (this.#keepParts) this.#parts.push(...linesOf(asset, day, parts[0]!));
      const [pooled] = parts[0]!.filter(({ rule }) => rule === 's104');
      if (pooled) {
        if (this.#holdings.isShort(asset, pooled.quantity - pool.quantity)) {
          throw this.#holdings.exceeded(asset, pooled.quantity, pool.quantity);
        }
        leave(pool, pooled.quantity);
      }
      const matched = parts[0]!.reduce((sum, { rule, quantity }) => sum + (rule === 'same-day' ? quantity : 0), 0);
      if (day.bought > matched) enter(pool, day, day.bought - matched);
      days.shift();
    }
  }
}

/** What is left of units that were `all` at first; nothing where only rounding is. */
function less(units: number, quantity: number, all: number): number {
  const left = units - quantity;
  return left > DUST * all ? left : 0;
}

/** Takes units off a day's purchases, at their own cost. */
function giveAway(day: Day, quantity: number): void {
  if (quantity === 0) return;
  const left = less(day.bought, quantity, day.bought);
  day.boughtCost *= left / day.bought;
  day.bought = left;
}

/** Matches the days in order of date against each other and the pool before the first of them; changes neither. */
function match(days: readonly Day[], before: Readonly<Pool>, withParts = false): Matching {
  const cost = new Float64Array(days.length);
  const parts: PooledPart[][] = withParts ? days.map(() => []) : [];
  const toBuy = new Float64Array(days.length);
  const toSell = new Float64Array(days.length);
  const givenToFirst = new Float64Array(days.length);
  const note = (seller: number, quantity: number, paid: number, rule: MatchingRule, acquired: number): void => {
    cost[seller] = cost[seller]! + paid;
    if (withParts) parts[seller]!.push({ quantity, cost: paid, rule, acquired });
  };
  const take = (seller: number, buyer: number, rule: '30-day' | 'same-day'): number => {
    const quantity = Math.min(toSell[seller]!, toBuy[buyer]!);
    if (!(quantity > 0)) return 0;
    const { date, bought, boughtCost } = days[buyer]!;
    toSell[seller] = less(toSell[seller]!, quantity, days[seller]!.sold);
    toBuy[buyer] = less(toBuy[buyer]!, quantity, bought);
    note(seller, quantity, boughtCost * (quantity / bought), rule, date);
    return quantity;
  };
  for (let place = 0; place < days.length; place++) {
    toBuy[place] = days[place]!.bought;
    toSell[place] = days[place]!.sold;
    take(place, place, 'same-day');
  }
  // Earlier sales take earlier purchases: those before `buyer` have nothing left, or are no later than the seller.
  let buyer = 0;
  for (let seller = 0; seller < days.length; seller++) {
    buyer = Math.max(buyer, seller + 1);
    const until = days[seller]!.date + WINDOW * DAY;
    while (toSell[seller]! > 0 && buyer < days.length && days[buyer]!.date <= until) {
      const quantity = take(seller, buyer, '30-day');
      if (seller === 0) givenToFirst[buyer] = quantity;
      if (!(toBuy[buyer]! > 0)) buyer++;
    }
  }
  const pool = { ...before };
  for (let place = 0; place < days.length; place++) {
    if (toBuy[place]! > 0) enter(pool, days[place]!, toBuy[place]!);
    const quantity = toSell[place]!;
    if (quantity > 0) note(place, quantity, leave(pool, quantity), 's104', NaN);
  }
  return { cost, parts, givenToFirst, pool };
}

/** Purchases of a day that no sale took go into the pool at their own cost. */
function enter(pool: Pool, { bought, boughtCost }: Day, quantity: number): void {
  pool.quantity += quantity;
  pool.cost += boughtCost * (quantity / bought);
}

/** Takes units out of the pool and returns their cost; a pool that is too small gives all it has. */
function leave(pool: Pool, quantity: number): number {
  const cost = quantity < pool.quantity ? pool.cost * (quantity / pool.quantity) : pool.cost;
  pool.quantity = Math.max(0, pool.quantity - quantity);
  pool.cost -= cost;
  return cost;
}

/** Counts what the sales of a day now result in; cost goes by quantity, as of one disposal. */
function recount({ sold, sales }: Day, cost: number, sink: ResultSink, keep: boolean): void {
  if (sold > 0) sales.recount(cost / sold, sink, keep);
}

/** Every part of a day for every sale of it, by quantity. */
function linesOf(asset: number, day: Day, parts: readonly PooledPart[]): MatchedPart[] {
  return day.sales.sales.flatMap((sale) =>
    parts.map((part) => {
      const share = sale.quantity / day.sold;
      return matchedPart(asset, sale, { ...part, quantity: part.quantity * share, cost: part.cost * share });
    }),
  );
}
