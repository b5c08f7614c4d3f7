import { roundAwayFromZero, roundTowardZero } from '../core/numeric.ts';
import type { MaintenanceBracket } from './venue.ts';

/** A linear position whose margin account holds `balance` for it. */
export interface LinearPosition {
  /** Base units, negative for a short. */
  readonly quantity: number;
  readonly entry: number;
  /** Wallet balance − maintenance of the other positions + their unrealised results, quote currency. */
  readonly balance: number;
  readonly brackets: readonly MaintenanceBracket[];
  /** Share of notional added to maintenance by venues that reserve the closing fee (OKX, Gate); default 0 (Binance). */
  readonly closingFee?: number;
}

/** An inverse position; balance in coin. */
export interface InversePosition {
  /** Quote units, negative for a short. */
  readonly notional: number;
  readonly entry: number;
  /** As for `LinearPosition`, in coin. */
  readonly balance: number;
  /** Floors and amounts in coin. */
  readonly brackets: readonly MaintenanceBracket[];
  readonly closingFee?: number;
}

/** An isolated position as venues describe it that measure margin at entry. */
export interface EntryMargined {
  readonly side: 'long' | 'short';
  readonly entry: number;
  readonly leverage: number;
  /** Margin added by hand per unit of size: quote currency per base unit (linear), coin per quote unit (inverse); default 0. */
  readonly extraMargin?: number;
}

/** Maintenance at entry, in the bracket that holds there. */
export interface EntryMaintenance {
  readonly rate: number;
  /** Cumulative amount per unit of size, as `extraMargin`; default 0. */
  readonly amount?: number;
}

/** One of several linear positions whose marks are one and the same, with the bracket that holds at the price sought. */
export interface LinearLeg {
  /** Base units, negative for a short. */
  readonly quantity: number;
  readonly entry: number;
  readonly rate: number;
  readonly amount: number;
}

/** As `LinearLeg`, for inverse positions. */
export interface InverseLeg {
  /** Quote units, negative for a short. */
  readonly notional: number;
  readonly entry: number;
  readonly rate: number;
  /** Coin. */
  readonly amount: number;
}

/**
 * Mark at which linear positions in one contract liquidate together, maintenance measured at that mark:
 * `(balance + Σ amount − Σ q·entry) / (Σ |q|·(rate + closingFee) − Σ q)`. In hedge mode a long and a short share this price.
 *
 * @param balance - wallet balance − maintenance of the other positions + their unrealised results, quote currency
 * @returns quote currency; null when no positive price does it
 * @see Binance FAQ "How to calculate liquidation price of USDS-M futures contracts"
 */
export function linearLegsLiquidationPrice(legs: readonly LinearLeg[], balance: number, closingFee = 0): number | null {
  return positive(crossing(legs, balance, closingFee));
}

/**
 * Mark at which a linear position liquidates, maintenance measured at that mark: `linearLegsLiquidationPrice` of one leg.
 *
 * The bracket is the one at the liquidation price, not at entry. Maintenance is the greatest of the brackets' lines (rates never
 * fall), so of the brackets' own answers the one nearest to a position in profit is the account's.
 *
 * @returns quote currency; null when no positive price does it
 */
export function linearLiquidationPrice({ quantity, entry, balance, brackets, closingFee = 0 }: LinearPosition): number | null {
  const prices = brackets.map(({ rate, amount }) => crossing([{ quantity, entry, rate, amount }], balance, closingFee));
  return positive(quantity > 0 ? Math.max(...prices) : Math.min(...prices));
}

/**
 * As `linearLiquidationPrice` where coins of the same base count as margin and move with the mark (multi-asset mode). What is left over
 * maintenance is then concave in the mark: it may end below and above. The end on the side that hurts the position counts, else the other.
 *
 * @param coins - base units that count, at the position's own mark; `balance` is without them
 * @returns quote currency; null when no positive price does it
 */
export function collateralisedLiquidationPrice({ closingFee = 0, ...position }: LinearPosition, coins: number): number | null {
  const { quantity, entry, balance, brackets } = position;
  let above = Infinity;
  let below = 0;
  for (const { rate, amount } of brackets) {
    const slope = quantity + coins - Math.abs(quantity) * (rate + closingFee);
    const price = (quantity * entry - balance - amount) / slope;
    if (slope < 0 && price > 0) above = Math.min(above, price);
    if (slope > 0) below = Math.max(below, price);
  }
  const [first, second] = quantity > 0 ? [below, above] : [above, below];
  return [first, second].find((price) => price > 0 && price < Infinity) ?? null;
}

