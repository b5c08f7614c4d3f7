import { DUST } from '../core/numeric.ts';
import { collateralQuantity } from '../venue/collateral.ts';
import { maintenanceOf, marginRatio } from '../venue/margin.ts';
import type { Kernel } from './kernel.ts';

/** Key of the margin account that linear contracts share: cash, in multi-asset mode with the coins that count. */
export const CASH = -1;
// Cash this far below zero, relative to equity now or at the start, or to what was paid in since, is rounding and not a shortfall.
const CASH_TOLERANCE = 1e-9;

// Of the borrow limit, when it is exceeded, beside the excess: otherwise the interest of the next bar would sell coins again, and the next.
const BORROWING_REPAID = 0.01;

/**
 * The margin accounts of a run (accounting.md, section 3): which positions share one, what it holds, and what it must hold.
 *
 * A key names an account: `CASH`; an asset, whose coins margin its inverse contracts; or, where margin is isolated, the instrument of the
 * one position. Figures are in the account's unit, which is the coin for inverse contracts. Nothing here moves money.
 */
export class MarginDesk {
  readonly isolated: boolean;
  /** Whether coins count as margin of linear contracts. */
  readonly pooled: boolean;
  /** Whether no contract of the run is inverse. */
  readonly linear: boolean;
  /** Whether all contracts of the run share the cash account and nothing but cash counts. */
  readonly lone: boolean;
  /** Prices that sums are taken at, by instrument: only those of held contracts and of coins that margin them are current. */
  readonly price: Float64Array;
  /** Of the account that was summed last. */
  balance = 0;
  initial = 0;
  maintenance = 0;
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    const { margin, collateral } = kernel.config;
    this.#kernel = kernel;
    this.isolated = margin === 'isolated';
    this.pooled = collateral === 'multi-asset';
    this.linear = kernel.account.inverse.every((flag) => flag === 0);
    this.lone = this.linear && !this.isolated && !this.pooled;
    this.price = new Float64Array(kernel.count);
  }

  /** The margin account of a contract. */
  keyOf(contract: number): number {
    return this.isolated ? contract : this.#kernel.account.coin[contract]!;
  }

  /** Whether the held contract in a row is the first of its account: the one that stands for it when accounts are gone through. */
  leads(row: number): boolean {
    if (this.isolated) return true;
    const { held } = this.#kernel.account;
    const key = this.keyOf(held[row]!);
    for (let k = 0; k < row; k++) if (this.keyOf(held[k]!) === key) return false;
    return true;
  }

  /** Takes the prices of a column at bar i for all that is held, and for one contract more. */
  load(column: Float64Array, i: number, also = -1): void {
    this.loadInto(this.price, column, i);
    if (also >= 0) this.#loadContract(this.price, also, column, i);
  }

  loadInto(price: Float64Array, column: Float64Array, i: number): void {
    const { account, spotCount, bars } = this.#kernel;
    const { held, positions } = account;
    for (let row = 0; row < positions; row++) this.#loadContract(price, held[row]!, column, i);
    if (this.pooled) for (let j = 0; j < spotCount; j++) price[j] = column[j * bars + i]!;
  }

  #loadContract(price: Float64Array, contract: number, column: Float64Array, i: number): void {
    const { account, bars } = this.#kernel;
    price[contract] = column[contract * bars + i]!;
    const asset = account.coin[contract]!;
    if (asset >= 0) price[asset] = column[asset * bars + i]!;
  }

  /** What an account holds without unrealised results and without coins that count in part. */
  wallet(key: number): number {
    const { account, spotCount } = this.#kernel;
    if (key === CASH) return account.cash;
    return key < spotCount ? account.quantity[key]! : account.locked[key]!;
  }

  /** Value of the coins that count as margin of linear contracts, at the prices loaded or others. */
  collateralValue(price = this.price): number {
    if (!this.pooled) return 0;
    let value = 0;
    for (let j = 0; j < this.#kernel.spotCount; j++) value += this.countedValue(j, price);
    return value;
  }

  /** What of one coin's value counts as margin in multi-asset mode. */
  countedValue(asset: number, price = this.price): number {
    const { account, collateral } = this.#kernel;
    return collateralQuantity(account.quantity[asset]!, collateral[asset]!) * price[asset]!;
  }

  /** Sums up one account at the prices loaded or others: balance, initial and maintenance margin. */
  sum(key: number, price = this.price): void {
    const { account, terms, spotCount } = this.#kernel;
    const { held, positions, quantity, leverage } = account;
    let balance = this.wallet(key) + (key === CASH ? this.collateralValue(price) : 0);
    let initial = 0;
    let maintenance = 0;
    for (let row = 0; row < positions; row++) {
      const j = held[row]!;
      if (this.keyOf(j) !== key) continue;
      const mark = price[j]!;
      const size = Math.abs(quantity[j]!);
      const notional = account.inverse[j] === 1 ? size / mark : size * mark;
      balance += account.unrealised(j, mark);
      initial += notional / leverage[j]!;
      maintenance += maintenanceOf(terms.maintenance, j - spotCount, notional);
    }
    this.balance = balance;
    this.initial = initial;
    this.maintenance = maintenance;
  }

  /** Balance / maintenance of the account summed last; Infinity where nothing must be maintained and something is left. */
  ratio(): number {
    return marginRatio(this.balance, this.maintenance);
  }

  /** The lowest ratio of all accounts at a column's prices; Infinity without positions. */
  lowestRatio(column: Float64Array, i: number): number {
    const { held, positions } = this.#kernel.account;
    this.load(column, i);
    let lowest = Infinity;
    for (let row = 0; row < positions; row++) {
      if (!this.leads(row)) continue;
      this.sum(this.keyOf(held[row]!));
      lowest = Math.min(lowest, this.ratio());
    }
    return lowest;
  }

  /** What an opening of this contract may tie up, in its unit, at a column's prices. */
  freeFor(contract: number, column: Float64Array, i: number): number {
    const { account } = this.#kernel;
    const asset = account.coin[contract]!;
    if (this.isolated) {
      return asset < 0 ? account.cash - account.lockedCash : account.quantity[asset]! - account.lockedCoins[asset]!;
    }
    this.load(column, i, contract);
    this.sum(asset);
    return this.balance - this.initial;
  }

  /** What a buy may spend without touching margin, at a column's prices. */
  cashAtHand(column: Float64Array, i: number): number {
    const { account, config } = this.#kernel;
    if (this.isolated) return Math.max(0, account.cash - account.lockedCash);
    if (account.positions === 0 && !this.pooled) return Math.max(0, account.cash);
    this.load(column, i);
    this.sum(CASH);
    const spendable = account.cash + (this.pooled ? config.borrowLimit : 0);
    return Math.max(0, Math.min(spendable, this.balance - this.initial));
  }

  /** Cash that contracts of a lone account keep from being spent, at a column's marks; or a bound above it that is less than `cash`. */
  reserved(column: Float64Array, i: number, cash: number): number {
    const { account, bars, guard } = this.#kernel;
    const most = guard.mostReserved(i);
    if (most < cash) return most;
    const { held, positions, quantity, entry, leverage } = account;
    let reserved = 0;
    for (let row = 0; row < positions; row++) {
      const j = held[row]!;
      const units = quantity[j]!;
      const mark = column[j * bars + i]!;
      reserved += Math.abs(units * mark) / leverage[j]! - units * (mark - entry[j]!);
    }
    return Math.max(0, reserved);
  }

  /** Coins that may be sold: those that margin inverse contracts stay as long as they are needed. */
  coinsAtHand(asset: number, column: Float64Array, i: number): number {
    const { account } = this.#kernel;
    const { held, positions, coin } = account;
    const quantity = account.quantity[asset]!;
    if (this.isolated) {
      const loose = quantity - account.lockedCoins[asset]!;
      return loose > DUST * quantity ? loose : 0;
    }
    for (let row = 0; row < positions; row++) {
      if (coin[held[row]!] !== asset) continue;
      this.load(column, i);
      this.sum(asset);
      const free = Math.min(quantity, this.balance - this.initial);
      return free > DUST * quantity ? free : 0;
    }
    return quantity;
  }

  /** Cash that is lacking, beyond what may be borrowed and what is set aside for isolated positions; 0 within rounding. */
  shortfall(): number {
    const { account, equity, initialEquity, config } = this.#kernel;
    const floor = this.isolated ? account.lockedCash : this.pooled ? -config.borrowLimit : 0;
    const lacking = floor - account.cash;
    const most = Math.max(Math.abs(equity), Math.abs(initialEquity), Math.abs(account.netFlows));
    if (!(lacking > CASH_TOLERANCE * most)) return 0;
    return this.pooled ? lacking + BORROWING_REPAID * config.borrowLimit : lacking;
  }

  /** Free margin of the account's collateral mode at a column's prices, account currency. */
  freeMargin(column: Float64Array, i: number): number {
    const { account, market, config, spotCount, bars } = this.#kernel;
    if (config.collateral !== 'coin') {
      if (this.isolated) return account.cash - account.lockedCash;
      this.load(column, i);
      this.sum(CASH);
      return this.balance - this.initial;
    }
    let free = 0;
    for (let asset = 0; asset < spotCount; asset++) {
      if (!market.instruments.some((_, j) => account.coin[j] === asset)) continue;
      free += this.#freeCoins(asset, column, i) * column[asset * bars + i]!;
    }
    return free;
  }

  #freeCoins(asset: number, column: Float64Array, i: number): number {
    const { account } = this.#kernel;
    if (this.isolated) return account.quantity[asset]! - account.lockedCoins[asset]!;
    this.load(column, i);
    this.sum(asset);
    return this.balance - this.initial;
  }
}
