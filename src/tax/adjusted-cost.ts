import { DAY, startOfDay } from '../core/time.ts';
import { Holdings } from './holdings.ts';
import type { LotView } from './ledger.ts';
import { type Sale, matchedPart } from './sales.ts';
import type { MatchedPart, ResultSink, SpotBook } from './spot-book.ts';

/** One dealing in a coin. */
interface Dealing {
  readonly time: number;
  /** UTC date. */
  readonly date: number;
  /** Signed: negative sells. */
  readonly units: number;
  /** Cost of a purchase. */
  readonly cost: number;
  readonly sale: Sale | null;
  /** Of a purchase: units that have replaced sold ones so far, for good. */
  replaced: number;
  /** Of a purchase: denied losses of settled sales that its cost takes up. */
  added: number;
  /** What is counted of a sale. */
  counted: number;
}

/** What a pass over the open dealings finds. */
interface Pass {
  /** Per dealing, of a sale. */
  readonly cost: Float64Array;
  readonly denied: Float64Array;
  /** Per dealing, of a purchase: units that replace sold ones, and denied losses that its cost takes up. */
  readonly replaced: Float64Array;
  readonly added: Float64Array;
  /** Pool before each dealing. */
  readonly unitsBefore: Float64Array;
  readonly costBefore: Float64Array;
  units: number;
  poolCost: number;
}

/** What an adjusted-cost book is made of. */
export interface AdjustedCostRules {
  readonly assets: readonly string[];
  /** Days before and after a sale in which a purchase denies its loss. */
  readonly daysBefore: number;
  readonly daysAfter: number;
  readonly sink: ResultSink;
  readonly keepParts: boolean;
}

