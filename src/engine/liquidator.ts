import { formatTime } from '../core/time.ts';
import { firstBreach, markAt } from '../venue/liquidation.ts';
import type { LinearPositions } from '../venue/liquidation.ts';
import { maintenanceOf, marginRatio } from '../venue/margin.ts';
import { CAUSE } from '../tax/ledger.ts';
import type { Kernel } from './kernel.ts';

/** Where the bar's marks may go from their open (accounting.md, section 3). */
const CORNERS = ['high', 'low', 'adverse'] as const;
type Corner = (typeof CORNERS)[number];

/**
 * Watches a cross-margined account of linear contracts: balance = cash + unrealised results.
 *
 * Its scratch columns have one value per contract, 0-based after the spot instruments, and are views on the account where they can be.
 */
export class Liquidator {
  readonly #kernel: Kernel;
  readonly #corners: readonly Corner[];
  readonly #positions: LinearPositions;
  readonly #indexPrice: Float64Array;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#corners = kernel.config.intrabar === 'correlated' ? CORNERS.slice(0, 2) : CORNERS;
    const { quantity, entry } = kernel.account;
    const contracts = kernel.count - kernel.spotCount;
    this.#positions = {
      quantity: quantity.subarray(kernel.spotCount),
      entry: entry.subarray(kernel.spotCount),
      open: new Float64Array(contracts),
      corner: new Float64Array(contracts),
    };
    this.#indexPrice = new Float64Array(contracts);
  }

  /** Before anything fills: liquidates when the opening marks already breach. */
  atOpen(i: number): void {
    const kernel = this.#kernel;
    const { open, corner } = this.#positions;
    this.#load(open, kernel.market.columns.markOpen, i);
    const ratio = this.#ratio(open);
    kernel.seeMarginRatio(ratio);
    if (ratio > 1) return;
    corner.set(open);
    const { markOpen, mark } = kernel.market.columns;
    const moment = kernel.market.start + i * kernel.market.step;
    if (kernel.config.insurance && this.#balance(open) < 0) {
      // The gap jumped past bankruptcy. The venue closes where nothing is left, on the way from the last close to the open.
      this.#load(open, mark, i - 1);
      const before = this.#balance(open);
      const after = this.#balance(corner);
      const lambda = before > 0 ? before / (before - after) : 0;
      this.#setIndexPrices(mark, i - 1, lambda, () => markOpen, i);
      this.#close(i, lambda, moment);
      return;
    }
    this.#setIndexPrices(markOpen, i, 0, () => markOpen, i);
    this.#close(i, 0, moment);
  }

  /** Within the bar: tries each corner and liquidates where the margin ratio first reaches 1. */
  inBar(i: number): void {
    const kernel = this.#kernel;
    const { open, corner } = this.#positions;
    const { markOpen } = kernel.market.columns;
    this.#load(open, markOpen, i);
    let first = NaN;
    let worst: Corner = 'high';
    for (const name of this.#corners) {
      this.#loadCorner(name, i);
      const ratio = this.#ratio(corner);
      kernel.seeMarginRatio(Math.max(ratio, 1));
      const breach = firstBreach(kernel.account.cash, this.#positions, kernel.terms.maintenance);
      if (!Number.isNaN(breach) && !(breach >= first)) {
        first = breach;
        worst = name;
      }
    }
    if (Number.isNaN(first)) return;
    this.#loadCorner(worst, i);
    this.#setIndexPrices(markOpen, i, first, (contract) => this.#cornerColumn(worst, contract), i);
    this.#close(i, first, kernel.market.start + (i + first) * kernel.market.step);
  }

  /** Closes all positions at the marks of λ and books the liquidation fee. */
  #close(i: number, lambda: number, moment: number): void {
    const kernel = this.#kernel;
    const { account, config, recorder, terms, spotCount } = kernel;
    const { quantity, entry, open, corner } = this.#positions;
    kernel.seeMarginRatio(1);

    let result = 0;
    let fees = 0;
    for (let c = 0; c < quantity.length; c++) {
      const held = quantity[c]!;
      const price = markAt(lambda, open[c]!, corner[c]!);
      result += held === 0 ? 0 : held * (price - entry[c]!);
      fees += Math.abs(held) * price * terms.liquidationFee[spotCount + c]!;
    }
    const left = Math.max(0, account.cash + result);
    const charged = config.insurance ? Math.min(fees, left) : fees;

    const closed: number[] = [];
    for (let c = 0; c < quantity.length; c++) {
      const held = quantity[c]!;
      if (held === 0) continue;
      const j = spotCount + c;
      const price = markAt(lambda, open[c]!, corner[c]!);
      const fee = fees === 0 ? 0 : (charged * Math.abs(held) * price * terms.liquidationFee[j]!) / fees;
      const indexPrice = kernel.market.indexOf[j]! < 0 ? price : this.#indexPrice[c]!;
      const realised = kernel.moveContract(j, -held, price, price, indexPrice, fee, moment, CAUSE.liquidation);
      account.liquidation += fee;
      recorder.countContract(0, Math.abs(held) * price);
      recorder.write(moment, i - kernel.first, j, -held, price, price, 0, false, 0, realised, 'liquidation', CAUSE.liquidation);
      closed.push(j);
    }
    recorder.liquidations++;
    const symbols = closed.map((j) => kernel.symbol(j)).join(', ');
    const message = `${symbols} liquidated: result ${result.toFixed(2)}, fee ${charged.toFixed(2)}`;
    recorder.event('liquidation', moment, i - kernel.first, symbols, result - charged, message);
    kernel.notices.add('liquidation', () => `${message} at ${formatTime(moment)}`, moment);
    if (kernel.decider.listens) kernel.decider.hearLiquidation(closed, result - charged, moment);
  }

  #load(into: Float64Array, marks: Float64Array, i: number): void {
    const { bars, spotCount } = this.#kernel;
    for (let c = 0; c < into.length; c++) into[c] = marks[(spotCount + c) * bars + i]!;
  }

  #loadCorner(name: Corner, i: number): void {
    const { bars, spotCount } = this.#kernel;
    const { corner } = this.#positions;
    for (let c = 0; c < corner.length; c++) corner[c] = this.#cornerColumn(name, c)[(spotCount + c) * bars + i]!;
  }

  #cornerColumn(name: Corner, contract: number): Float64Array {
    const { markHigh, markLow } = this.#kernel.market.columns;
    if (name === 'adverse') return this.#positions.quantity[contract]! > 0 ? markLow : markHigh;
    return name === 'high' ? markHigh : markLow;
  }

  /** Index prices move beside the marks, from bar `from` of one column to bar `to` of another. */
  #setIndexPrices(start: Float64Array, from: number, lambda: number, end: (contract: number) => Float64Array, to: number): void {
    const { market, bars, spotCount } = this.#kernel;
    for (let c = 0; c < this.#indexPrice.length; c++) {
      const index = market.indexOf[spotCount + c]!;
      if (index >= 0) this.#indexPrice[c] = markAt(lambda, start[index * bars + from]!, end(c)[index * bars + to]!);
    }
  }

  #balance(marks: Float64Array): number {
    const { quantity, entry } = this.#positions;
    let balance = this.#kernel.account.cash;
    for (let c = 0; c < quantity.length; c++) {
      const held = quantity[c]!;
      if (held !== 0) balance += held * (marks[c]! - entry[c]!);
    }
    return balance;
  }

  /** Balance / maintenance; Infinity where nothing must be maintained and the balance is positive. */
  #ratio(marks: Float64Array): number {
    const { quantity } = this.#positions;
    let maintenance = 0;
    for (let c = 0; c < quantity.length; c++) {
      const held = quantity[c]!;
      if (held !== 0) maintenance += maintenanceOf(this.#kernel.terms.maintenance, c, Math.abs(held) * marks[c]!);
    }
    return marginRatio(this.#balance(marks), maintenance);
  }
}
