import { CAUSE } from '../tax/ledger.ts';
import type { Kernel } from './kernel.ts';

/**
 * Tells a ledger to which cash is a coin what of it comes (negative: goes) otherwise than by spot fills: deposits and withdrawals, tax,
 * interest, and what linear contracts pay or take. To be called before the account's cash changes: the value of the portfolio just before
 * decides what share of it is given up. That is taken at the close of bar i where the moment is it, else at the open.
 *
 * @param amount - account currency, the stablecoin's face
 * @param moment - UTC ms
 */
export function tellCash(kernel: Kernel, i: number, amount: number, moment: number, cause: number = CAUSE.strategy): void {
  const { ledger, spotCount } = kernel;
  if (!ledger.wants.cash || amount === 0) return;
  tellPortfolio(kernel, i, moment);
  if (amount > 0) ledger.acquire(spotCount, amount, amount, 0, moment);
  else ledger.dispose(spotCount, -amount, -amount, 0, moment, cause);
}

/**
 * Tells a ledger that judges sales by the value of all coins what they are worth just before one: at the close of bar i where the moment is
 * it, else at the open.
 *
 * @param asset - the coin that is given up or received, worth `price` then; default: none is known better than by the bar
 */
export function tellPortfolio(kernel: Kernel, i: number, moment: number, asset = 0, price = NaN): void {
  const { ledger, account, market, bars } = kernel;
  const { mark, markOpen } = market.columns;
  const prices = moment >= market.start + (i + 1) * market.step ? mark : markOpen;
  const better = Number.isNaN(price) ? 0 : account.quantity[asset]! * (price - prices[asset * bars + i]!);
  ledger.advance(moment);
  ledger.see(kernel.coinValueAt(i, prices) + better, kernel.cashAsCoin);
}

/** Enters the cash that a run starts with: bought for money at its face. */
export function openCash(ledger: Kernel['ledger'], cash: number, asset: number, time: number): void {
  if (ledger.wants.cash && cash > 0) ledger.acquire(asset, cash, cash, 0, time);
}
