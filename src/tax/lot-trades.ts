import { DUST, ROUNDING } from '../core/numeric.ts';
import type { LotHeap } from './lot-heap.ts';
import type { LotPool } from './lot-pool.ts';
import { ACQUIRED, COST, QUANTITY, ROW } from './lot-row.ts';
import {
  ACQUIRED as PART_ACQUIRED,
  ASSETS_OF,
  CODE,
  COST as PART_COST,
  PART,
  PROCEEDS,
  QUANTITY as PART_QUANTITY,
  TERMS,
} from './part-rows.ts';
import { FEE, GROSS, TRADE, UNITS } from './spot-trades.ts';
import type { SpotTrades } from './spot-trades.ts';

const NOTHING = new Float64Array(0);

/**
 * Opens lots for rows [from, to) of a batch, up to the first that buys nothing, finds no room, or is older than lots that are open; returns
 * that row. What they cost per unit is left to the caller. (Loops without calls are what the compiler makes fast; what needs a call is done between them.)
 */
export function openLots(pool: LotPool, trades: SpotTrades, from: number, to: number): number {
  const { held, basis, lots, feeInBasis, now: time } = pool;
  const { rows, capacity, end } = lots;
  const { assets, rows: fills } = trades;
  if (time < pool.latest) return from;
  let k = from;
  for (; k < to; k++) {
    const trade = TRADE * k;
    const bought = fills[trade + UNITS]!;
    const j = assets[k]!;
    const last = end[j]!;
    const row = ROW * (capacity * j + last);
    if (!(bought > 0) || last === capacity) break;
    const gross = fills[trade + GROSS]!;
    const cost = gross + fills[trade + FEE]! * feeInBasis;
    rows[row + ACQUIRED] = time;
    rows[row + QUANTITY] = bought;
    rows[row + COST] = cost;
    end[j] = last + 1;
    held[j] = held[j]! + bought;
    basis[j] = basis[j]! + cost;
  }
  pool.latest = time;
  return k;
}

/**
 * Gives up lots for rows [from, to) of a batch, oldest or newest first, up to the first row that buys, gives up nearly all of its asset, or
 * needs room for its parts; returns that row.
 */
export function giveUpByAge(pool: LotPool, trades: SpotTrades, from: number, to: number): number {
  const { held, basis, longHeld, longCosts, averaged, peak, parts, newestFirst, maturedTo, feeInProceeds, cutoff } = pool;
  const { rows, capacity, begin, end, matured } = pool.lots;
  const { assets, rows: fills } = trades;
  const partRows = parts === null ? NOTHING : parts.chunk;
  const firstDisposal = pool.disposals;
  let part = parts === null ? 0 : parts.next;
  let shortQuantity = 0;
  let shortProceeds = 0;
  let shortCost = 0;
  let longQuantity = 0;
  let longProceeds = 0;
  let longCost = 0;
  let disposals = 0;
  let k = from;
  for (; k < to; k++) {
    const trade = TRADE * k;
    const j = assets[k]!;
    const traded = fills[trade + UNITS]!;
    const stretch = ROW * capacity * j;
    const owned = held[j]!;
    let first = begin[j]!;
    let last = end[j]!;
    if (traded > 0) break;
    let remaining = -traded;
    const dust = DUST * remaining;
    if (!(remaining < owned * (1 - ROUNDING))) {
      if (k !== pool.closingRow) break;
      remaining = pool.closingUnits;
    }
    if (owned > peak[j]!) peak[j] = owned;
    if (parts !== null && part + PART * (last - first) > partRows.length) break;
    const firstPart = part;
    const code = ((firstDisposal + disposals) * ASSETS_OF + j) * TERMS;
    const averageCost = averaged ? basis[j]! / owned : 0;
    let ownQuantity = 0;
    let ownCost = 0;
    let oldQuantity = 0;
    let oldCost = 0;
    while (remaining > dust && first < last) {
      const lot = newestFirst ? last - 1 : first;
      const row = stretch + ROW * lot;
      const available = rows[row + QUANTITY]!;
      const acquired = rows[row + ACQUIRED]!;
      const lotCost = rows[row + COST]!;
      let taken = available;
      let costTaken = lotCost;
      if (remaining < available * (1 - DUST)) {
        taken = remaining;
        costTaken *= taken / available;
        rows[row + QUANTITY] = available - taken;
        rows[row + COST] = lotCost - costTaken;
      } else if (newestFirst) last--;
      else first++;
      const cost = averaged ? taken * averageCost : costTaken;
      remaining -= taken;
      ownQuantity += taken;
      ownCost += cost;
      if (acquired < cutoff) {
        oldQuantity += taken;
        oldCost += cost;
        if (acquired < maturedTo) {
          longHeld[j] = longHeld[j]! - taken;
          longCosts[j] = longCosts[j]! - costTaken;
        }
      }
      if (parts !== null) {
        partRows[part + PART_ACQUIRED] = acquired;
        partRows[part + PART_QUANTITY] = taken;
        partRows[part + PART_COST] = cost;
        partRows[part + CODE] = code + +(acquired < cutoff);
        part += PART;
      }
    }
    if (ownQuantity === 0) continue;
    const proceeds = fills[trade + GROSS]! - fills[trade + FEE]! * feeInProceeds;
    const oldProceeds = oldQuantity === 0 ? 0 : proceeds * (oldQuantity / ownQuantity);
    shortQuantity += ownQuantity - oldQuantity;
    shortProceeds += proceeds - oldProceeds;
    shortCost += ownCost - oldCost;
    longQuantity += oldQuantity;
    longProceeds += oldProceeds;
    longCost += oldCost;
    for (let row = firstPart; row < part; row += PART) {
      partRows[row + PROCEEDS] = partRows[row + PART_QUANTITY]! * (proceeds / ownQuantity);
    }
    disposals++;
    if (first < last) {
      begin[j] = first;
      end[j] = last;
      // Lots that are opened from here on are none of those.
      if (matured[j]! > last) matured[j] = last;
      held[j] = owned - ownQuantity;
      basis[j] = basis[j]! - ownCost;
      continue;
    }
    pool.empty(j);
  }
  parts?.keep(part);
  pool.shortQuantity += shortQuantity;
  pool.shortProceeds += shortProceeds;
  pool.shortCost += shortCost;
  pool.longQuantity += longQuantity;
  pool.longProceeds += longProceeds;
  pool.longCost += longCost;
  pool.disposals += disposals;
  return k;
}

