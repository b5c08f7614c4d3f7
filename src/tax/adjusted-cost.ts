import { DAY, startOfDay } from '../core/time.ts';
import { Holdings } from './holdings.ts';
import type { LotView } from './ledger.ts';
import { type Sale, matchedPart } from './sales.ts';
import type { MatchedPart, ResultSink, SpotBook } from './spot-book.ts';
import { type Dealing, type Judged, SuperficialWindow, resultOf } from './superficial-window.ts';

/** What an adjusted-cost book is made of. */
export interface AdjustedCostRules {
  readonly assets: readonly string[];
  /** Days before and after a sale in which a purchase denies its loss. */
  readonly daysBefore: number;
  readonly daysAfter: number;
  readonly sink: ResultSink;
  readonly keepParts: boolean;
  /** Whether gains and losses count in classes of their own. */
  readonly bySign: boolean;
}

interface Coin {
  /** Pool before the first open dealing. */
  units: number;
  cost: number;
  since: number;
  /** Purchases before it that may still replace what is sold later, by time. */
  recent: Dealing[];
  /** By time. */
  readonly open: Dealing[];
  /** The open dealings, judged. */
  window: SuperficialWindow;
}

/**
 * Moving-average cost with superficial losses: a loss is denied as far as identical units were bought within a window around the sale and
 * are still held at its end; the cost of what replaces them takes it up.
 *
 * Denied: loss × least of (sold, bought in the window, held at its end) / sold. A purchased unit replaces one sold unit only, the earliest
 * purchase first. A sale stays open until its window is over; meanwhile it is judged as if nothing more were traded.
 *
 * @see Income Tax Act (Canada), section 54 "superficial loss", 53(1)(f); CRA, Identical properties
 */
export class AdjustedCostBook implements SpotBook {
  readonly #rules: AdjustedCostRules;
  readonly #holdings: Holdings;
  readonly #coins: Coin[];
  readonly #basis: Float64Array;
  readonly #parts: MatchedPart[] = [];
  #disposals = 0;
  #now = -Infinity;

