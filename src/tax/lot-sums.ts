import { type CostedLot, LotsByCost } from './lots-by-cost.ts';
import type { ResultSink } from './spot-book.ts';

/** What is summed up of an open lot. */
export interface SummedLot extends CostedLot {
  /** When its holding period began. */
  readonly holding: number;
  /** Whether it is among those that were long-term when the lots were last weighed. */
  old: boolean;
}

/** The open lots of one coin, short-term and long-term, for what a sale of all of them would result in. */
export class LotSums<L extends SummedLot> {
  readonly #short = new LotsByCost<L>();
  readonly #long = new LotsByCost<L>();
  /** Lots that are not long-term yet, by holding period, from the place of the first; some of them are sold. */
  readonly #young: L[] = [];
  #first = 0;

  add(lot: L): void {
    this.#short.add(lot);
    const young = this.#young;
    let place = young.length;
    while (place > this.#first && young[place - 1]!.holding > lot.holding) place--;
    young.splice(place, 0, lot);
  }

  /** A part of a lot is given up: before the lot itself tells less. */
  take(lot: L, quantity: number, cost: number): void {
    this.#of(lot).take(lot, quantity, cost);
  }

  remove(lot: L): void {
    this.#of(lot).remove(lot);
  }

  clear(): void {
    this.#short.clear();
    this.#long.clear();
    this.#young.length = 0;
    this.#first = 0;
  }

  /** Counts what a sale of everything at a price per unit would result in. @param cutoff - lots held since before are long-term */
  count(price: number, cutoff: number, time: number, sink: ResultSink): void {
    this.#age(cutoff);
    for (const lots of [this.#short, this.#long]) {
      lots.weigh(price);
      if (lots.gains !== 0) sink.count(lots.gains, lots === this.#long, time, 1);
      if (lots.losses !== 0) sink.count(lots.losses, lots === this.#long, time, 1);
    }
  }

  #of({ old }: L): LotsByCost<L> {
    return old ? this.#long : this.#short;
  }

  #age(cutoff: number): void {
    const young = this.#young;
    for (; this.#first < young.length && young[this.#first]!.holding < cutoff; this.#first++) {
      const lot = young[this.#first]!;
      if (!(lot.quantity > 0)) continue;
      this.#short.remove(lot);
      lot.old = true;
      this.#long.add(lot);
    }
    if (2 * this.#first > young.length) {
      young.splice(0, this.#first);
      this.#first = 0;
    }
  }
}
