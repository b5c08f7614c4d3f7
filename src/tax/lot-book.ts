import { DUST } from '../core/numeric.ts';
import { placeIn } from '../core/sorted.ts';
import { Holdings } from './holdings.ts';
import type { LotView } from './ledger.ts';
import type { LongTermClock } from './long-term.ts';
import { LotSums } from './lot-sums.ts';
import type { LotMethod } from './methods.ts';
import { priceRank } from './price-rank.ts';
import type { MatchedPart, ResultSink, SpotBook } from './spot-book.ts';

/** The methods that give up lots. */
export type ByLot = Extract<LotMethod, 'fifo' | 'lifo' | 'hifo' | 'lofo' | 'specific-id' | 'average-moving'>;

/** Loss of a hedge that a lot takes along until it is sold or loses its gain. */
export interface HedgeLoss {
  readonly contract: number;
  /** Whether the lot was long-term when the hedge came to cover it. */
  readonly longTerm: boolean;
  /** ≥ 0, and how much of it counts already. */
  amount: number;
  counted: number;
}

/** One open lot. */
export interface Lot {
  /** Number in order of acquisition calls. */
  readonly id: number;
  readonly acquired: number;
  /** When its holding period began; Infinity while it does not run. */
  holding: number;
  quantity: number;
  /** Of what is left of it. */
  cost: number;
  /** Rank of its gross per unit, by which HIFO and LOFO sort. */
  readonly rank: number;
  /** Cost per unit at its purchase. */
  readonly unitCost: number;
  /** Whether the sums hold it among the long-term ones. */
  old: boolean;
  /** Whether a short contract offsets it, and whether it was long-term when it came to that. */
  covered: boolean;
  wasLong: boolean;
  /** One for each contract and term. */
  losses: HedgeLoss[];
}

/** What a lot book is made of. */
export interface LotBookRules {
  readonly method: ByLot;
  readonly assets: readonly string[];
  readonly clock: LongTermClock;
  readonly sink: ResultSink;
  readonly keepParts: boolean;
  /** Whether hedges change lots. */
  readonly hedged: boolean;
  /** A lot that took the loss of a contract along is sold: `amount` ≤ 0 of it counts now. */
  readonly release: (contract: number, amount: number, longTerm: boolean, time: number) => void;
}

/**
 * Coins lot by lot, each part of a disposal counted on its own, so that gains and losses may go different ways.
 *
 * `LotPool` does the same in sums, faster. Lots of an asset are kept in the order in which the method gives them up, next one last.
 */
export class LotBook implements SpotBook {
  readonly #rules: LotBookRules;
  readonly #lots: Lot[][];
  /** Per asset; null where lots have no cost of their own, or hedges change them. */
  readonly #sums: readonly LotSums<Lot>[] | null;
  readonly #holdings: Holdings;
  readonly #basis: Float64Array;
  readonly #parts: MatchedPart[] = [];
  readonly #before: (a: Lot, b: Lot) => boolean;
  /** Numbers of the lots that the seller has named for the next disposal, per asset. */
  readonly #named: number[][];
  #acquisitions = 0;
  #disposals = 0;

  constructor(rules: LotBookRules) {
    this.#rules = rules;
    this.#lots = rules.assets.map(() => []);
    this.#sums = rules.hedged || rules.method === 'average-moving' ? null : rules.assets.map(() => new LotSums());
    this.#named = rules.assets.map(() => []);
    this.#holdings = new Holdings(rules.assets);
    this.#basis = new Float64Array(rules.assets.length);
    this.#before = PRECEDENCE[rules.method];
  }

  acquire(asset: number, quantity: number, cost: number, price: number, time: number): void {
    this.#holdings.add(asset, quantity, time);
    this.#basis[asset] = this.#basis[asset]! + cost;
    const lot: Lot = {
      id: this.#acquisitions++,
      acquired: time,
      holding: time,
      quantity,
      cost,
      rank: priceRank(price),
      unitCost: cost / quantity,
      old: false,
      covered: false,
      wasLong: false,
      losses: [],
    };
    this.#enter(this.#lots[asset]!, lot);
    this.#sums?.[asset]!.add(lot);
  }

  /** Lots that the next disposal of an asset takes first, in this order. */
  name(asset: number, lots: readonly number[]): void {
    this.#named[asset] = [...lots];
  }

