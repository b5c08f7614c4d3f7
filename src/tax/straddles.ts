import { DUST } from '../core/numeric.ts';
import { allowedStraddleLoss } from './assess/straddle.ts';
import type { Lot, LotBook } from './lot-book.ts';
import type { LongTermClock } from './long-term.ts';
import type { ResultSink } from './spot-book.ts';

/** What hedges of coins are made of, and where what they do to a bill goes. */
export interface StraddleRules {
  readonly book: LotBook;
  readonly clock: LongTermClock;
  /** Coin of each contract, −1: none that is held here. */
  readonly coinOf: ArrayLike<number>;
  readonly assets: number;
  /** Whether hedges suspend holding periods and defer losses. */
  readonly straddles: boolean;
  /** Whether a hedge of a coin with a gain is its sale. */
  readonly constructiveSales: boolean;
  /** A contract's loss counts by `amount` from now on; positive: less of it does. */
  readonly count: (contract: number, amount: number, longTerm: boolean, time: number) => void;
  /** A lot was sold and bought back, as the law has it, for `proceeds`. */
  readonly deem: (asset: number, lot: Lot, proceeds: number, longTerm: boolean, time: number) => void;
}

/**
 * Coins and the short contracts that offset them. A net short position of a coin covers that many of its units, next to be sold first.
 *
 * As straddles: a lot that is not long-term when it is covered has no holding period while it is, and begins a new one afterwards; a loss on
 * closing the hedge, or on marking it at a year's end, counts only as far as it exceeds the unrecognised gain of the lots it covered. They
 * take the rest along until they are sold or lose that gain, tested at each year's end; it is long-term where the lot was when it was
 * covered. As constructive sales: a lot with a gain is sold at the coin's price when it is covered, and bought back.
 *
 * @see 26 U.S.C. 1092(a)(1), (d); Temp. Treas. Reg. 1.1092(b)-2T; 26 U.S.C. 1259, as H.R. 9172 would extend it
 */
export class Straddles {
  readonly #rules: StraddleRules;
  /** Units of its coin per contract, signed. */
  readonly #positions: Float64Array;
  /** Loss of the last reduction, which waits for the position's new size, and what counts it in full. */
  #loss = 0;
  #inFull = (): void => {};

  constructor(rules: StraddleRules) {
    this.#rules = rules;
    this.#positions = new Float64Array(rules.coinOf.length);
  }

