import { DUST } from '../core/numeric.ts';
import { Slab } from '../core/slab.ts';
import type { Market } from '../market/market.ts';
import { inverseEntry, inversePnl, linearEntry, linearPnl } from '../venue/pnl.ts';

const COLUMNS = 13;

/**
 * The only mutable money: cash, holdings, positions, and the running sums from which the accounting identity is checked.
 *
 * One slot per instrument, in the market's order (spot first). Money is in the account currency; quantities are base units, or quote units
 * of inverse contracts, shorts negative. An inverse contract's results are in its coin, which is the account's spot holding of it.
 *
 * The P&L of spot and linear contracts is kept telescoped: `flow[j] = −Σ (units moved × reference price)`, so the price P&L of instrument
 * `j` at any moment is `quantity[j] × mark + flow[j]`, and only fills touch it. Of an inverse contract `flow[j]` is the P&L itself, as of
 * the moment it was last carried forward to.
 */
export class Account {
  readonly #spotCount: number;
  readonly quantity: Float64Array;
  /** Entry of each contract, volume-weighted (linear) or harmonic (inverse); 0 for spot. */
  readonly entry: Float64Array;
  /** Notional / initial margin of each contract. */
  readonly leverage: Float64Array;
  readonly flow: Float64Array;
  /** As `flow`, at the index price: what splits a contract's P&L into index and basis move. */
  readonly indexFlow: Float64Array;
  /** Asset whose units an inverse contract pays in; −1 for the rest, and where the market has no spot of the coin. */
  readonly coin: Int32Array;
  /** 1 for inverse contracts. */
  readonly inverse: Uint8Array;
  /** Margin set aside for each isolated position: quote currency, or coins of inverse contracts. */
  readonly locked: Float64Array;
  /** Sums of `locked`: cash, and per asset. */
  lockedCash = 0;
  readonly lockedCoins: Float64Array;
  /** Variation already paid in cash on each open contract that settles daily; tax waits for the position to reduce. */
  readonly varied: Float64Array;

  cash: number;
  /** Contracts with a position. */
  positions = 0;
  /** Their instruments, ascending: rows [0, positions). */
  readonly held: Int32Array;
  /** How often a position has changed, in units or entry. */
  moves = 0;
  /** Σ quantity × entry over linear contracts. */
  entryValue = 0;
  /** Σ flow over all instruments, but for what `carry` moved. */
  flowSum = 0;
  /** Σ of what `carry` moved: price P&L of inverse contracts, and of coins on their unrealised results. */
  carried = 0;
  netFlows = 0;
  funding = 0;
  interest = 0;
  fees = 0;
  slippage = 0;
  taxes = 0;
  liquidation = 0;
  /** Tax bills paid from outside the account (`payFrom: outside`). */
  taxesOutside = 0;

  /** Unrealised result of each inverse contract, in coin, and the coin's price, at the moment it was last carried forward to. */
  readonly #result: Float64Array;
  readonly #coinPrice: Float64Array;

  constructor({ instruments, spotCount }: Pick<Market, 'instruments' | 'spotCount'>, cash: number, leverage: number) {
    const count = instruments.length;
    this.#spotCount = spotCount;
    this.cash = cash;
    const columns = new Slab(COLUMNS, count);
    this.quantity = columns.doubles();
    this.entry = columns.doubles();
    this.leverage = columns.doubles().fill(leverage);
    this.flow = columns.doubles();
    this.indexFlow = columns.doubles();
    this.inverse = columns.bytes();
    this.coin = columns.ints().fill(-1);
    this.locked = columns.doubles();
    this.varied = columns.doubles();
    this.held = columns.ints();
    this.#result = columns.doubles();
    this.#coinPrice = columns.doubles();
    this.lockedCoins = columns.doubles();
    for (let j = spotCount; j < count; j++) {
      const { contract, base } = instruments[j]!;
      if (contract !== 'inverse') continue;
      this.inverse[j] = 1;
      this.coin[j] = instruments.findIndex((other) => other.kind === 'spot' && other.base === base);
    }
  }

  /** Puts an opening holding in the account at `price`, where its P&L starts from zero. */
  open(asset: number, quantity: number, price: number): void {
    this.quantity[asset] = this.quantity[asset]! + quantity;
    this.book(asset, quantity, price, 0);
  }

