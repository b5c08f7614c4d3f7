import { DAY, startOfDay } from '../core/time.ts';
import { Holdings } from './holdings.ts';
import type { LotView } from './ledger.ts';
import { type PooledPart, type Sale, matchedPart } from './sales.ts';
import type { MatchedPart, ResultSink, SpotBook } from './spot-book.ts';

/** Days after a sale in which a purchase is matched to it (TCGA 1992, section 106A(5)). */
const WINDOW = 30;

/** One coin's dealings on one day: the rules know no order within it. */
interface Day {
  readonly date: number;
  bought: number;
  boughtCost: number;
  sold: number;
  proceeds: number;
  readonly sales: Sale[];
  /** What is counted of each sale, in their order. */
  readonly counted: number[];
}

interface Pool {
  quantity: number;
  cost: number;
}

/** The days that are still open, matched as if nothing more were traded: parts per day, purchases that remain, and the pool after it all. */
interface Matching {
  readonly parts: PooledPart[][];
  /** Per day, units bought that were matched to sales of the first day. */
  readonly givenToFirst: Float64Array;
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
  readonly #holdings: Holdings;
  readonly #basis: Float64Array;
  readonly #since: Float64Array;
  readonly #pools: Pool[];
  readonly #open: Day[][];
  readonly #parts: MatchedPart[] = [];
  #disposals = 0;
  /** The last moment seen: opening lots come in any order before it. */
  #now = -Infinity;

  constructor(assets: readonly string[], sink: ResultSink, keepParts: boolean) {
    this.#assets = assets;
    this.#sink = sink;
    this.#keepParts = keepParts;
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
    this.#add(this.#dayOf(asset, time), { disposal: this.#disposals++, quantity: units, proceeds, time, cause });
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
    const sale: Sale = { disposal: -1, quantity: units, proceeds: (proceeds * units) / quantity, time, cause: 0 };
    const days = this.#open[asset]!;
    const date = startOfDay(time);
    const last = days.at(-1);
    const today = last?.date === date ? { ...last, sales: [...last.sales], counted: [...last.counted] } : newDay(date);
    this.#add(today, sale);
    const supposed = [...(last?.date === date ? days.slice(0, -1) : days), today];
    const { parts } = match(supposed, this.#pools[asset]!);
    supposed.forEach((day, place) => recount(day, costOf(parts[place]!), sink, false));
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
      const { parts } = match(days, this.#pools[asset]!);
      return days.flatMap((day, place) => linesOf(asset, day, parts[place]!));
    });
    return { final: this.#parts, provisional };
  }

  #add(day: Day, sale: Sale): void {
    day.sales.push(sale);
    day.counted.push(NaN);
    day.sold += sale.quantity;
    day.proceeds += sale.proceeds;
  }

  #dayOf(asset: number, time: number): Day {
    const days = this.#open[asset]!;
    const date = startOfDay(time);
    let place = days.length;
    while (place > 0 && days[place - 1]!.date > date) place--;
    if (place > 0 && days[place - 1]!.date === date) return days[place - 1]!;
    const day = newDay(date);
    days.splice(place, 0, day);
    return day;
  }

  #update(asset: number, time: number): void {
    if (time > this.#now) this.#now = time;
    this.#settleAsset(asset, this.#now);
    const days = this.#open[asset]!;
    const { parts, pool } = match(days, this.#pools[asset]!);
    days.forEach((day, place) => recount(day, costOf(parts[place]!), this.#sink, true));
    this.#basis[asset] = this.#holdings.quantity[asset] === 0 ? 0 : pool.cost;
  }

  /** Moves the days whose window is over into the pool, and their parts to the final ones. */
  #settleAsset(asset: number, time: number): void {
    const days = this.#open[asset]!;
    const pool = this.#pools[asset]!;
    while (days.length > 0 && days[0]!.date + WINDOW * DAY < startOfDay(time)) {
      const { parts, givenToFirst } = match(days, pool);
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

function newDay(date: number): Day {
  return { date, bought: 0, boughtCost: 0, sold: 0, proceeds: 0, sales: [], counted: [] };
}

/** Takes units off a day's purchases, at their own cost. */
function giveAway(day: Day, quantity: number): void {
  if (quantity === 0) return;
  day.boughtCost -= day.boughtCost * (quantity / day.bought);
  day.bought -= quantity;
}

/** Matches the days in order of date against each other and the pool before the first of them; changes neither. */
function match(days: readonly Day[], before: Readonly<Pool>): Matching {
  const parts: PooledPart[][] = days.map(() => []);
  const toBuy = days.map(({ bought }) => bought);
  const toSell = days.map(({ sold }) => sold);
  const givenToFirst = new Float64Array(days.length);
  const take = (seller: number, buyer: number, rule: '30-day' | 'same-day'): number => {
    const quantity = Math.min(toSell[seller]!, toBuy[buyer]!);
    if (!(quantity > 0)) return 0;
    const { date, bought, boughtCost } = days[buyer]!;
    toSell[seller]! -= quantity;
    toBuy[buyer]! -= quantity;
    parts[seller]!.push({ quantity, cost: boughtCost * (quantity / bought), rule, acquired: date });
    return quantity;
  };
  days.forEach((_, place) => take(place, place, 'same-day'));
  days.forEach(({ date }, seller) => {
    for (let buyer = seller + 1; buyer < days.length && days[buyer]!.date <= date + WINDOW * DAY; buyer++) {
      const quantity = take(seller, buyer, '30-day');
      if (seller === 0) givenToFirst[buyer] = quantity;
    }
  });
  const pool = { ...before };
  days.forEach((_, place) => {
    if (toBuy[place]! > 0) enter(pool, days[place]!, toBuy[place]!);
    const quantity = toSell[place]!;
    if (quantity > 0) parts[place]!.push({ quantity, cost: leave(pool, quantity), rule: 's104', acquired: NaN });
  });
  return { parts, givenToFirst, pool };
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

function costOf(parts: readonly PooledPart[]): number {
  return parts.reduce((sum, { cost }) => sum + cost, 0);
}

/** Counts what each sale of a day now results in, and takes back what was counted; cost goes by quantity, as of one disposal. */
function recount(day: Day, cost: number, sink: ResultSink, keep: boolean): void {
  day.sales.forEach((sale, place) => {
    const result = sale.proceeds - cost * (sale.quantity / day.sold);
    const counted = day.counted[place]!;
    if (result === counted) return;
    if (!Number.isNaN(counted)) sink.count(counted, false, sale.time, -1);
    sink.count(result, false, sale.time, 1);
    if (keep) day.counted[place] = result;
  });
}

/** Every part of a day for every sale of it, by quantity. */
function linesOf(asset: number, day: Day, parts: readonly PooledPart[]): MatchedPart[] {
  return day.sales.flatMap((sale) =>
    parts.map((part) => {
      const share = sale.quantity / day.sold;
      return matchedPart(asset, sale, { ...part, quantity: part.quantity * share, cost: part.cost * share });
    }),
  );
}