/** As `giveUpByAge`, the lots that its heap has on top first. (A function of its own: a heap in that loop would slow the others down.) */
export function giveUpByPrice(pool: LotPool, heap: LotHeap, trades: SpotTrades, from: number, to: number): number {
  const { held, basis, longHeld, longCosts, peak, parts, maturedTo, feeInProceeds, cutoff } = pool;
  const { rows, capacity, begin, end } = pool.lots;
  const { assets, rows: fills } = trades;
  for (let k = from; k < to; k++) {
    const trade = TRADE * k;
    const j = assets[k]!;
    const traded = fills[trade + UNITS]!;
    const owned = held[j]!;
    if (traded > 0) return k;
    let remaining = -traded;
    if (!(remaining < owned * (1 - ROUNDING))) {
      if (k !== pool.closingRow) return k;
      remaining = pool.closingUnits;
    }
    if (owned > peak[j]!) peak[j] = owned;
    if (parts !== null && !parts.hasRoom(end[j]! - begin[j]!)) return k;
    const dust = DUST * -traded;
    const code = (pool.disposals * ASSETS_OF + j) * TERMS;
    let part = parts === null ? 0 : parts.next;
    let ownQuantity = 0;
    let ownCost = 0;
    let oldQuantity = 0;
    let oldCost = 0;
    let lot = heap.first(j);
    while (lot >= 0 && remaining > dust) {
      const row = ROW * (capacity * j + lot);
      const available = rows[row + QUANTITY]!;
      const old = rows[row + ACQUIRED]! < cutoff;
      let taken = available;
      let cost = rows[row + COST]!;
      if (remaining < available * (1 - DUST)) {
        taken = remaining;
        cost *= taken / available;
        rows[row + QUANTITY] = available - taken;
        rows[row + COST] = rows[row + COST]! - cost;
      } else {
        // It stays in its place by age, closed.
        rows[row + QUANTITY] = 0;
        rows[row + COST] = 0;
        heap.removeFirst(j);
        lot = heap.first(j);
      }
      remaining -= taken;
      ownQuantity += taken;
      ownCost += cost;
      if (old) {
        oldQuantity += taken;
        oldCost += cost;
        if (rows[row + ACQUIRED]! < maturedTo) {
          longHeld[j] = longHeld[j]! - taken;
          longCosts[j] = longCosts[j]! - cost;
        }
      }
      if (parts !== null) {
        const { chunk } = parts;
        chunk[part + PART_ACQUIRED] = rows[row + ACQUIRED]!;
        chunk[part + PART_QUANTITY] = taken;
        chunk[part + PART_COST] = cost;
        chunk[part + CODE] = code + +old;
        part += PART;
      }
    }
    if (ownQuantity === 0) continue;
    const proceeds = fills[trade + GROSS]! - fills[trade + FEE]! * feeInProceeds;
    const oldProceeds = oldQuantity === 0 ? 0 : proceeds * (oldQuantity / ownQuantity);
    pool.shortQuantity += ownQuantity - oldQuantity;
    pool.shortProceeds += proceeds - oldProceeds;
    pool.shortCost += ownCost - oldCost;
    pool.longQuantity += oldQuantity;
    pool.longProceeds += oldProceeds;
    pool.longCost += oldCost;
    pool.disposals++;
    if (parts !== null) {
      for (let row = parts.next; row < part; row += PART) {
        parts.chunk[row + PROCEEDS] = parts.chunk[row + PART_QUANTITY]! * (proceeds / ownQuantity);
      }
      parts.keep(part);
    }
    if (lot < 0) {
      pool.empty(j);
      continue;
    }
    held[j] = owned - ownQuantity;
    basis[j] = basis[j]! - ownCost;
  }
  return to;
}
