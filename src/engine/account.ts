import { DUST } from '../core/numeric.ts';
import { linearEntry, linearPnl } from '../venue/pnl.ts';

/**
 * The only mutable money: cash, holdings, positions, and the running sums from which the accounting identity is checked.
 *
 * One slot per instrument, in the market's order (spot first). Money is in the account currency; quantities are base units, shorts
 * negative. P&L is kept telescoped: `flow[j] = −Σ (units moved × reference price)`, so the price P&L of instrument `j` at any moment is
 * `quantity[j] × mark + flow[j]`, and only fills touch it.
 */
export class Account {
  readonly #spotCount: number;
  readonly quantity: Float64Array;
  /** Volume-weighted entry of each contract; 0 for spot. */
  readonly entry: Float64Array;
  /** Notional / initial margin of each contract. */
  readonly leverage: Float64Array;
  readonly flow: Float64Array;
  /** As `flow`, at the index price: what splits a contract's P&L into index and basis move. */
  readonly indexFlow: Float64Array;

  cash: number;
  /** Contracts with a position. */
  positions = 0;
  /** Σ flow over all instruments. */
  flowSum = 0;
  netFlows = 0;
  funding = 0;
  interest = 0;
  fees = 0;
  slippage = 0;
  taxes = 0;
  liquidation = 0;
  /** Tax bills paid from outside the account (`payFrom: outside`). */
  taxesOutside = 0;

  constructor(instruments: number, spotCount: number, cash: number, leverage: number) {
    this.#spotCount = spotCount;
    this.cash = cash;
    this.quantity = new Float64Array(instruments);
    this.entry = new Float64Array(instruments);
    this.leverage = new Float64Array(instruments).fill(leverage);
    this.flow = new Float64Array(instruments);
    this.indexFlow = new Float64Array(instruments);
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

  /**
   * Changes a contract's position at `price` and returns the price result realised, which goes to cash. The part that adds is averaged
   * into the entry, the part that reduces realises pro rata; a fill never crosses zero (the kernel splits it).
   */
  move(contract: number, quantity: number, price: number): number {
    const held = this.quantity[contract]!;
    const after = held + quantity;
    if (held * quantity >= 0) {
      if (held === 0) this.positions++;
      this.entry[contract] = linearEntry(held, this.entry[contract]!, quantity, price);
      this.quantity[contract] = after;
      return 0;
    }
    const realised = linearPnl(-quantity, this.entry[contract]!, price);
    this.cash += realised;
    const closed = Math.abs(after) <= DUST * Math.abs(held);
    this.quantity[contract] = closed ? 0 : after;
    if (closed) {
      this.positions--;
      this.entry[contract] = 0;
    }
    return realised;
  }
}
