import { EngineError } from '../core/errors.ts';
import { DUST } from '../core/numeric.ts';
import { formatDate } from '../core/time.ts';
import type { LotView } from './ledger.ts';
import type { LotOrder } from './lot-order.ts';
import type { LotParts } from './lot-parts.ts';
import type { PooledMethod } from './methods.ts';
import { lotOrder } from './selectors.ts';

const FIRST_CAPACITY = 512;
// Quantities that the account and its lots sum up in different orders may differ by rounding, in proportion to the most that was ever held.
const ROUNDING = 1e-9;

// One lot is a row of four numbers, so that a disposal reads one place in memory.
const ROW = 4;
const ACQUIRED = 0;
const QUANTITY = 1;
const COST = 2;
const PRICE = 3;

/**
 * The open lots of all assets: one pool in order of acquisition, with the sums per asset kept up to date.
 *
 * Money is in account currency, moments are UTC ms, assets are indices. `cutoff` is the moment before which a lot must have been acquired
 * to be long-term; it never goes back, so that maturing is one pointer over the pool.
 */
export class LotPool {
  /** Open units per asset. */
  readonly held: Float64Array;
  /** Cost of the open units per asset. */
  readonly basis: Float64Array;
  /** Units per asset that are long-term, as of the last `mature`. */
  readonly longHeld: Float64Array;

  /** What the last `take` or `preview` counted: units and their cost by class. */
  shortQuantity = 0;
  shortCost = 0;
  longQuantity = 0;
  longCost = 0;

  readonly #assets: readonly string[];
  readonly #order: LotOrder;
  readonly #averaged: boolean;
  readonly #parts: LotParts | null;
  readonly #longBasis: Float64Array;
  /** The most that was ever held, per asset: the scale of rounding. */
  readonly #peak: Float64Array;

  #rows = new Float64Array(ROW * FIRST_CAPACITY);
  #asset = new Int32Array(FIRST_CAPACITY);
  #size = 0;
  /** Lots below this index are long-term and counted in the long sums. */
  #matured = 0;

  /** @param parts - takes down every lot that `take` uses up; null when nobody asks */
  constructor(method: PooledMethod, assets: readonly string[], parts: LotParts | null) {
    this.#assets = assets;
    this.#order = lotOrder(method, assets.length);
    this.#order.reset(FIRST_CAPACITY);
    this.#averaged = method === 'average-moving';
    this.#parts = parts;
    this.held = new Float64Array(assets.length);
    this.basis = new Float64Array(assets.length);
    this.longHeld = new Float64Array(assets.length);
    this.#longBasis = new Float64Array(assets.length);
    this.#peak = new Float64Array(assets.length);
  }

