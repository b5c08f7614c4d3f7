import { EngineError } from '../core/errors.ts';
import { DUST, ROUNDING } from '../core/numeric.ts';
import type { RowLog } from '../core/row-log.ts';
import { Slab } from '../core/slab.ts';
import { formatDate } from '../core/time.ts';
import type { LotView } from './ledger.ts';
import type { LotHeap } from './lot-heap.ts';
import type { PooledMethod } from './methods.ts';
import { ACQUIRED, COST, PRICE, QUANTITY, ROW } from './lot-row.ts';
import { LotRows } from './lot-rows.ts';
import { giveUpByAge, giveUpByPrice, openLots } from './lot-trades.ts';
import { lotOrder } from './selectors.ts';
import { FEE, GROSS, TRADE, UNITS, loneTrade } from './spot-trades.ts';
import type { SpotTrades } from './spot-trades.ts';

const COLUMNS = 5;

/** Whether trading fees count for tax: on top of what a lot costs, off what a disposal brings. */
export interface FeeRules {
  readonly inBasis: boolean;
  readonly inProceeds: boolean;
}

/**
 * The open lots of all assets, each asset's in order of acquisition, with the sums per asset kept up to date.
 *
 * Money is in account currency, moments are UTC ms, assets are indices. `cutoff` is the moment before which a lot must have been acquired
 * to be long-term; it never goes back, so that maturing is one pointer per asset.
 */
export class LotPool {
  /** Open units per asset. */
  readonly held: Float64Array;
  /** Cost of the open units per asset. */
  readonly basis: Float64Array;
  /** Units per asset that are long-term, as of the last `mature`. */
  readonly longHeld: Float64Array;

  /** What the last `trade`, `take` or `preview` counted of what was given up: units, what they brought and what they cost, by class. */
  shortQuantity = 0;
  shortProceeds = 0;
  shortCost = 0;
  longQuantity = 0;
  longProceeds = 0;
  longCost = 0;
  /** Disposals of the last `trade`, however many lots each used up. */
  disposals = 0;

  // What follows is for the loops that trade.
  readonly lots: LotRows;
  readonly heap: LotHeap | null;
  readonly newestFirst: boolean;
  /** Whether units cost their average, whichever lots are given up. */
  readonly averaged: boolean;
  readonly parts: RowLog | null;
  /** 1 where the fee counts, 0 where it does not. */
  readonly feeInBasis: number;
  readonly feeInProceeds: number;
  /** Cost of the lots that are long-term, as of the last `mature`; under average cost see `longBasis`. */
  readonly longCosts: Float64Array;
  /** The most that was held before any disposal, per asset: the scale of rounding. */
  readonly peak: Float64Array;
  /** When the youngest lot was acquired. */
  latest = -Infinity;
  /** The cutoff of the last `mature`. */
  maturedTo = -Infinity;
  /** No lot that is not counted as long-term yet was acquired before this moment. */
  nextToMature = Infinity;
  /** Moment of the batch, and before which a lot must have been acquired to be long-term: doubles that cross a call are boxed. */
  now = 0;
  cutoff = 0;
  /** The row of the batch that gives up nearly all of its asset or more, and how much it is to take: Infinity for all. */
  closingRow = -1;
  closingUnits = 0;
  readonly #assets: readonly string[];

  /** @param parts - rows of what every disposal takes of every lot (`part-rows.ts`); null when nobody asks */
  constructor(
    method: PooledMethod,
    assets: readonly string[],
    parts: RowLog | null,
    { inBasis, inProceeds }: FeeRules = { inBasis: true, inProceeds: true },
  ) {
    const { heap, newestFirst } = lotOrder(method, assets.length);
    this.#assets = assets;
    this.heap = heap;
    this.newestFirst = newestFirst;
    this.averaged = method === 'average-moving';
    this.parts = parts;
    this.feeInBasis = inBasis ? 1 : 0;
    this.feeInProceeds = inProceeds ? 1 : 0;
    const columns = new Slab(COLUMNS, assets.length);
    this.held = columns.doubles();
    this.basis = columns.doubles();
    this.longHeld = columns.doubles();
    this.longCosts = columns.doubles();
    this.peak = columns.doubles();
    this.lots = new LotRows(assets.length, heap);
  }

  /**
   * Opens a lot.
   *
   * @param gross - what the units themselves cost; HIFO goes by it per unit
   * @param cost - what counts as their cost
   * @throws {EngineError} `lot-not-positive`
   */
  add(asset: number, quantity: number, gross: number, cost: number, acquired: number): void {
    if (!(quantity > 0)) throw this.#notPositive(asset, quantity, acquired);
    const lots = this.lots;
    if (lots.end[asset] === lots.capacity) lots.makeRoom(asset);
    const { rows } = lots;
    const lot = lots.end[asset]!;
    const row = lots.at(asset, lot);
    rows[row + ACQUIRED] = acquired;
    rows[row + QUANTITY] = quantity;
    rows[row + COST] = cost;
    lots.end[asset] = lot + 1;
    const held = this.held[asset]! + quantity;
    this.held[asset] = held;
    this.basis[asset] = this.basis[asset]! + cost;
    if (acquired < this.nextToMature) this.nextToMature = acquired;
    if (acquired > this.latest) this.latest = acquired;
    rows[row + PRICE] = gross / quantity;
    this.heap?.add(asset, lot, rows, row + PRICE);
    if (lot > lots.begin[asset]! && acquired < rows[row - ROW + ACQUIRED]!) this.#sortIn(asset);
  }

