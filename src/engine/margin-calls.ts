import { figure, sixDigits } from '../core/figures.ts';
import { roundAwayFromZero } from '../core/numeric.ts';
import { formatMinute } from '../core/time.ts';
import { CAUSE } from '../tax/ledger.ts';
import type { Kernel } from './kernel.ts';
import { CASH } from './margin-desk.ts';
import { openSale, raiseCash } from './raise-cash.ts';

/**
 * Margin calls (accounting.md, section 3): found at a close, met at the next fill.
 *
 * What a call wants depends on the account. That of linear contracts holds all cash already: spot is sold. An isolated position's margin is
 * topped up from what is not set aside, then from sales. Coins that margin inverse contracts are all in their account already: more are
 * bought, with cash and then from sales of other coins. `from: cash` stops before the sales.
 */
export class MarginCalls {
  readonly #kernel: Kernel;
  /** What each account lacks in its own unit, by key; cash in the last slot. */
  readonly #lacking: Float64Array;
  #called = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#lacking = new Float64Array(kernel.count + 1);
  }

  /** Tests every account at bar i's closing marks; returns what is called and owed in account currency, 0 when nothing is. */
  test(i: number): number {
    const kernel = this.#kernel;
    const { account, margin, config, market, notices } = kernel;
    let need = margin.shortfall();
    if (need > 0) {
      const { cash } = account;
      notices.add('cash-negative', () =>
        cash < 0
          ? `cash fell to ${figure(cash, 2)}; spot is sold at the next fill to cover it`
          : `cash fell to ${figure(cash, 2)}, less than is set aside for isolated positions; spot is sold at the next fill`,
      );
    }
    if (this.#called) this.#lacking.fill(0);
    this.#called = false;
    const { at, to, from } = config.marginCall;
    if (account.positions === 0 || from === 'none') return need;
    // The common case at a glance: one account of linear contracts, and enough in it wherever the marks of these bars go.
    if (kernel.guard.covers(i, at)) return need;
    margin.load(market.columns.mark, i);
    for (let row = 0; row < account.positions; row++) {
      if (!margin.leads(row)) continue;
      const j = account.held[row]!;
      const key = margin.keyOf(j);
      margin.sum(key);
      if (!(margin.balance < at * margin.initial)) continue;
      const lacking = to * margin.initial - margin.balance;
      if (key === CASH) {
        if (from !== 'spot') continue;
        need = Math.max(need, lacking);
      } else {
        const coin = account.coin[j]!;
        need += coin < 0 ? lacking : lacking * margin.price[coin]!;
      }
      this.#lacking[this.#slot(key)] = lacking;
      this.#called = true;
    }
    return need;
  }

  /** Raises what is owed and called, as far as it still is. */
  meet(i: number, prices: Float64Array, marks: Float64Array, time: number): void {
    const kernel = this.#kernel;
    const { account, margin } = kernel;
    const at: At = { i, prices, marks, time };
    const owed = margin.shortfall();
    const called = this.#called && this.#stands(CASH) ? this.#lacking[this.#slot(CASH)]! : 0;
    const need = Math.max(owed, called);
    if (need > 0) raiseCash(openSale(kernel, { ...at, why: owed > 0 ? 'shortfall' : 'margin-call' }), need);
    if (!this.#called) return;
    this.#called = false;
    for (let key = 0; key < kernel.count; key++) {
      const lacking = this.#lacking[key]!;
      this.#lacking[key] = 0;
      if (lacking === 0 || !this.#stands(key)) continue;
      const asset = key < kernel.spotCount ? key : account.coin[key]!;
      if (asset < 0) this.#topUpCash(key, lacking, at);
      else this.#topUpCoins(key, asset, lacking, at);
    }
    this.#lacking[this.#slot(CASH)] = 0;
  }

  /** Whether an account still has a position. */
  #stands(key: number): boolean {
    const { account, margin } = this.#kernel;
    for (let row = 0; row < account.positions; row++) if (margin.keyOf(account.held[row]!) === key) return true;
    return false;
  }

  #topUpCash(j: number, lacking: number, at: At): void {
    const kernel = this.#kernel;
    const { account, config } = kernel;
    const loose = (): number => Math.max(0, account.cash - account.lockedCash);
    if (config.marginCall.from === 'spot' && loose() < lacking) {
      raiseCash(openSale(kernel, { ...at, why: 'margin-call' }), lacking - loose());
    }
    this.#lock(j, Math.min(lacking, loose()), at);
  }

  #topUpCoins(key: number, asset: number, lacking: number, at: At): void {
    const kernel = this.#kernel;
    const { margin, config, account } = kernel;
    const isolated = key >= kernel.spotCount;
    const loose = isolated ? Math.min(lacking, margin.coinsAtHand(asset, at.marks, at.i)) : 0;
    if (loose > 0) this.#lock(key, loose, at);
    const missing = lacking - loose;
    const reference = at.prices[asset * kernel.bars + at.i]!;
    if (missing <= 0 || Number.isNaN(reference)) return;
    const units = roundAwayFromZero(missing, kernel.terms.step[asset]!);
    const perUnit = kernel.fillPrice(at.i, asset, units, reference) * (1 + kernel.terms.taker[asset]!);
    const cash = (): number => margin.cashAtHand(at.marks, at.i);
    if (config.marginCall.from === 'spot' && cash() < units * perUnit) {
      raiseCash(openSale(kernel, { ...at, why: 'margin-call' }, asset), units * perUnit - cash());
    }
    const bought = Math.min(units, cash() / perUnit);
    if (!(bought > 0)) return;
    const before = account.quantity[asset]!;
    kernel.fillSpot(at.i, asset, bought, reference, at.time, false, 'margin call', CAUSE.forced);
    const got = account.quantity[asset]! - before;
    if (isolated) account.lock(key, got);
    const symbol = kernel.symbol(asset);
    const message = `${sixDigits(got)} ${symbol} bought of the ${sixDigits(missing)} that its contracts lack`;
    kernel.recorder.event('margin-call', at.time, at.i - kernel.first, symbol, got * reference, message);
    kernel.notices.add('coins-bought-for-margin', () => `${message}, at ${formatMinute(at.time)}`, at.time);
  }

  /** Sets more aside for an isolated position, cash or coins. */
  #lock(j: number, amount: number, { i, marks, time }: At): void {
    const kernel = this.#kernel;
    if (!(amount > 0)) return;
    kernel.account.lock(j, amount);
    const coin = kernel.account.coin[j]!;
    const more = coin < 0 ? figure(amount, 2) : `${sixDigits(amount)} ${kernel.symbol(coin)}`;
    const worth = coin < 0 ? amount : amount * marks[coin * kernel.bars + i]!;
    const message = `${more} more set aside for ${kernel.symbol(j)}`;
    kernel.recorder.event('margin-call', time, i - kernel.first, kernel.symbol(j), worth, message);
    kernel.notices.add('margin-topped-up', () => `${message}, at ${formatMinute(time)}`, time);
  }

  #slot(key: number): number {
    return key === CASH ? this.#lacking.length - 1 : key;
  }
}

interface At {
  readonly i: number;
  readonly prices: Float64Array;
  readonly marks: Float64Array;
  readonly time: number;
}