  /**
   * Opens a lot.
   *
   * @param price - gross per unit, by which HIFO sorts
   * @throws {EngineError} `lot-not-positive`
   */
  add(asset: number, quantity: number, cost: number, price: number, acquired: number): void {
    if (!(quantity > 0)) throw this.#notPositive(asset, quantity, acquired);
    if (this.#size === this.#asset.length) this.#makeRoom();
    const youngest = this.#size === 0 || acquired >= this.#rows[ROW * (this.#size - 1) + ACQUIRED]!;
    const lot = youngest ? this.#size : this.#openGap(acquired);
    const rows = this.#rows;
    const row = ROW * lot;
    rows[row + ACQUIRED] = acquired;
    rows[row + QUANTITY] = quantity;
    rows[row + COST] = cost;
    rows[row + PRICE] = price;
    this.#asset[lot] = asset;
    this.#size++;
    const held = this.held[asset]! + quantity;
    this.held[asset] = held;
    this.basis[asset] = this.basis[asset]! + cost;
    if (held > this.#peak[asset]!) this.#peak[asset] = held;
    if (youngest) this.#order.add(asset, lot, price);
    else this.#enterGap(lot);
  }

  /** Counts the lots acquired before `cutoff` as long-term from now on. */
  mature(cutoff: number): void {
    while (this.#matured < this.#size && this.#rows[ROW * this.#matured + ACQUIRED]! < cutoff) this.#countLong(this.#matured++);
  }

  /**
   * Gives up `quantity` units by the method and tells in `shortQuantity`, `shortCost`, `longQuantity`, `longCost` what was used up.
   * Dust that would be left, of a lot or of the asset, goes with it; an excess by rounding closes the asset.
   *
   * @throws {EngineError} `lots-exceeded` when more is given up than is held
   */
  take(asset: number, quantity: number, cutoff: number): void {
    const held = this.held[asset]!;
    let remaining = quantity < held * (1 - ROUNDING) ? quantity : this.#closing(asset, quantity);
    const order = this.#order;
    const rows = this.#rows;
    const parts = this.#parts;
    const averageCost = this.#averaged ? this.basis[asset]! / held : 0;
    // The hot loop of the ledger: sums stay in locals and are written once.
    let shortQuantity = 0;
    let shortCost = 0;
    let longQuantity = 0;
    let longCost = 0;
    let lot = order.first(asset);
    if (parts) parts.count = 0;
    const dust = DUST * quantity;
    while (lot >= 0 && remaining > dust) {
      const row = ROW * lot;
      const available = rows[row + QUANTITY]!;
      const lotCost = rows[row + COST]!;
      const whole = remaining >= available * (1 - DUST);
      const taken = whole ? available : remaining;
      const ownCost = whole ? lotCost : lotCost * (taken / available);
      const cost = this.#averaged ? taken * averageCost : ownCost;
      const longTerm = rows[row + ACQUIRED]! < cutoff;
      if (longTerm) {
        longQuantity += taken;
        longCost += cost;
      } else {
        shortQuantity += taken;
        shortCost += cost;
      }
      if (parts) parts.add(rows[row + ACQUIRED]!, taken, cost, longTerm);
      rows[row + QUANTITY] = available - taken;
      rows[row + COST] = lotCost - ownCost;
      if (lot < this.#matured) {
        this.longHeld[asset] = this.longHeld[asset]! - taken;
        this.#longBasis[asset] = this.#longBasis[asset]! - ownCost;
      }
      remaining -= taken;
      if (whole) {
        order.removeFirst(asset);
        lot = order.first(asset);
      }
    }
    this.shortQuantity = shortQuantity;
    this.shortCost = shortCost;
    this.longQuantity = longQuantity;
    this.longCost = longCost;
    if (lot < 0) this.#close(asset);
    else {
      this.held[asset] = held - (shortQuantity + longQuantity);
      this.basis[asset] = this.basis[asset]! - (shortCost + longCost);
    }
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
    if (!this.#averaged) return this.#longBasis[asset]!;
    const held = this.held[asset]!;
    return held === 0 ? 0 : this.longHeld[asset]! * (this.basis[asset]! / held);
  }

  /** Units of the lot that would be given up next; 0 when none is open. */
  nextQuantity(asset: number): number {
    const lot = this.#order.first(asset);
    return lot < 0 ? 0 : this.#rows[ROW * lot + QUANTITY]!;
  }

  /** The open lots of one asset, oldest first. */
  views(asset: number, cutoff: number): LotView[] {
    const averageCost = this.basis[asset]! / this.held[asset]!;
    const views: LotView[] = [];
    for (let lot = 0; lot < this.#size; lot++) {
      const row = ROW * lot;
      const quantity = this.#rows[row + QUANTITY]!;
      if (this.#asset[lot] !== asset || quantity === 0) continue;
      const acquired = this.#rows[row + ACQUIRED]!;
      const cost = this.#averaged ? quantity * averageCost : this.#rows[row + COST]!;
      views.push({ asset: this.#assets[asset]!, acquired, quantity, cost, longTerm: acquired < cutoff });
    }
    return views;
  }

  #previewLots(asset: number, quantity: number, cutoff: number): void {
    const rows = this.#rows;
    const averageCost = this.basis[asset]! / this.held[asset]!;
    const dust = DUST * quantity;
    let remaining = quantity;
    this.shortQuantity = 0;
    this.shortCost = 0;
    this.longQuantity = 0;
    this.longCost = 0;
    this.#order.preview(asset);
    for (let lot = this.#order.previewNext(); lot >= 0 && remaining > dust; lot = this.#order.previewNext()) {
      const row = ROW * lot;
      const available = rows[row + QUANTITY]!;
      const taken = Math.min(remaining, available);
      const cost = this.#averaged ? taken * averageCost : rows[row + COST]! * (taken / available);
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
    const left = this.held[asset]! - quantity;
    const peak = this.#peak[asset]!;
    if (!(left >= -ROUNDING * peak)) throw this.#exceeded(asset, quantity);
    return left <= DUST * peak ? Infinity : quantity;
  }

  #countLong(lot: number): void {
    const asset = this.#asset[lot]!;
    this.longHeld[asset] = this.longHeld[asset]! + this.#rows[ROW * lot + QUANTITY]!;
    this.#longBasis[asset] = this.#longBasis[asset]! + this.#rows[ROW * lot + COST]!;
  }

  /** Nothing is left: what rounding left in the sums goes too. */
  #close(asset: number): void {
    this.held[asset] = 0;
    this.basis[asset] = 0;
    this.longHeld[asset] = 0;
    this.#longBasis[asset] = 0;
  }

  /** Shifts the lots acquired after a moment up by one and returns the free place (opening lots come in any order). */
  #openGap(acquired: number): number {
    let place = this.#size;
    while (place > 0 && this.#rows[ROW * (place - 1) + ACQUIRED]! > acquired) place--;
    this.#rows.copyWithin(ROW * (place + 1), ROW * place, ROW * this.#size);
    this.#asset.copyWithin(place + 1, place, this.#size);
    return place;
  }

  /** Enters a lot older than others: indices have moved, so the order is made anew. */
  #enterGap(lot: number): void {
    if (lot < this.#matured) {
      this.#matured++;
      this.#countLong(lot);
    }
    this.#relink();
  }

  /** Drops closed lots, and doubles the pool when more than half of it is open. */
  #makeRoom(): void {
    const rows = this.#rows;
    const capacity = this.#size;
    let kept = 0;
    let matured = 0;
    for (let lot = 0; lot < capacity; lot++) {
      if (rows[ROW * lot + QUANTITY] === 0) continue;
      this.#asset[kept] = this.#asset[lot]!;
      rows[ROW * kept + ACQUIRED] = rows[ROW * lot + ACQUIRED]!;
      rows[ROW * kept + QUANTITY] = rows[ROW * lot + QUANTITY]!;
      rows[ROW * kept + COST] = rows[ROW * lot + COST]!;
      rows[ROW * kept + PRICE] = rows[ROW * lot + PRICE]!;
      kept++;
      if (lot < this.#matured) matured = kept;
    }
    this.#size = kept;
    this.#matured = matured;
    if (2 * kept > capacity) this.#double();
    this.#relink();
  }

  #double(): void {
    const rows = new Float64Array(2 * this.#rows.length);
    const asset = new Int32Array(2 * this.#asset.length);
    rows.set(this.#rows);
    asset.set(this.#asset);
    this.#rows = rows;
    this.#asset = asset;
  }

  #relink(): void {
    this.#order.reset(this.#asset.length);
    for (let lot = 0; lot < this.#size; lot++) {
      const row = ROW * lot;
      if (this.#rows[row + QUANTITY]! > 0) this.#order.add(this.#asset[lot]!, lot, this.#rows[row + PRICE]!);
    }
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
