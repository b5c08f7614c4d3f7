import { EngineError } from '../core/errors.ts';
import { DUST } from '../core/numeric.ts';
import { formatDate } from '../core/time.ts';
import type { LotView, SpotTrades } from './ledger.ts';
import type { LotHeap } from './lot-heap.ts';
import type { LotParts } from './lot-parts.ts';
import type { PooledMethod } from './methods.ts';
import { ACQUIRED, COST, LotRows, PRICE, QUANTITY, ROW } from './lot-rows.ts';
import { lotOrder } from './selectors.ts';

// Quantities that the account and its lots sum up in different orders may differ by rounding, in proportion to the most that was ever held.
const ROUNDING = 1e-9;

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

  readonly #assets: readonly string[];
  readonly #heap: LotHeap | null;
  readonly #newestFirst: boolean;
  /** Whether units cost their average, whichever lots are given up. */
  readonly averaged: boolean;
  readonly #parts: LotParts | null;
  /** 1 where the fee counts, 0 where it does not. */
  readonly #feeInBasis: number;
  readonly #feeInProceeds: number;
  /** Cost of the lots that are long-term, as of the last `mature`; under average cost see `longBasis`. */
  readonly longCosts: Float64Array;
  /** The most that was ever held, per asset: the scale of rounding. */
  readonly #peak: Float64Array;

  readonly #lots: LotRows;
  /** The cutoff of the last `mature`. */
  #maturedTo = -Infinity;
  /** No lot that is not counted as long-term yet was acquired before this moment. */
  #nextToMature = Infinity;

  /** @param parts - takes down every lot that a disposal uses up; null when nobody asks */
  constructor(
    method: PooledMethod,
    assets: readonly string[],
    parts: LotParts | null,
    { inBasis, inProceeds }: FeeRules = { inBasis: true, inProceeds: true },
  ) {
    const { heap, newestFirst } = lotOrder(method, assets.length);
    this.#assets = assets;
    this.#heap = heap;
    this.#newestFirst = newestFirst;
    this.averaged = method === 'average-moving';
    this.#parts = parts;
    this.#feeInBasis = inBasis ? 1 : 0;
    this.#feeInProceeds = inProceeds ? 1 : 0;
    this.held = new Float64Array(assets.length);
    this.basis = new Float64Array(assets.length);
    this.longHeld = new Float64Array(assets.length);
    this.longCosts = new Float64Array(assets.length);
    this.#peak = new Float64Array(assets.length);
    this.#lots = new LotRows(assets.length, heap);
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
    const lots = this.#lots;
    if (ROW * lots.end[asset]! === lots.rows[asset]!.length) lots.makeRoom(asset);
    const rows = lots.rows[asset]!;
    const lot = lots.end[asset]!;
    const row = ROW * lot;
    rows[row + ACQUIRED] = acquired;
    rows[row + QUANTITY] = quantity;
    rows[row + COST] = cost;
    lots.end[asset] = lot + 1;
    const held = this.held[asset]! + quantity;
    this.held[asset] = held;
    this.basis[asset] = this.basis[asset]! + cost;
    if (held > this.#peak[asset]!) this.#peak[asset] = held;
    if (acquired < this.#nextToMature) this.#nextToMature = acquired;
    if (this.#heap !== null) {
      rows[row + PRICE] = gross / quantity;
      this.#heap.add(asset, lot, rows, row + PRICE);
    }
    if (lot > lots.begin[asset]! && acquired < rows[row - ROW + ACQUIRED]!) this.#sortIn(asset);
  }

  /**
   * Books rows [from, to) of a batch of fills of one moment: units bought open lots, units sold give lots up by the method, and the sums
   * above tell what was used up. Dust that would be left, of a lot or of the asset, goes with it; an excess by rounding closes the asset.
   *
   * @throws {EngineError} `lots-exceeded` when more is given up than is held
   */
  trade({ asset, units, gross, fee }: SpotTrades, from: number, to: number, time: number, cutoff: number): void {
    const { held, basis, longHeld, longCosts } = this;
    const heap = this.#heap;
    const newestFirst = this.#newestFirst;
    const averaged = this.averaged;
    const parts = this.#parts;
    const feeInBasis = this.#feeInBasis;
    const feeInProceeds = this.#feeInProceeds;
    const { rows: rowsOf, begin, end } = this.#lots;
    const maturedTo = this.#maturedTo;
    // The hot loop of the ledger: sums stay in locals and are written once.
    let shortQuantity = 0;
    let shortProceeds = 0;
    let shortCost = 0;
    let longQuantity = 0;
    let longProceeds = 0;
    let longCost = 0;
    let disposals = 0;
    if (parts !== null) parts.count = 0;
    for (let k = from; k < to; k++) {
      const j = asset[k]!;
      const quantity = -units[k]!;
      if (quantity < 0) {
        this.add(j, -quantity, gross[k]!, gross[k]! + fee[k]! * feeInBasis, time);
        continue;
      }
      const owned = held[j]!;
      let remaining = quantity < owned * (1 - ROUNDING) ? quantity : this.#closing(j, quantity);
      const rows = rowsOf[j]!;
      const averageCost = averaged ? basis[j]! / owned : 0;
      const dust = DUST * quantity;
      const firstPart = parts === null ? 0 : parts.count;
      let ownQuantity = 0;
      let ownCost = 0;
      let oldQuantity = 0;
      let oldCost = 0;
      while (remaining > dust && begin[j]! < end[j]!) {
        const lot = heap !== null ? heap.first(j) : newestFirst ? end[j]! - 1 : begin[j]!;
        const row = ROW * lot;
        const available = rows[row + QUANTITY]!;
        const lotCost = rows[row + COST]!;
        const acquired = rows[row + ACQUIRED]!;
        const whole = remaining >= available * (1 - DUST);
        const taken = whole ? available : remaining;
        const costTaken = whole ? lotCost : lotCost * (taken / available);
        const cost = averaged ? taken * averageCost : costTaken;
        const longTerm = acquired < cutoff;
        ownQuantity += taken;
        ownCost += cost;
        if (longTerm) {
          oldQuantity += taken;
          oldCost += cost;
        }
        if (parts !== null) {
          const part = parts.append();
          parts.asset[part] = j;
          parts.acquired[part] = acquired;
          parts.quantity[part] = taken;
          parts.cost[part] = cost;
          parts.longTerm[part] = longTerm ? 1 : 0;
        }
        rows[row + QUANTITY] = available - taken;
        rows[row + COST] = lotCost - costTaken;
        if (acquired < maturedTo) {
          longHeld[j] = longHeld[j]! - taken;
          longCosts[j] = longCosts[j]! - costTaken;
        }
        remaining -= taken;
        if (!whole) continue;
        if (heap !== null) {
          heap.removeFirst(j);
          if (heap.first(j) < 0) begin[j] = end[j]!;
        } else if (newestFirst) end[j] = lot;
        else begin[j] = lot + 1;
      }
      if (ownQuantity === 0) continue;
      disposals++;
      const proceeds = gross[k]! - fee[k]! * feeInProceeds;
      const oldProceeds = oldQuantity === 0 ? 0 : proceeds * (oldQuantity / ownQuantity);
      shortQuantity += ownQuantity - oldQuantity;
      shortProceeds += proceeds - oldProceeds;
      shortCost += ownCost - oldCost;
      longQuantity += oldQuantity;
      longProceeds += oldProceeds;
      longCost += oldCost;
      if (parts !== null) parts.share(firstPart, proceeds / ownQuantity, disposals - 1);
      if (begin[j] === end[j]) this.#close(j);
      else {
        held[j] = owned - ownQuantity;
        basis[j] = basis[j]! - ownCost;
      }
    }
    this.shortQuantity = shortQuantity;
    this.shortProceeds = shortProceeds;
    this.shortCost = shortCost;
    this.longQuantity = longQuantity;
    this.longProceeds = longProceeds;
    this.longCost = longCost;
    this.disposals = disposals;
  }

  /** Gives up units of one asset, as `trade` does, whatever they bring. */
  take(asset: number, quantity: number, cutoff: number): void {
    const nothing = new Float64Array(1);
    const sale = { asset: Int32Array.of(asset), units: Float64Array.of(-quantity), gross: nothing, fee: nothing };
    this.trade(sale, 0, 1, NaN, cutoff);
  }

  /** Counts the lots acquired before `cutoff` as long-term from now on. */
  mature(cutoff: number): void {
    this.#maturedTo = cutoff;
    if (cutoff <= this.#nextToMature) return;
    let next = Infinity;
    for (let asset = 0; asset < this.held.length; asset++) next = Math.min(next, this.#matureAsset(asset, cutoff));
    this.#nextToMature = next;
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

  /** Units of the lot that would be given up next; 0 when none is open. */
  nextQuantity(asset: number): number {
    if (this.#lots.begin[asset] === this.#lots.end[asset]) return 0;
    const oldestOrNewest = this.#newestFirst ? this.#lots.end[asset]! - 1 : this.#lots.begin[asset]!;
    const lot = this.#heap === null ? oldestOrNewest : this.#heap.first(asset);
    return this.#lots.rows[asset]![ROW * lot + QUANTITY]!;
  }

  /** The open lots of one asset, oldest first. */
  views(asset: number, cutoff: number): LotView[] {
    const averageCost = this.basis[asset]! / this.held[asset]!;
    const rows = this.#lots.rows[asset]!;
    const views: LotView[] = [];
    for (let lot = this.#lots.begin[asset]!; lot < this.#lots.end[asset]!; lot++) {
      const row = ROW * lot;
      const quantity = rows[row + QUANTITY]!;
      if (quantity === 0) continue;
      const acquired = rows[row + ACQUIRED]!;
      const cost = this.averaged ? quantity * averageCost : rows[row + COST]!;
      views.push({ asset: this.#assets[asset]!, acquired, quantity, cost, longTerm: acquired < cutoff });
    }
    return views;
  }

  #previewLots(asset: number, quantity: number, cutoff: number): void {
    const rows = this.#lots.rows[asset]!;
    const averageCost = this.basis[asset]! / this.held[asset]!;
    const dust = DUST * quantity;
    const heap = this.#heap;
    const step = this.#newestFirst ? -1 : 1;
    let remaining = quantity;
    this.shortQuantity = 0;
    this.shortCost = 0;
    this.longQuantity = 0;
    this.longCost = 0;
    heap?.preview(asset);
    let next = this.#newestFirst ? this.#lots.end[asset]! - 1 : this.#lots.begin[asset]!;
    for (; remaining > dust && next >= this.#lots.begin[asset]! && next < this.#lots.end[asset]!; next += step) {
      const row = ROW * (heap?.previewNext() ?? next);
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
    const left = this.held[asset]! - quantity;
    const peak = this.#peak[asset]!;
    if (!(left >= -ROUNDING * peak)) throw this.#exceeded(asset, quantity);
    return left <= DUST * peak ? Infinity : quantity;
  }

  /** Nothing is left: what rounding left in the sums goes too. */
  #close(asset: number): void {
    this.held[asset] = 0;
    this.basis[asset] = 0;
    this.longHeld[asset] = 0;
    this.longCosts[asset] = 0;
    this.#lots.begin[asset] = 0;
    this.#lots.end[asset] = 0;
    this.#lots.matured[asset] = 0;
  }

  /** Moves an asset's matured pointer on, and returns when the lot it stops at was acquired. */
  #matureAsset(asset: number, cutoff: number): number {
    const rows = this.#lots.rows[asset]!;
    const end = this.#lots.end[asset]!;
    let lot = Math.max(this.#lots.matured[asset]!, this.#lots.begin[asset]!);
    for (; lot < end && rows[ROW * lot + ACQUIRED]! < cutoff; lot++) this.#countLong(asset, ROW * lot);
    this.#lots.matured[asset] = lot;
    return lot < end ? rows[ROW * lot + ACQUIRED]! : Infinity;
  }

  #countLong(asset: number, row: number): void {
    const rows = this.#lots.rows[asset]!;
    this.longHeld[asset] = this.longHeld[asset]! + rows[row + QUANTITY]!;
    this.longCosts[asset] = this.longCosts[asset]! + rows[row + COST]!;
  }

  /** Puts the lot just opened, which is older than others, in its place (opening lots come in any order). */
  #sortIn(asset: number): void {
    const place = this.#lots.sortIn(asset);
    if (place >= this.#lots.matured[asset]!) return;
    this.#lots.matured[asset] = this.#lots.matured[asset]! + 1;
    this.#countLong(asset, ROW * place);
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
