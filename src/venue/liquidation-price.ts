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

/** An isolated position as venues describe it that measure maintenance at entry. */
export interface EntryMargined {
  readonly side: 'long' | 'short';
  readonly entry: number;
  readonly leverage: number;
  readonly maintenanceRate: number;
}

/**
 * Mark at which a linear position liquidates, maintenance measured at that mark:
 * `(balance + amount − q·entry) / (|q|·(rate + closingFee) − q)`.
 *
 * The bracket is the one at the liquidation price, not at entry. Maintenance is the greatest of the brackets' lines (rates never
 * fall), so of the brackets' own answers the one nearest to a position in profit is the account's.
 *
 * @returns quote currency; null when no positive price does it
 * @see Binance FAQ "How to calculate liquidation price of USDS-M futures contracts"
 */
export function linearLiquidationPrice({ quantity, entry, balance, brackets, closingFee = 0 }: LinearPosition): number | null {
  const size = Math.abs(quantity);
  const prices = brackets.map(
    ({ rate, amount }) => (balance + amount - quantity * entry) / (size * (rate + closingFee) - quantity),
  );
  const price = quantity > 0 ? Math.max(...prices) : Math.min(...prices);
  return price > 0 ? price : null;
}

/**
 * Mark at which an inverse position liquidates, maintenance measured at that mark:
 * `(|N|·(rate + closingFee) + N) / (balance + amount + N / entry)`, in the bracket that holds there.
 *
 * @returns quote currency; null when no positive price does it, as for a short whose coins cover its notional
 * @see Binance FAQ on COIN-M liquidation prices; OKX and, since 2026, Bybit state the same form
 */
export function inverseLiquidationPrice({ notional, entry, balance, brackets, closingFee = 0 }: InversePosition): number | null {
  const size = Math.abs(notional);
  const inverses = brackets.map(
    ({ rate, amount }) => (balance + amount + notional / entry) / (size * (rate + closingFee) + notional),
  );
  const inverse = notional > 0 ? Math.min(...inverses) : Math.max(...inverses);
  return inverse > 0 ? 1 / inverse : null;
}

/**
 * Liquidation price of an isolated linear position on venues that measure maintenance at entry:
 * `entry·(1 − s/leverage + s·rate) − s·extraMargin/|q|`, s = +1 long, −1 short.
 *
 * @param extraMarginPerUnit - margin added by hand, quote currency per base unit; default 0
 * @see Bybit (classic account), MEXC and BitMEX help pages on liquidation prices
 */
export function linearEntryLiquidationPrice(
  { side, entry, leverage, maintenanceRate }: EntryMargined,
  extraMarginPerUnit = 0,
): number {
  const s = signOf(side);
  return entry * (1 - s / leverage + s * maintenanceRate) - s * extraMarginPerUnit;
}

/**
 * The same for an inverse position: `1 / (1/entry·(1 + s·(1/leverage − rate)))`; N cancels out.
 *
 * @returns null where no price does it: a short whose leverage is below 1
 * @see Bybit help, inverse contracts, editions 2020 to 2024
 */
export function inverseEntryLiquidationPrice({ side, entry, leverage, maintenanceRate }: EntryMargined): number | null {
  const factor = 1 + signOf(side) * (1 / leverage - maintenanceRate);
  return factor > 0 ? entry / factor : null;
}

/** Price at which the position has used up its margin: `entry·(1 − s/leverage)`, at least 0. */
export function linearBankruptcyPrice({ side, entry, leverage }: Omit<EntryMargined, 'maintenanceRate'>): number {
  return Math.max(0, entry * (1 - signOf(side) / leverage));
}

/** Price at which an inverse position has used up its coin: `entry·leverage / (leverage + s)`; null for a short with leverage 1. */
export function inverseBankruptcyPrice({ side, entry, leverage }: Omit<EntryMargined, 'maintenanceRate'>): number | null {
  const divisor = leverage + signOf(side);
  return divisor > 0 ? (entry * leverage) / divisor : null;
}

function signOf(side: 'long' | 'short'): 1 | -1 {
  return side === 'long' ? 1 : -1;
}