  /** Moves P&L bookkeeping by `quantity` units at the reference price (and at the index price, for contracts). */
  book(instrument: number, quantity: number, reference: number, index: number): void {
    const moved = quantity * reference;
    this.flow[instrument] = this.flow[instrument]! - moved;
    this.flowSum -= moved;
    if (instrument >= this.#spotCount) this.indexFlow[instrument] = this.indexFlow[instrument]! - quantity * index;
  }

  /** Unrealised result of a contract at a mark: quote currency, or coin of an inverse one. */
  unrealised(contract: number, mark: number): number {
    const held = this.quantity[contract]!;
    if (held === 0) return 0;
    const entry = this.entry[contract]!;
    return this.inverse[contract] === 1 ? inversePnl(held, entry, mark) : linearPnl(held, entry, mark);
  }

  /** Absolute notional of `units` of a contract at a price, quote currency. */
  notional(contract: number, units: number, price: number): number {
    return this.inverse[contract] === 1 ? Math.abs(units) : Math.abs(units) * price;
  }

  /**
   * Changes a contract's position at `price` and returns the price result realised, in the contract's unit; what it is paid in is the
   * caller's to move. The part that adds is averaged into the entry, the part that reduces realises pro rata; a fill never crosses zero
   * (the kernel splits it).
   */
  move(contract: number, quantity: number, price: number): number {
    const held = this.quantity[contract]!;
    const after = held + quantity;
    const entry = this.entry[contract]!;
    const inverse = this.inverse[contract] === 1;
    if (held * quantity >= 0) {
      if (held === 0) this.#list(contract);
      this.entry[contract] = (inverse ? inverseEntry : linearEntry)(held, entry, quantity, price);
      this.quantity[contract] = after;
      this.#moved();
      return 0;
    }
    const realised = (inverse ? inversePnl : linearPnl)(-quantity, entry, price);
    const closed = Math.abs(after) <= DUST * Math.abs(held);
    this.quantity[contract] = closed ? 0 : after;
    if (closed) {
      this.#unlist(contract);
      this.entry[contract] = 0;
    }
    this.#moved();
    return realised;
  }

  /** Starts a linear contract's results anew from `price`: those so far have been paid. */
  reenter(contract: number, price: number): void {
    this.entry[contract] = price;
    this.#moved();
  }

  /**
   * Brings an inverse position's P&L to a moment (accounting.md, section 2): the coin's price moved what was unrealised, the contract's
   * mark moved the result. Returns the unrealised result in coin.
   *
   * @param price - of the coin then
   */
  carry(contract: number, mark: number, price: number): number {
    const held = this.quantity[contract]!;
    if (held === 0) return 0;
    const result = this.unrealised(contract, mark);
    const before = this.#result[contract]!;
    const priceBefore = this.#coinPrice[contract]!;
    const asset = this.coin[contract]!;
    const onCoin = before * (price - priceBefore);
    const onContract = (result - before) * price;
    this.flow[asset] = this.flow[asset]! + onCoin;
    this.flow[contract] = this.flow[contract]! + onContract;
    this.indexFlow[contract] = this.indexFlow[contract]! + held * (1 / priceBefore - 1 / price) * price;
    this.carried += onCoin + onContract;
    this.#result[contract] = result;
    this.#coinPrice[contract] = price;
    return result;
  }

  /** Starts carrying forward from here, after a fill: `profit` is what a reference price off the mark gave at once, account currency. */
  carryFrom(contract: number, mark: number, price: number, profit: number): void {
    this.flow[contract] = this.flow[contract]! + profit;
    this.carried += profit;
    this.#result[contract] = this.unrealised(contract, mark);
    this.#coinPrice[contract] = price;
  }

  /** Sets margin aside for an isolated position (negative: gives it back), in the contract's unit. */
  lock(contract: number, amount: number): void {
    this.locked[contract] = this.locked[contract]! + amount;
    const asset = this.coin[contract]!;
    if (asset < 0) this.lockedCash += amount;
    else this.lockedCoins[asset] = this.lockedCoins[asset]! + amount;
  }

  /** Gives back all margin of a position that is gone. */
  unlock(contract: number): void {
    this.lock(contract, -this.locked[contract]!);
    this.locked[contract] = 0;
    // Sums of what is gone may keep the last digit.
    if (this.positions > 0) return;
    this.lockedCash = 0;
    this.lockedCoins.fill(0);
  }

  /** Taken anew each time, so that nothing of what is gone stays in the sum. */
  #moved(): void {
    const { held, quantity, entry, inverse } = this;
    this.moves++;
    let value = 0;
    for (let row = 0; row < this.positions; row++) {
      const j = held[row]!;
      if (inverse[j] === 0) value += quantity[j]! * entry[j]!;
    }
    this.entryValue = value;
  }

  #list(contract: number): void {
    let row = this.positions++;
    for (; row > 0 && this.held[row - 1]! > contract; row--) this.held[row] = this.held[row - 1]!;
    this.held[row] = contract;
  }

  #unlist(contract: number): void {
    let row = this.held.indexOf(contract);
    this.positions--;
    for (; row < this.positions; row++) this.held[row] = this.held[row + 1]!;
  }
}