  /**
   * Books rows [from, to) of a batch of fills of one moment, in which an asset occurs once: units bought open lots, units sold give lots
   * up by the method, and the sums above tell what was used up. Dust that would be left, of a lot or of the asset, goes with it; an excess by rounding closes the asset.
   *
   * @throws {EngineError} `lots-exceeded` when more is given up than is held
   */
  trade(trades: SpotTrades, from: number, to: number, time: number, cutoff: number): void {
    this.shortQuantity = 0;
    this.shortProceeds = 0;
    this.shortCost = 0;
    this.longQuantity = 0;
    this.longProceeds = 0;
    this.longCost = 0;
    this.disposals = 0;
    this.closingRow = -1;
    this.now = time;
    this.cutoff = cutoff;
    let k = from;
    while (k < to) {
      const buys = trades.rows[TRADE * k + UNITS]! > 0;
      const next = buys ? this.#buy(trades, k, to) : this.#giveUp(trades, k, to);
      // The other side is next, or something that the loop could not do.
      k = next === to || trades.rows[TRADE * next + UNITS]! > 0 !== buys ? next : this.#makeWay(trades, next);
    }
  }

  #giveUp(trades: SpotTrades, from: number, to: number): number {
    return this.heap === null ? giveUpByAge(this, trades, from, to) : giveUpByPrice(this, this.heap, trades, from, to);
  }

  #buy(trades: SpotTrades, from: number, to: number): number {
    const next = openLots(this, trades, from, to);
    if (next > from && this.now < this.nextToMature) this.nextToMature = this.now;
    if (this.heap !== null) {
      for (let k = from; k < next; k++) {
        const j = trades.assets[k]!;
        const lot = this.lots.end[j]! - 1;
        const row = this.lots.at(j, lot);
        this.lots.rows[row + PRICE] = trades.rows[TRADE * k + GROSS]! / trades.rows[TRADE * k + UNITS]!;
        this.heap.add(j, lot, this.lots.rows, row + PRICE);
      }
    }
    return next;
  }

  /** Does what a loop could not do at row k, and returns the row at which to go on. */
  #makeWay(trades: SpotTrades, k: number): number {
    const row = TRADE * k;
    const j = trades.assets[k]!;
    const traded = trades.rows[row + UNITS]!;
    if (traded > 0) {
      const gross = trades.rows[row + GROSS]!;
      this.add(j, traded, gross, gross + trades.rows[row + FEE]! * this.feeInBasis, this.now);
      return k + 1;
    }
    if (!(-traded < this.held[j]! * (1 - ROUNDING)) && this.closingRow !== k) {
      this.closingUnits = this.#closing(j, -traded);
      this.closingRow = k;
    } else {
      this.parts!.makeRoom(this.lots.end[j]! - this.lots.begin[j]!);
    }
    return k;
  }

  /** Nothing is left of an asset: what rounding left in the sums goes too. */
  empty(asset: number): void {
    const { begin, end, matured } = this.lots;
    this.held[asset] = 0;
    this.basis[asset] = 0;
    this.longHeld[asset] = 0;
    this.longCosts[asset] = 0;
    begin[asset] = 0;
    end[asset] = 0;
    matured[asset] = 0;
  }

  /** Gives up units of one asset, as `trade` does, whatever they bring. */
  take(asset: number, quantity: number, cutoff: number): void {
    this.trade(loneTrade(asset, -quantity, 0, 0), 0, 1, NaN, cutoff);
  }

  /** Counts the lots acquired before `cutoff` as long-term from now on. Returns false where that changes nothing. */
  mature(cutoff: number): boolean {
    this.maturedTo = cutoff;
    if (cutoff <= this.nextToMature) return false;
    let next = Infinity;
    for (let asset = 0; asset < this.held.length; asset++) next = Math.min(next, this.#matureAsset(asset, cutoff));
    this.nextToMature = next;
    return true;
  }

  /** Counts what `take` would use up, but gives nothing up; more than is held counts as all of it. */
  preview(asset: number, quantity: number, cutoff: number): void {
    const held = this.held[asset]!;
    if (quantity >= held) {
      this.mature(cutoff);
      this.longQuantity = this.longHeld[asset]!;
      this.longCost = this.longBasis(asset);
      this.shortQuantity = held - this.longQuantity;
      this.shortCost = this.basis[asset]! - this.longCost;
      return;
    }
    this.#previewLots(asset, quantity, cutoff);
  }

  /** Cost of the units that are long-term, as of the last `mature`. */
  longBasis(asset: number): number {
    if (!this.averaged) return this.longCosts[asset]!;
    const held = this.held[asset]!;
    return held === 0 ? 0 : this.longHeld[asset]! * (this.basis[asset]! / held);
  }

  /** Nothing is asked of these lots any more. */
  release(): void {
    this.lots.release();
  }

  /** Units of the lot that would be given up next; 0 when none is open. */
  nextQuantity(asset: number): number {
    if (this.lots.begin[asset] === this.lots.end[asset]) return 0;
    const oldestOrNewest = this.newestFirst ? this.lots.end[asset]! - 1 : this.lots.begin[asset]!;
    const lot = this.heap === null ? oldestOrNewest : this.heap.first(asset);
    return this.lots.rows[this.lots.at(asset, lot) + QUANTITY]!;
  }

  /** The open lots of one asset, oldest first. */
  views(asset: number, cutoff: number): LotView[] {
    const averageCost = this.basis[asset]! / this.held[asset]!;
    const { rows } = this.lots;
    const views: LotView[] = [];
    for (let lot = this.lots.begin[asset]!; lot < this.lots.end[asset]!; lot++) {
      const row = this.lots.at(asset, lot);
      const quantity = rows[row + QUANTITY]!;
      if (quantity === 0) continue;
      const acquired = rows[row + ACQUIRED]!;
      const cost = this.averaged ? quantity * averageCost : rows[row + COST]!;
      views.push({ asset: this.#assets[asset]!, acquired, quantity, cost, longTerm: acquired < cutoff });
    }
    return views;
  }

  #previewLots(asset: number, quantity: number, cutoff: number): void {
    const { rows } = this.lots;
    const averageCost = this.basis[asset]! / this.held[asset]!;
    const dust = DUST * quantity;
    const heap = this.heap;
    const step = this.newestFirst ? -1 : 1;
    let remaining = quantity;
    this.shortQuantity = 0;
    this.shortCost = 0;
    this.longQuantity = 0;
    this.longCost = 0;
    heap?.preview(asset);
    let next = this.newestFirst ? this.lots.end[asset]! - 1 : this.lots.begin[asset]!;
    for (; remaining > dust && next >= this.lots.begin[asset]! && next < this.lots.end[asset]!; next += step) {
      const row = this.lots.at(asset, heap?.previewNext() ?? next);
      const available = rows[row + QUANTITY]!;
      const taken = Math.min(remaining, available);
      const cost = this.averaged ? taken * averageCost : rows[row + COST]! * (taken / available);
      if (rows[row + ACQUIRED]! < cutoff) {
        this.longQuantity += taken;
        this.longCost += cost;
      } else {
        this.shortQuantity += taken;
        this.shortCost += cost;
      }
      remaining -= taken;
    }
  }

  /** What to take when nearly all or more than all is given up: Infinity for all of it. */
  #closing(asset: number, quantity: number): number {
    const held = this.held[asset]!;
    const left = held - quantity;
    const peak = Math.max(this.peak[asset]!, held);
    this.peak[asset] = peak;
    if (!(left >= -ROUNDING * peak)) throw this.#exceeded(asset, quantity);
    return left <= DUST * peak ? Infinity : quantity;
  }

  /** Moves an asset's matured pointer on, and returns when the lot it stops at was acquired. */
  #matureAsset(asset: number, cutoff: number): number {
    const { lots } = this;
    const end = lots.end[asset]!;
    let lot = Math.max(lots.matured[asset]!, lots.begin[asset]!);
    for (; lot < end && lots.rows[lots.at(asset, lot) + ACQUIRED]! < cutoff; lot++) this.#countLong(asset, lot);
    lots.matured[asset] = lot;
    return lot < end ? lots.rows[lots.at(asset, lot) + ACQUIRED]! : Infinity;
  }

  #countLong(asset: number, lot: number): void {
    const { rows } = this.lots;
    const row = this.lots.at(asset, lot);
    this.longHeld[asset] = this.longHeld[asset]! + rows[row + QUANTITY]!;
    this.longCosts[asset] = this.longCosts[asset]! + rows[row + COST]!;
  }

  /** Puts the lot just opened, which is older than others, in its place (opening lots come in any order). */
  #sortIn(asset: number): void {
    const place = this.lots.sortIn(asset);
    if (place >= this.lots.matured[asset]!) return;
    this.lots.matured[asset] = this.lots.matured[asset]! + 1;
    this.#countLong(asset, place);
  }

  #notPositive(asset: number, quantity: number, acquired: number): EngineError {
    return new EngineError(
      'lot-not-positive',
      `${this.#assets[asset]}: a lot of ${quantity} units was to be opened on ${formatDate(acquired)}; a lot holds more than 0`,
    );
  }

  #exceeded(asset: number, quantity: number): EngineError {
    return new EngineError(
      'lots-exceeded',
      `${this.#assets[asset]}: ${quantity} units were to be given up, but the open lots hold ${this.held[asset]}`,
    );
  }
}
