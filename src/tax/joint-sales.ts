import { placeIn } from '../core/sorted.ts';
import type { Sale } from './sales.ts';
import type { ResultSink } from './spot-book.ts';

/**
 * Sales of one coin that share a cost per unit, in one part of a tax year: those of a day under share matching, those of a year under a
 * total average. They are counted as two sums, of what gained and of what lost, so that another cost takes no step per sale.
 */
export class JointSales {
  /** In order of the calls. */
  readonly sales: Sale[] = [];
  quantity = 0;
  proceeds = 0;

  /** Whether gains and losses count in classes of their own; else all is one sum. */
  readonly #bySign: boolean;
  /** By what a unit brought; empty where the sign does not matter. */
  readonly #byPrice: Sale[] = [];
  /** How many of them, from the first, lose at the cost last counted, and what these come to. */
  #losing = 0;
  #losingQuantity = 0;
  #losingProceeds = 0;
  /** NaN: nothing is counted yet. */
  #countedGain = NaN;
  #countedLoss = NaN;

  constructor(bySign: boolean) {
    this.#bySign = bySign;
  }

  add(sale: Sale): void {
    this.sales.push(sale);
    this.quantity += sale.quantity;
    this.proceeds += sale.proceeds;
    if (!this.#bySign) return;
    const sorted = this.#byPrice;
    const price = priceOf(sale);
    const place = placeIn(sorted, (other) => priceOf(other) < price);
    sorted.splice(place, 0, sale);
    if (place >= this.#losing) return;
    this.#losing++;
    this.#losingQuantity += sale.quantity;
    this.#losingProceeds += sale.proceeds;
  }

  /**
   * Counts what the sales result in at a cost per unit, and takes back what was counted before.
   *
   * @param keep - false: the cost is only supposed, and what is counted stays noted as it was
   */
  recount(unitCost: number, sink: ResultSink, keep: boolean): void {
    const [first] = this.sales;
    if (first === undefined) return;
    const sorted = this.#byPrice;
    let losing = this.#losing;
    let quantity = this.#losingQuantity;
    let proceeds = this.#losingProceeds;
    for (; losing < sorted.length && priceOf(sorted[losing]!) < unitCost; losing++) {
      quantity += sorted[losing]!.quantity;
      proceeds += sorted[losing]!.proceeds;
    }
    for (; losing > 0 && priceOf(sorted[losing - 1]!) >= unitCost; losing--) {
      quantity -= sorted[losing - 1]!.quantity;
      proceeds -= sorted[losing - 1]!.proceeds;
    }
    // Sums that are taken apart and put together again leave rounding where nothing is left.
    if (losing === 0) quantity = proceeds = 0;
    const loss = proceeds - quantity * unitCost;
    const allLose = this.#bySign && losing === sorted.length;
    const gain = allLose ? 0 : this.proceeds - proceeds - (this.quantity - quantity) * unitCost;
    countAnew(this.#countedGain, gain, first.time, sink);
    countAnew(this.#countedLoss, loss, first.time, sink);
    if (!keep) return;
    this.#losing = losing;
    this.#losingQuantity = quantity;
    this.#losingProceeds = proceeds;
    this.#countedGain = gain;
    this.#countedLoss = loss;
  }
}

function countAnew(before: number, result: number, time: number, sink: ResultSink): void {
  if (result === before) return;
  if (before < 0 || before > 0) sink.count(before, false, time, -1);
  if (result !== 0) sink.count(result, false, time, 1);
}

function priceOf({ quantity, proceeds }: Sale): number {
  return proceeds / quantity;
}