  /**
   * A reduction of a contract lost `loss` > 0: how it counts is known when the position's size is. Where it has hedged nothing, `inFull` is
   * called then. Returns false when it counts at once.
   */
  holdBack(contract: number, loss: number, inFull: () => void): boolean {
    if (!this.#rules.straddles || this.#rules.coinOf[contract]! < 0) return false;
    this.#loss = loss;
    this.#inFull = inFull;
    return true;
  }

  /** A position is `quantity` units of its coin now, at the coin's `price`. */
  moved(contract: number, quantity: number, price: number, time: number): void {
    this.#positions[contract] = quantity;
    const asset = this.#rules.coinOf[contract]!;
    if (asset < 0) return;
    const freed = this.#fit(asset, price, time);
    const loss = this.#loss;
    this.#loss = 0;
    if (loss > 0) this.#attach(contract, loss, freed, price, time);
  }

  /** Counts what the losses among `results`, those of closing every contract, would come to with all coins sold, and takes them out of them. */
  foreseeLosses(results: Float64Array, time: number, sink: ResultSink): void {
    this.#takeLosses(results, (_, loss, covered, from, to) => {
      let long = 0;
      eachPart(covered, from, to, ({ wasLong }, units) => (long += wasLong ? units : 0));
      const longShare = long / (to - from);
      sink.count(loss * longShare, true, time, 1);
      sink.count(loss * (1 - longShare), false, time, 1);
    });
  }

  /** Contracts are marked as a tax year ends: the losses among their `results` wait with the coins they cover, and are taken out of them. */
  holdBackMarks(results: Float64Array): void {
    this.#takeLosses(results, (contract, loss, covered, from, to) => {
      eachPart(covered, from, to, (lot, units) => takeAlong(lot, contract, -loss * (units / (to - from))));
    });
  }

  /**
   * Tells of each loss among `results`, those of closing every contract, which units of the covered lots in turn its contract would free, and
   * takes it out of `results`. Short contracts close in their order, before long ones. What has hedged nothing stays.
   */
  #takeLosses(
    results: Float64Array,
    tell: (contract: number, loss: number, covered: readonly Lot[], from: number, to: number) => void,
  ): void {
    const { book, coinOf, assets, straddles } = this.#rules;
    for (let asset = 0; straddles && asset < assets; asset++) {
      const covered = book.inTurn(asset).filter((lot) => lot.covered);
      const dust = DUST * book.held(asset);
      let net = this.#net(asset);
      let freed = 0;
      for (let contract = 0; contract < coinOf.length; contract++) {
        const position = this.#positions[contract]!;
        if (coinOf[contract] !== asset || !(position < 0)) continue;
        net -= position;
        const from = freed;
        freed = Math.max(freed, sizeOf(covered) - Math.max(0, -net));
        const loss = results[contract]!;
        if (!(loss < 0) || freed - from <= dust) continue;
        tell(contract, loss, covered, from, freed);
        results[contract] = 0;
      }
    }
  }

  /**
   * Units of a coin were sold at `price`, after which a hedge covers others: as constructive sales go, it is entered into anew, whether or
   * not what was sold had a gain (26 U.S.C. 1259(e)(1) speaks of coins that had). NaN: they were bought, and have no gain.
   */
  touched(asset: number, price: number, time: number): void {
    this.#fit(asset, price, time);
  }

  /** The tax year ends with these prices per unit: how much of each loss counts is final for it. */
  endYear(prices: Float64Array, time: number): void {
    for (let asset = 0; asset < this.#rules.assets; asset++) {
      for (const lot of this.#rules.book.inTurn(asset)) {
        this.#weigh(lot, prices[asset]!, time);
        for (const loss of lot.losses) {
          loss.amount -= loss.counted;
          loss.counted = 0;
        }
        lot.losses = lot.losses.filter(({ amount }) => amount > 0);
      }
    }
  }

  /** What the contracts of a coin come to, in its units, signed. */
  #net(asset: number): number {
    const { coinOf } = this.#rules;
    let net = 0;
    for (let contract = 0; contract < coinOf.length; contract++)
      if (coinOf[contract] === asset) net += this.#positions[contract]!;
    return net;
  }

  /** Covers or frees lots until as many units are covered as are hedged, and returns what was freed. */
  #fit(asset: number, price: number, time: number): Lot[] {
    const { book } = this.#rules;
    const lots = book.inTurn(asset);
    const wanted = Math.min(Math.max(0, -this.#net(asset)), book.held(asset));
    let change = wanted - sizeOf(lots.filter((lot) => lot.covered));
    const dust = DUST * book.held(asset);
    const freed: Lot[] = [];
    for (const lot of lots) {
      if (Math.abs(change) <= dust) break;
      if (lot.covered !== change < 0) continue;
      const size = Math.abs(change);
      const part = lot.quantity > size + dust ? book.split(asset, lot, size) : lot;
      if (change > 0) {
        this.#cover(asset, part, price, time);
        change -= part.quantity;
      } else {
        part.covered = false;
        if (part.holding === Infinity) part.holding = time;
        freed.push(part);
        change += part.quantity;
      }
    }
    return freed;
  }

  #cover(asset: number, lot: Lot, price: number, time: number): void {
    const { book, clock, straddles, constructiveSales, deem } = this.#rules;
    const longTerm = lot.holding < clock.cutoff(time);
    const worth = lot.quantity * price;
    lot.covered = true;
    if (constructiveSales && worth > lot.cost) {
      deem(asset, lot, worth, longTerm, time);
      book.rebase(asset, lot, worth);
      lot.holding = time;
    }
    lot.wasLong = lot.holding < clock.cutoff(time);
    if (straddles && !lot.wasLong) lot.holding = Infinity;
  }

  /** Shares a loss out over the lots that the hedge covered; without any it counts in full, as the contract's. */
  #attach(contract: number, loss: number, freed: readonly Lot[], price: number, time: number): void {
    const units = sizeOf(freed);
    if (units === 0) this.#inFull();
    for (const lot of freed) {
      takeAlong(lot, contract, loss * (lot.quantity / units));
      this.#weigh(lot, price, time);
    }
  }

  /** Counts of a lot's losses what exceeds its unrecognised gain, of each the same share. */
  #weigh({ losses, quantity, cost }: Lot, price: number, time: number): void {
    const sum = losses.reduce((total, { amount }) => total + amount, 0);
    const share = allowedStraddleLoss(sum, quantity * price - cost) / sum;
    for (const loss of losses) {
      const counted = loss.amount * share;
      if (counted === loss.counted) continue;
      this.#rules.count(loss.contract, loss.counted - counted, loss.longTerm, time);
      loss.counted = counted;
    }
  }
}

/** A lot takes a loss along; it keeps the term that the lot had when it was covered, whatever hedges come later. */
function takeAlong({ losses, wasLong }: Lot, contract: number, amount: number): void {
  const same = losses.find((loss) => loss.contract === contract && loss.longTerm === wasLong);
  if (same) same.amount += amount;
  else losses.push({ contract, longTerm: wasLong, amount, counted: 0 });
}

function sizeOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Tells how many of units [from, to) of lots in turn each of them holds. */
function eachPart(lots: readonly Lot[], from: number, to: number, tell: (lot: Lot, units: number) => void): void {
  let start = 0;
  for (const lot of lots) {
    const units = Math.min(to, start + lot.quantity) - Math.max(from, start);
    if (units > 0) tell(lot, units);
    start += lot.quantity;
  }
}