  dispose(asset: number, quantity: number, proceeds: number, _gross: number, time: number, cause: number): boolean {
    const lots = this.#lots[asset]!;
    const disposal = this.#disposals;
    const unitProceeds = proceeds / quantity;
    const average = this.#averageCost(asset);
    const units = this.#holdings.take(asset, quantity);
    const scale = units > 0 ? quantity / units : 1;
    const cutoff = this.#rules.clock.cutoff(time);
    let remaining = units;
    let spent = 0;
    while (lots.length > 0 && remaining > DUST * units) {
      const place = this.#next(asset);
      const lot = lots[place]!;
      const whole = remaining >= lot.quantity * (1 - DUST);
      const taken = whole ? lot.quantity : remaining;
      const own = whole ? lot.cost : lot.cost * (taken / lot.quantity);
      const cost = average === null ? own : taken * average;
      const part = this.#part(asset, lot, taken, taken * scale * unitProceeds, cost, time, cause, disposal, cutoff);
      this.#rules.sink.count(part.proceeds - cost, part.longTerm, time, 1);
      if (this.#rules.keepParts) this.#parts.push(part);
      if (lot.losses.length > 0) this.#release(lot, taken / lot.quantity, time);
      if (whole) this.#sums?.[asset]!.remove(lot);
      else this.#sums?.[asset]!.take(lot, taken, own);
      lot.quantity -= taken;
      lot.cost -= own;
      if (whole) lots.splice(place, 1);
      remaining -= taken;
      spent += cost;
    }
    this.#basis[asset] = this.#holdings.quantity[asset] === 0 ? 0 : this.#basis[asset]! - spent;
    this.#named[asset]!.length = 0;
    if (this.#holdings.quantity[asset] === 0) {
      lots.length = 0;
      this.#sums?.[asset]!.clear();
    }
    if (units === 0) return false;
    this.#disposals++;
    return true;
  }

  settle(): void {}
  endYear(): void {}

  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink): void {
    const lots = this.#lots[asset]!;
    const named = this.#named[asset]!;
    const cutoff = this.#rules.clock.cutoff(time);
    const average = this.#averageCost(asset);
    const unitProceeds = proceeds / quantity;
    if (this.#sums && quantity >= this.#holdings.quantity[asset]!) {
      this.#sums[asset]!.count(unitProceeds, cutoff, time, sink);
      return;
    }
    let remaining = Math.min(quantity, this.#holdings.quantity[asset]!);
    const dust = DUST * remaining;
    const give = (lot: Lot): void => {
      const taken = Math.min(remaining, lot.quantity);
      if (!(taken > dust)) return;
      const cost = average === null ? lot.cost * (taken / lot.quantity) : taken * average;
      sink.count(taken * unitProceeds - cost, lot.holding < cutoff, time, 1);
      countLoss(lot, taken / lot.quantity, time, sink);
      remaining -= taken;
    };
    for (const id of named) for (const lot of lots) if (lot.id === id) give(lot);
    for (let place = lots.length - 1; place >= 0 && remaining > dust; place--) {
      if (!named.includes(lots[place]!.id)) give(lots[place]!);
    }
  }

  foreseeAll(proceeds: Float64Array, time: number, sink: ResultSink): void {
    const cutoff = this.#rules.clock.cutoff(time);
    for (let asset = 0; asset < this.#lots.length; asset++) {
      const held = this.#holdings.quantity[asset]!;
      if (held === 0) continue;
      const unitProceeds = proceeds[asset]! / held;
      if (this.#sums) {
        this.#sums[asset]!.count(unitProceeds, cutoff, time, sink);
        continue;
      }
      const average = this.#averageCost(asset);
      for (const lot of this.#lots[asset]!) {
        const cost = average === null ? lot.cost : lot.quantity * average;
        sink.count(lot.quantity * unitProceeds - cost, lot.holding < cutoff, time, 1);
        countLoss(lot, 1, time, sink);
      }
    }
  }

  held(asset: number): number {
    return this.#holdings.quantity[asset]!;
  }

  basis(asset: number): number {
    return this.#basis[asset]!;
  }

  nextQuantity(asset: number): number {
    const lots = this.#lots[asset]!;
    return lots.length === 0 ? 0 : lots[this.#next(asset)]!.quantity;
  }

  lots(asset: number, time: number): LotView[] {
    const cutoff = this.#rules.clock.cutoff(time);
    const average = this.#averageCost(asset);
    return [...this.#lots[asset]!]
      .sort((a, b) => a.acquired - b.acquired || a.id - b.id)
      .map(({ id, acquired, holding, quantity, cost }) => ({
        id,
        asset: this.#rules.assets[asset]!,
        acquired,
        quantity,
        cost: average === null ? cost : quantity * average,
        longTerm: holding < cutoff,
      }));
  }

  parts(): { final: readonly MatchedPart[]; provisional: readonly MatchedPart[] } {
    return { final: this.#parts, provisional: [] };
  }

  /** The open lots of an asset, in the order in which the method would give them up. */
  inTurn(asset: number): Lot[] {
    return [...this.#lots[asset]!].reverse();
  }

  /** Splits off the first `quantity` units of a lot and returns the lot that holds them. */
  split(asset: number, lot: Lot, quantity: number): Lot {
    const cost = lot.cost * (quantity / lot.quantity);
    const share = quantity / lot.quantity;
    const losses = lot.losses.map((loss) => ({ ...loss, amount: loss.amount * share, counted: loss.counted * share }));
    const first = { ...lot, quantity, cost, losses };
    lot.quantity -= quantity;
    lot.cost -= cost;
    takeShare(lot, share);
    const lots = this.#lots[asset]!;
    lots.splice(lots.indexOf(lot) + 1, 0, first);
    return first;
  }

  /** Sets what a lot cost, as after a deemed sale. */
  rebase(asset: number, lot: Lot, cost: number): void {
    this.#basis[asset] = this.#basis[asset]! + cost - lot.cost;
    lot.cost = cost;
  }

  /** Place of the lot that is given up next: the first named one that is still open, else the method's. */
  #next(asset: number): number {
    const lots = this.#lots[asset]!;
    const named = this.#named[asset]!;
    while (named.length > 0) {
      const place = lots.findLastIndex(({ id }) => id === named[0]);
      if (place >= 0) return place;
      named.shift();
    }
    return lots.length - 1;
  }

  #part(
    asset: number,
    lot: Lot,
    quantity: number,
    proceeds: number,
    cost: number,
    disposed: number,
    cause: number,
    disposal: number,
    cutoff: number,
  ): MatchedPart {
    const longTerm = lot.holding < cutoff;
    const { id, acquired } = lot;
    const rule = this.#rules.method === 'average-moving' ? 'average' : 'lot';
    return { asset, disposal, lot: id, acquired, disposed, quantity, proceeds, cost, denied: 0, longTerm, cause, rule };
  }

  #release(lot: Lot, share: number, time: number): void {
    for (const { contract, amount, counted, longTerm } of lot.losses) {
      this.#rules.release(contract, (counted - amount) * share, longTerm, time);
    }
    takeShare(lot, share);
  }

  #averageCost(asset: number): number | null {
    return this.#rules.method === 'average-moving' ? this.#basis[asset]! / this.#holdings.quantity[asset]! : null;
  }

  #enter(lots: Lot[], lot: Lot): void {
    const place = placeIn(lots, (other) => this.#before(lot, other));
    lots.splice(place, 0, lot);
  }
}

/** Counts what selling a share of a lot would release of the losses it takes along. */
function countLoss({ losses }: Lot, share: number, time: number, sink: ResultSink): void {
  for (const { amount, counted, longTerm } of losses) {
    if (amount > counted) sink.count((counted - amount) * share, longTerm, time, 1);
  }
}

/** A share of a lot has left, and took that of the losses along. */
function takeShare({ losses }: Lot, share: number): void {
  for (const loss of losses) {
    loss.amount -= loss.amount * share;
    loss.counted -= loss.counted * share;
  }
}

const older = (a: Lot, b: Lot): boolean => a.acquired < b.acquired || (a.acquired === b.acquired && a.id < b.id);

/** Whether a lot is given up before another. */
const PRECEDENCE: Readonly<Record<ByLot, (a: Lot, b: Lot) => boolean>> = {
  fifo: older,
  'average-moving': older,
  'specific-id': older,
  lifo: (a, b) => older(b, a),
  hifo: (a, b) => a.rank > b.rank || (a.rank === b.rank && older(a, b)),
  lofo: (a, b) => a.rank < b.rank || (a.rank === b.rank && older(a, b)),
};