interface Coin {
  /** Pool before the first open dealing. */
  units: number;
  cost: number;
  since: number;
  /** Settled dealings whose purchases may still replace what is sold later. */
  recent: Dealing[];
  open: Dealing[];
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
    this.#coins = rules.assets.map(() => ({ units: 0, cost: 0, since: NaN, recent: [], open: [] }));
    this.#basis = new Float64Array(rules.assets.length);
  }

  acquire(asset: number, quantity: number, cost: number, _price: number, time: number): void {
    const coin = this.#coins[asset]!;
    if (!(this.#holdings.quantity[asset]! > 0) || time < coin.since) coin.since = time;
    this.#holdings.add(asset, quantity, time);
    enter(coin.open, dealing(time, quantity, cost, null));
    this.#update(asset, time);
  }

  dispose(asset: number, quantity: number, proceeds: number, _gross: number, time: number, cause: number): boolean {
    const units = this.#holdings.take(asset, quantity);
    if (units === 0) return false;
    const sale = { disposal: this.#disposals++, quantity: units, proceeds, time, cause };
    enter(this.#coins[asset]!.open, dealing(time, -units, 0, sale));
    this.#update(asset, time);
    return true;
  }

  settle(time: number): void {
    this.#coins.forEach((_, asset) => this.#settleCoin(asset, time));
  }

  endYear(): void {}

  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink): void {
    const coin = this.#coins[asset]!;
    const units = Math.min(quantity, this.#holdings.quantity[asset]!);
    if (!(units > 0)) return;
    const sale: Sale = { disposal: -1, quantity: units, proceeds: (proceeds * units) / quantity, time, cause: 0 };
    const supposed = [...coin.open, dealing(time, -units, 0, sale)];
    const pass = this.#pass(coin, supposed);
    supposed.forEach((each, place) => recount(each, resultOf(each, pass, place), sink));
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
    const provisional = this.#coins.flatMap((coin, asset) => {
      const pass = this.#pass(coin, coin.open);
      return coin.open.flatMap((each, place) => lineOf(asset, each, pass, place));
    });
    return { final: this.#parts, provisional };
  }

  #update(asset: number, time: number): void {
    if (time > this.#now) this.#now = time;
    this.#settleCoin(asset, this.#now);
    const coin = this.#coins[asset]!;
    const pass = this.#pass(coin, coin.open);
    coin.open.forEach((each, place) => {
      const result = resultOf(each, pass, place);
      recount(each, result, this.#rules.sink);
      each.counted = result;
    });
    this.#basis[asset] = this.#holdings.quantity[asset] === 0 ? 0 : pass.poolCost;
  }

  /** Closes the dealings whose window is over: what they replace and deny is final. */
  #settleCoin(asset: number, time: number): void {
    const coin = this.#coins[asset]!;
    const { open, recent } = coin;
    const today = startOfDay(time);
    const over = (days: number, date: number): boolean => date + days * DAY < today;
    if (open.length > 0 && over(this.#rules.daysAfter, open[0]!.date)) {
      const pass = this.#pass(coin, open);
      let closed = 0;
      while (closed < open.length && over(this.#rules.daysAfter, open[closed]!.date)) {
        if (this.#rules.keepParts) this.#parts.push(...lineOf(asset, open[closed]!, pass, closed));
        closed++;
      }
      // Only the closed sales' claims on purchases are final: a pass over them alone tells which those are.
      const alone = this.#pass(coin, open, closed);
      [...recent, ...open].forEach((each, place) => {
        each.replaced += alone.replaced[place]!;
        if (place >= recent.length + closed) each.added += alone.added[place]!;
      });
      coin.units = closed < open.length ? alone.unitsBefore[closed]! : alone.units;
      coin.cost = closed < open.length ? alone.costBefore[closed]! : alone.poolCost;
      recent.push(...open.splice(0, closed));
    }
    const { daysBefore, daysAfter } = this.#rules;
    while (recent.length > 0 && over(daysBefore + daysAfter, recent[0]!.date)) recent.shift();
  }

  /**
   * Goes through the open dealings in order of time: average cost, losses, what of them is denied, and what takes it up.
   *
   * @param judged - only the first so many dealings have their losses judged
   */
  #pass(coin: Coin, open: readonly Dealing[], judged = open.length): Pass {
    const { daysBefore, daysAfter } = this.#rules;
    const all = [...coin.recent, ...open];
    const first = coin.recent.length;
    const pass: Pass = {
      cost: new Float64Array(open.length),
      denied: new Float64Array(open.length),
      replaced: new Float64Array(all.length),
      added: new Float64Array(all.length),
      unitsBefore: new Float64Array(open.length),
      costBefore: new Float64Array(open.length),
      units: coin.units,
      poolCost: coin.cost,
    };
    // Sales of one moment are one disposal: what they deny raises no cost before all of them are done, and what is held replaces once.
    let moment = NaN;
    let waiting = 0;
    let replacedNow = 0;
    open.forEach(({ time, units, cost, date, sale, added }, place) => {
      if (time !== moment || sale === null) {
        pass.poolCost += waiting;
        waiting = 0;
        replacedNow = 0;
      }
      moment = time;
      pass.unitsBefore[place] = pass.units;
      pass.costBefore[place] = pass.poolCost;
      if (sale === null) {
        pass.units += units;
        pass.poolCost += cost + added + pass.added[first + place]!;
        return;
      }
      const share = -units < pass.units ? -units / pass.units : 1;
      const own = pass.poolCost * share;
      pass.cost[place] = own;
      pass.units = Math.max(0, pass.units + units);
      pass.poolCost -= own;
      const loss = own - sale.proceeds;
      if (!(loss > 0) || place >= judged) return;
      const replaceable = heldAfter(open, place, date + daysAfter * DAY, pass.units) - replacedNow;
      let replacing = Math.min(-units, replaceable);
      for (let k = 0; k < all.length && replacing > 0; k++) {
        const bought = all[k]!;
        const inWindow = bought.date >= date - daysBefore * DAY && bought.date <= date + daysAfter * DAY;
        if (bought.units < 0 || !inWindow) continue;
        const units = Math.min(replacing, bought.units - bought.replaced - pass.replaced[k]!);
        if (!(units > 0)) continue;
        const denied = loss * (units / sale.quantity);
        pass.replaced[k]! += units;
        pass.denied[place]! += denied;
        replacing -= units;
        replacedNow += units;
        // A purchase still to come takes the loss up then, one that is held already at once.
        if (k > first + place) pass.added[k]! += denied;
        else waiting += denied;
      }
    });
    pass.poolCost += waiting;
    return pass;
  }
}

function dealing(time: number, units: number, cost: number, sale: Sale | null): Dealing {
  return { time, date: startOfDay(time), units, cost, sale, replaced: 0, added: 0, counted: NaN };
}

function enter(open: Dealing[], each: Dealing): void {
  let place = open.length;
  while (place > 0 && open[place - 1]!.time > each.time) place--;
  open.splice(place, 0, each);
}

/** Units held at the end of a date, from what is held after a dealing. */
function heldAfter(open: readonly Dealing[], place: number, until: number, held: number): number {
  for (let k = place + 1; k < open.length && open[k]!.date <= until; k++) held += open[k]!.units;
  return Math.max(0, held);
}

/** NaN for a purchase. */
function resultOf({ sale }: Dealing, { cost, denied }: Pass, place: number): number {
  return sale === null ? NaN : sale.proceeds - cost[place]! + denied[place]!;
}

function recount({ sale, counted }: Dealing, result: number, sink: ResultSink): void {
  if (sale === null || result === counted) return;
  if (!Number.isNaN(counted)) sink.count(counted, false, sale.time, -1);
  sink.count(result, false, sale.time, 1);
}

function lineOf(asset: number, { sale, units }: Dealing, { cost, denied }: Pass, place: number): MatchedPart[] {
  if (sale === null) return [];
  return [
    matchedPart(asset, sale, { quantity: -units, cost: cost[place]!, rule: 'average', acquired: NaN, denied: denied[place]! }),
  ];
}