/**
 * Mark at which an inverse position liquidates, maintenance measured at that mark:
 * `(|N|·(rate + closingFee) + N) / (balance + amount + N / entry)`, in the bracket that holds there.
 *
 * @returns quote currency; null when no positive price does it, as for a short whose coins cover its notional
 * @see Binance FAQ on COIN-M liquidation prices; OKX and, since 2026, Bybit state the same form
 */
export function inverseLiquidationPrice({ notional, entry, balance, brackets, closingFee = 0 }: InversePosition): number | null {
  const inverses = brackets.map(({ rate, amount }) => inverseCrossing([{ notional, entry, rate, amount }], balance, closingFee));
  return inverted(notional > 0 ? Math.min(...inverses) : Math.max(...inverses));
}

/**
 * Mark at which inverse positions in one contract liquidate together, as `linearLegsLiquidationPrice`:
 * `(Σ |N|·(rate + closingFee) + Σ N) / (balance + Σ amount + Σ N / entry)`.
 *
 * @param balance - coin
 * @returns quote currency; null when no positive price does it
 */
export function inverseLegsLiquidationPrice(legs: readonly InverseLeg[], balance: number, closingFee = 0): number | null {
  return inverted(inverseCrossing(legs, balance, closingFee));
}

/**
 * Liquidation price of an isolated linear position on venues that measure maintenance at entry:
 * `entry·(1 − s/leverage + s·rate) − s·(extraMargin + amount)`, s = +1 long, −1 short.
 *
 * @returns quote currency; null when no positive price does it
 * @see Bybit (classic account), MEXC and BitMEX help pages on liquidation prices
 */
export function linearEntryLiquidationPrice(
  { side, entry, leverage, extraMargin = 0 }: EntryMargined,
  { rate, amount = 0 }: EntryMaintenance,
): number | null {
  const s = signOf(side);
  return positive(entry * (1 - s / leverage + s * rate) - s * (extraMargin + amount));
}

/**
 * The same for an inverse position: `1 / (1/entry·(1 + s·(1/leverage − rate)) + s·(extraMargin + amount))`.
 *
 * @returns null where no price does it: a short whose leverage is below 1
 * @see Bybit help, inverse contracts, editions 2020 to 2024
 */
export function inverseEntryLiquidationPrice(
  { side, entry, leverage, extraMargin = 0 }: EntryMargined,
  { rate, amount = 0 }: EntryMaintenance,
): number | null {
  const s = signOf(side);
  const factor = 1 + s * (1 / leverage - rate + (extraMargin + amount) * entry);
  return factor > 0 ? entry / factor : null;
}

/** Price at which a linear position has used up its margin: `entry·(1 − s/leverage) − s·extraMargin`, at least 0. */
export function linearBankruptcyPrice({ side, entry, leverage, extraMargin = 0 }: EntryMargined): number {
  const s = signOf(side);
  return Math.max(0, entry * (1 - s / leverage) - s * extraMargin);
}

/**
 * Price at which an inverse position has used up its coin: `entry·leverage / (leverage + s)`, further away by extra margin.
 *
 * @returns null for a short whose coins cover it
 */
export function inverseBankruptcyPrice({ side, entry, leverage, extraMargin = 0 }: EntryMargined): number | null {
  const factor = 1 + signOf(side) * (1 / leverage + extraMargin * entry);
  return factor > 0 ? entry / factor : null;
}

/**
 * The price as a venue shows it: rounded to its tick, up for a long and down for a short, so that it is reached no later than the exact one.
 *
 * @param tick - 0 leaves the price as it is
 */
export function shownPrice(price: number, side: 'long' | 'short', tick: number): number {
  return side === 'long' ? roundAwayFromZero(price, tick) : roundTowardZero(price, tick);
}

/** Where balance and maintenance meet, of whatever sign. */
function crossing(legs: readonly LinearLeg[], balance: number, closingFee: number): number {
  let held = balance;
  let slope = 0;
  for (const { quantity, entry, rate, amount } of legs) {
    held += amount - quantity * entry;
    slope += Math.abs(quantity) * (rate + closingFee) - quantity;
  }
  return held / slope;
}

/** The same as one over the price. */
function inverseCrossing(legs: readonly InverseLeg[], balance: number, closingFee: number): number {
  let held = balance;
  let slope = 0;
  for (const { notional, entry, rate, amount } of legs) {
    held += amount + notional / entry;
    slope += Math.abs(notional) * (rate + closingFee) + notional;
  }
  return held / slope;
}

function inverted(inverse: number): number | null {
  return inverse > 0 ? positive(1 / inverse) : null;
}

function positive(price: number): number | null {
  return price > 0 && price < Infinity ? price : null;
}

function signOf(side: 'long' | 'short'): 1 | -1 {
  return side === 'long' ? 1 : -1;
}