  constructor(rules: AdjustedCostRules) {
    this.#rules = rules;
    this.#holdings = new Holdings(rules.assets);
    this.#coins = rules.assets.map(() => {
      const window = new SuperficialWindow({ ...rules, units: 0, cost: 0, held: 0 });
      return { units: 0, cost: 0, since: NaN, recent: [], open: [], window };
    });
    this.#basis = new Float64Array(rules.assets.length);
  }

  acquire(asset: number, quantity: number, cost: number, _price: number, time: number): void {
    const coin = this.#coins[asset]!;
    if (!(this.#holdings.quantity[asset]! > 0) || time < coin.since) coin.since = time;
    this.#reach(asset, time);
    this.#holdings.add(asset, quantity, time);
    this.#enter(asset, dealing(time, quantity, cost, null));
  }

  dispose(asset: number, quantity: number, proceeds: number, _gross: number, time: number, cause: number): boolean {
    this.#reach(asset, time);
    const units = this.#holdings.take(asset, quantity);
    if (units === 0) return false;
    const sale = { disposal: this.#disposals++, quantity: units, proceeds, time, cause };
    this.#enter(asset, dealing(time, -units, 0, sale));
    return true;
  }

  settle(time: number): void {
    this.#coins.forEach((_, asset) => this.#close(asset, time));
  }

  endYear(): void {}

  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink): void {
    const units = Math.min(quantity, this.held(asset));
    if (!(units > 0)) return;
    this.#close(asset, time);
    const { window, open } = this.#coins[asset]!;
    const left = this.held(asset) - units;
    const sale: Sale = { disposal: -1, quantity: units, proceeds: (proceeds * units) / quantity, time, cause: 0 };
    if (window.mayAdd(left)) {
      sink.count(window.resultOf(sale, startOfDay(time), left), false, time, 1);
    } else if (left === 0 && !this.#rules.bySign) {
      // Nothing is left that could replace: no loss of the open sales is denied.
      for (const day of window.days) {
        sink.count(day.result, false, day.time, -1);
        sink.count(day.undenied, false, day.time, 1);
      }
      sink.count(window.resultOfAll(sale.proceeds), false, time, 1);
    } else {
      const supposed = this.#judge(asset, [...open, dealing(time, -units, 0, sale)], left);
      for (const each of supposed.dealings) if (each.dealing.sale) recount(each.dealing, resultOf(each), sink);
    }
  }

  foreseeAll(proceeds: Float64Array, time: number, sink: ResultSink): void {
    this.#coins.forEach((_, asset) => this.foresee(asset, this.held(asset), proceeds[asset]!, time, sink));
  }

  held(asset: number): number {
    return this.#holdings.quantity[asset]!;
  }

  basis(asset: number): number {
    return this.#basis[asset]!;
  }

  nextQuantity(asset: number): number {
    return this.held(asset);
  }

  lots(asset: number): LotView[] {
    const quantity = this.held(asset);
    if (quantity === 0) return [];
    const acquired = this.#coins[asset]!.since;
    return [{ asset: this.#rules.assets[asset]!, acquired, quantity, cost: this.basis(asset), longTerm: false }];
  }

  parts(): { final: readonly MatchedPart[]; provisional: readonly MatchedPart[] } {
    const provisional = this.#coins.flatMap(({ window }, asset) => window.dealings.flatMap((each) => lineOf(asset, each)));
    return { final: this.#parts, provisional };
  }

  /** It is this moment: dealings whose window is over are closed before the next one changes what is held. */
  #reach(asset: number, time: number): void {
    if (time > this.#now) this.#now = time;
    this.#close(asset, this.#now);
  }

  #enter(asset: number, each: Dealing): void {
    const coin = this.#coins[asset]!;
    const held = this.held(asset);
    const isLast = insert(coin.open, each);
    if (isLast && coin.window.mayAdd(held)) coin.window.add(each, held);
    else coin.window = this.#judge(asset, coin.open, held);
    this.#count(coin.window);
    // An opening lot may be older than every window.
    if (each.time < this.#now) this.#close(asset, this.#now);
    this.#basis[asset] = held === 0 ? 0 : coin.window.cost;
  }

  #count(window: SuperficialWindow): void {
    for (const sale of window.takeChanged()) {
      const result = resultOf(sale);
      recount(sale.dealing, result, this.#rules.sink);
      sale.dealing.counted = result;
    }
  }

  /** Closes the dealings whose window is over: what they replace and deny is final. */
  #close(asset: number, time: number): void {
    const coin = this.#coins[asset]!;
    const { open, recent } = coin;
    const { daysBefore, daysAfter } = this.#rules;
    const today = startOfDay(time);
    const over = (days: number, { date }: Dealing): boolean => date + days * DAY < today;
    const stillOpen = open.findIndex((each) => !over(daysAfter, each));
    const closed = stillOpen < 0 ? open.length : stillOpen;
    if (closed === 0) return;
    if (this.#rules.keepParts) {
      for (const each of coin.window.dealings.slice(0, closed)) this.#parts.push(...lineOf(asset, each));
    }
    // Only the closed sales' claims on purchases are final: judging them alone tells which those are.
    const alone = this.#judge(asset, open, this.held(asset), closed);
    for (const { dealing, left } of alone.purchases) dealing.replaced = dealing.units - left;
    for (const { dealing, added } of alone.dealings.slice(closed)) dealing.added += added;
    coin.units = alone.dealings[closed]?.unitsBefore ?? alone.units;
    coin.cost = alone.dealings[closed]?.costBefore ?? alone.cost;
    for (const each of open.splice(0, closed)) if (each.sale === null) insert(recent, each);
    coin.recent = recent.filter((each) => each.replaced < each.units && !over(daysBefore + daysAfter, each));
    coin.window = this.#judge(asset, open, this.held(asset));
    this.#count(coin.window);
  }

  /** @param judged - only the first so many dealings have their losses judged */
  #judge(asset: number, open: readonly Dealing[], held: number, judged = open.length): SuperficialWindow {
    const { units, cost, recent } = this.#coins[asset]!;
    const { daysBefore, daysAfter } = this.#rules;
    const window = new SuperficialWindow({ daysBefore, daysAfter, units, cost, held });
    for (const each of recent) window.recall(each);
    open.forEach((each, place) => window.add(each, held, place < judged));
    return window;
  }
}

function dealing(time: number, units: number, cost: number, sale: Sale | null): Dealing {
  return { time, date: startOfDay(time), units, cost, sale, replaced: 0, added: 0, counted: NaN };
}

/** Puts a dealing where its time is, and tells whether that is last. */
function insert(dealings: Dealing[], each: Dealing): boolean {
  let place = dealings.length;
  while (place > 0 && dealings[place - 1]!.time > each.time) place--;
  dealings.splice(place, 0, each);
  return place === dealings.length - 1;
}

function recount({ sale, counted }: Dealing, result: number, sink: ResultSink): void {
  if (sale === null || result === counted) return;
  if (!Number.isNaN(counted)) sink.count(counted, false, sale.time, -1);
  sink.count(result, false, sale.time, 1);
}

function lineOf(asset: number, { dealing: { sale }, cost, denied }: Judged): MatchedPart[] {
  if (sale === null) return [];
  return [matchedPart(asset, sale, { quantity: sale.quantity, cost, rule: 'average', acquired: NaN, denied })];
}
