import { zeroColumn } from '../core/column.ts';
import { sixDigits } from '../core/figures.ts';
import { DUST, STEP_SLACK, roundTowardZero } from '../core/numeric.ts';
import { CAUSE } from '../tax/ledger.ts';
import { inverseFee, linearFee } from '../venue/fees.ts';
import { inverseFunding, linearFunding } from '../venue/funding.ts';
import { maxLeverage } from '../venue/margin.ts';
import { tellCash, tellPortfolio } from './cash-moves.ts';
import type { Kernel } from './kernel.ts';

/** One fill moment: the bar, the marks that hold at it, and when it is. */
export interface Moment {
  readonly i: number;
  readonly marks: Float64Array;
  readonly time: number;
}

/** A contract order at its turn. */
export interface ContractOrder {
  readonly j: number;
  /** Signed: base units, or quote units of an inverse contract. */
  readonly units: number;
  readonly reference: number;
  readonly maker: boolean;
  readonly leverage: number;
  readonly reduceOnly: boolean;
  readonly tag: string;
  readonly cause: number;
}

/**
 * Everything that happens to contracts: fills, funding, daily variation, expiry. What is realised goes to cash (linear) or to the coins
 * of the account (inverse), where it is acquired or disposed of at the coin's price then.
 */
export class ContractDesk {
  readonly #kernel: Kernel;
  /** What the settlements of one moment bring, one for each contract at most. */
  readonly #due: Float64Array;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#due = zeroColumn(kernel.count - kernel.spotCount);
  }

  /** An order at its turn; one that crosses zero closes first and then opens what free margin carries. */
  trade(order: ContractOrder, at: Moment): void {
    const { j, units, maker, reference, reduceOnly } = order;
    const kernel = this.#kernel;
    const { account } = kernel;
    if (!this.#allowed(j, at)) return;
    const held = account.quantity[j]!;
    let opening = units;
    if (held * units < 0) {
      // A remainder of rounding is no position: `Account.move` closes dust.
      const through = Math.abs(units) > Math.abs(held) * (1 + STEP_SLACK);
      const closing = through ? -held : units;
      this.#fill(order, closing, kernel.priceOf(at.i, j, closing, reference, maker), at);
      opening = through ? units - closing : 0;
    }
    if (opening === 0 || reduceOnly) return;
    const leverage = this.#allowedLeverage(order, opening, at);
    const margined = this.#affordable(order, leverage, opening, at);
    if (margined === 0) return;
    account.leverage[j] = leverage;
    this.#fill(order, margined, kernel.priceOf(at.i, j, margined, reference, maker), at);
  }

  /** Whether the account's collateral can carry this kind of contract; a refusal is recorded. */
  #allowed(j: number, { i, marks, time }: Moment): boolean {
    const kernel = this.#kernel;
    const { account, config } = kernel;
    if (account.inverse[j] === 0) return true;
    const asset = account.coin[j]!;
    let reason: string | null = null;
    if (config.collateral !== 'coin') reason = `an inverse contract is margined with coins: say \`collateral: coin\``;
    else if (asset < 0) reason = 'it pays in a coin that this market does not have as spot';
    else if (!(marks[asset * kernel.bars + i]! > 0)) reason = 'its coin has no price yet';
    if (reason !== null) kernel.reject(i, time, j, reason);
    return reason === null;
  }

  /** The order's leverage, or the most that the venue's bracket allows the position it leads to. */
  #allowedLeverage({ j, leverage }: ContractOrder, units: number, { i, marks, time }: Moment): number {
    const kernel = this.#kernel;
    const { account, terms } = kernel;
    const size = Math.abs(account.quantity[j]! + units);
    const mark = marks[j * kernel.bars + i]!;
    const most = maxLeverage(terms.brackets[j - kernel.spotCount]!, account.inverse[j] === 1 ? size / mark : size * mark);
    if (leverage <= most) return leverage;
    kernel.notices.add(
      'leverage-lowered',
      () => `${kernel.symbol(j)}: ${leverage}x was lowered to the ${most}x of its size`,
      time,
    );
    return most;
  }

  /** Units of an opening order that free margin carries at once after fee and slippage; 0 when it is refused. */
  #affordable({ j, reference, maker }: ContractOrder, leverage: number, units: number, { i, marks, time }: Moment): number {
    const kernel = this.#kernel;
    const { account, terms, config, margin } = kernel;
    const inverse = account.inverse[j] === 1;
    const held = account.quantity[j]!;
    const mark = marks[j * kernel.bars + i]!;
    // An inverse contract's notional, and so its margin and its costs, are in coin.
    const worth = inverse ? 1 / mark : mark;
    // An order that changes the position's leverage re-margins what is already held.
    const remargin = held === 0 || margin.isolated ? 0 : Math.abs(held) * worth * (1 / leverage - 1 / account.leverage[j]!);
    const price = kernel.priceOf(i, j, units, reference, maker);
    const paid = inverse ? 1 / price : price;
    const rate = maker ? terms.maker[j]! : terms.taker[j]!;
    const atOnce = Math.max(0, Math.sign(units) * (inverse ? worth - paid : paid - worth));
    const perUnit = worth / leverage + paid * rate + atOnce;
    if (Math.abs(units) * perUnit <= kernel.guard.leastFree(i) - remargin) return units;
    const free = margin.freeFor(j, marks, i) - remargin;
    if (Math.abs(units) * perUnit <= free * (1 + 1e-12)) return units;
    const carried = Math.sign(units) * Math.max(0, free / perUnit);
    // What rounding leaves of free margin that is used up carries no order.
    const most = Math.abs(carried) <= DUST * Math.abs(units) ? 0 : roundTowardZero(carried, terms.step[j]!);
    const tooSmall = Math.abs(most) < terms.minQuantity[j]! || account.notional(j, most, reference) < terms.minNotional[j]!;
    if (config.onInsufficientMargin === 'refuse' || most === 0 || tooSmall) {
      const unit = inverse ? ` ${kernel.symbol(account.coin[j]!)}` : '';
      kernel.reject(i, time, j, `free margin of ${sixDigits(free)}${unit} does not carry ${sixDigits(units)} at ${leverage}x`);
      return 0;
    }
    kernel.notices.add(
      'order-cut-to-margin',
      () => `${kernel.symbol(j)}: an order for ${sixDigits(units)} was cut to ${sixDigits(most)} for want of margin`,
      time,
    );
    return most;
  }

  /** Books one contract fill at `price`: realised result, fee, P&L reference, record. The fill never crosses zero. */
  #fill(order: ContractOrder, units: number, price: number, at: Moment): void {
    const { j, reference, maker, tag, cause } = order;
    const { i, marks, time } = at;
    const kernel = this.#kernel;
    if (!maker) kernel.watchVolume(i, j, units, time);
    const { account, terms, market, bars, recorder } = kernel;
    const inverse = account.inverse[j] === 1;
    const index = market.indexOf[j]!;
    const indexPrice = index < 0 ? reference : marks[index * bars + i]!;
    const rate = maker ? terms.maker[j]! : terms.taker[j]!;
    const fee = (inverse ? inverseFee : linearFee)(units, price, rate);
    // What a unit of the fee is worth in account currency.
    const worth = inverse ? indexPrice : 1;
    const slipped =
      (inverse ? Math.abs(units * (1 / reference - 1 / price)) : Math.abs(units) * Math.abs(price - reference)) * worth;
    account.fees += fee * worth;
    account.slippage += slipped;
    const opens = account.quantity[j]! * units >= 0;
    const realised = this.move({ i, j, units, reference, price, mark: marks[j * bars + i]!, indexPrice, fee, time, cause });
    if (kernel.margin.isolated && opens) {
      const mark = marks[j * bars + i]!;
      account.lock(j, (Math.abs(units) * (inverse ? 1 / mark : mark)) / account.leverage[j]!);
    }
    recorder.countContract(1, account.notional(j, units, price));
    recorder.fillLog?.write(
      time,
      i - kernel.first,
      j,
      units,
      reference,
      price,
      fee * worth,
      false,
      slipped,
      realised,
      tag,
      cause,
    );
    if (kernel.decider.listens) kernel.decider.hearFill(j, units, price, tag, cause);
  }

  /**
   * Moves a position, its P&L references, what it pays and its tax result; `fee`, in the contract's unit, is paid here and its category is
   * the caller's.
   *
   * @returns the result realised, account currency
   */
  move({ i, j, units, reference, price, mark, indexPrice, fee, time, cause }: Move): number {
    const kernel = this.#kernel;
    const { account, ledger } = kernel;
    const held = account.quantity[j]!;
    const reduces = held * units < 0;
    const share = reduces ? Math.min(1, Math.abs(units / held)) : 0;
    const inverse = account.inverse[j] === 1;
    kernel.touchContracts();
    if (inverse) account.carry(j, mark, indexPrice);
    const result = account.move(j, units, price);
    const worth = inverse ? indexPrice : 1;
    if (reduces && kernel.margin.isolated) {
      if (account.quantity[j] === 0) account.unlock(j);
      else account.lock(j, -share * account.locked[j]!);
    }
    let realised = result * worth;
    const contract = j - kernel.spotCount;
    if (inverse) {
      // A reference off the mark was worth something at once, as it is in the telescoped P&L of linear contracts.
      account.carryFrom(j, mark, indexPrice, units * (1 / reference - 1 / mark) * indexPrice);
      // A position has shrunk before its coins come or go: those that pay its loss are hedged no more.
      if (reduces) {
        ledger.contractReduce(contract, share, realised - fee * worth, time, cause);
        this.#tellPosition(j, indexPrice, time);
      }
      const coin = account.coin[j]!;
      // A fee that the coins at hand do not pay comes out of what the contract has won.
      const isWonFirst = fee > account.quantity[coin]!;
      if (isWonFirst) this.moveCoins(i, coin, result, indexPrice, time, cause);
      this.moveCoins(i, coin, -fee, indexPrice, time, cause);
      if (!isWonFirst) this.moveCoins(i, coin, result, indexPrice, time, cause);
    } else {
      tellCash(kernel, i, result - fee, time, cause);
      account.cash += result - fee;
      account.book(j, units, reference, indexPrice);
      const varied = account.varied[j]! * share;
      account.varied[j] = share === 1 ? 0 : account.varied[j]! - varied;
      realised += varied;
      if (reduces) ledger.contractReduce(contract, share, realised - fee, time, cause);
    }
    if (!reduces) ledger.contractFee(contract, fee * worth, time);
    if (!inverse || !reduces) this.#tellPosition(j, indexPrice, time);
    return realised;
  }

  /** Tells the ledger how many coins a position offsets, if it asks. */
  #tellPosition(j: number, indexPrice: number, time: number): void {
    const { account, ledger, spotCount } = this.#kernel;
    if (!ledger.wants.positions) return;
    const position = account.quantity[j]!;
    ledger.contractMoved(j - spotCount, account.inverse[j] === 1 ? position / indexPrice : position, indexPrice, time);
  }

  /**
   * Coins that a contract pays (positive) or takes, at the coin's price then: an acquisition or a disposal. Coins that are not there are
   * bought first, as a venue converts a debt, and cash below zero is covered like any shortfall.
   */
  moveCoins(i: number, asset: number, amount: number, price: number, time: number, cause: number): void {
    if (amount === 0) return;
    const kernel = this.#kernel;
    const { account, ledger, terms } = kernel;
    const missing = -amount - account.quantity[asset]!;
    if (missing > 1e-12 * -amount) {
      const bought = terms.feeInReceived ? missing / (1 - terms.taker[asset]!) : missing;
      kernel.fillSpot(i, asset, bought, price, time, false, 'coins owed', CAUSE.forced);
      kernel.notices.add('coins-bought-for-debt', () => `${kernel.symbol(asset)} was bought to pay what a contract took`, time);
    }
    if (ledger.wants.portfolioValue) tellPortfolio(kernel, i, time, asset, price);
    const before = account.quantity[asset]!;
    const after = Math.max(0, before + amount);
    account.book(asset, after - before, price, 0);
    account.quantity[asset] = after;
    if (amount > 0) ledger.acquire(asset, amount, amount * price, 0, time);
    else {
      ledger.dispose(asset, before - after, (before - after) * price, 0, time, cause);
      if (ledger.wants.withholding) kernel.withhold(i, time);
    }
  }

  /**
   * Pays the funding of settlements [from, to), all of one moment. What linear contracts receive is taken in a loop of its own, in which
   * a processor waits for the columns once and not at every settlement.
   */
  settleFunding(i: number, from: number, to: number, moment: number): void {
    const kernel = this.#kernel;
    const { account, market, ledger, spotCount } = kernel;
    if (account.positions === 0) return;
    const { instrument, rate, mark } = market.funding;
    const { quantity, inverse } = account;
    const { isolated } = kernel.margin;
    const due = this.#due;
    for (let event = from; event < to; event++) {
      due[event - from] = linearFunding(quantity[instrument[event]!]!, mark[event]!, rate[event]!);
    }
    for (let event = from; event < to; event++) {
      const j = instrument[event]!;
      if (quantity[j] === 0) continue;
      let received = due[event - from]!;
      if (inverse[j] === 1) {
        received = this.#settleCoins(i, event, moment);
      } else {
        tellCash(kernel, i, received, moment);
        account.cash += received;
        if (isolated) this.#debit(j, -received, account.lockedCash - account.cash);
      }
      account.funding += received;
      ledger.contractFunding(j - spotCount, received, moment);
      if (kernel.decider.listens) kernel.decider.hearFunding(j, rate[event]!, received, moment);
    }
    kernel.touchContracts();
  }

  /** Pays the funding of an inverse contract in its coin; returns its value. */
  #settleCoins(i: number, event: number, moment: number): number {
    const kernel = this.#kernel;
    const { account, market, bars } = kernel;
    const { instrument, rate, mark } = market.funding;
    const j = instrument[event]!;
    const asset = account.coin[j]!;
    const coins = inverseFunding(account.quantity[j]!, mark[event]!, rate[event]!);
    // Within a bar the settlement's own mark is the only price of that moment.
    const closes = moment === market.start + (i + 1) * market.step;
    const price = closes ? market.columns.mark[asset * bars + i]! : mark[event]!;
    this.moveCoins(i, asset, coins, price, moment, CAUSE.strategy);
    if (kernel.margin.isolated) this.#debit(j, -coins, account.lockedCoins[asset]! - account.quantity[asset]!);
    return coins * price;
  }

  /** Takes from an isolated position's margin what its wallet lacks of a payment; what it lacked before is not the position's. */
  #debit(j: number, payment: number, lacking: number): void {
    const { account } = this.#kernel;
    const owed = Math.min(payment, lacking);
    if (owed > 0) account.lock(j, -Math.min(owed, account.locked[j]!));
  }

  /** Daily variation (CME): what linear contracts have gained or lost since it was last paid goes to cash, at bar i's closing marks. */
  payVariation(i: number): void {
    const kernel = this.#kernel;
    const { account, bars, market } = kernel;
    for (let row = 0; row < account.positions; row++) {
      const j = account.held[row]!;
      if (account.inverse[j] === 1) continue;
      const mark = market.columns.mark[j * bars + i]!;
      const variation = account.unrealised(j, mark);
      tellCash(kernel, i, variation, market.start + (i + 1) * market.step);
      account.cash += variation;
      account.varied[j] = account.varied[j]! + variation;
      account.reenter(j, mark);
      // An isolated position stays as far from liquidation as it was.
      if (kernel.margin.isolated) account.lock(j, variation);
    }
    kernel.touchContracts();
  }

  /** Settles a dated contract at its expiry. */
  expire(i: number, j: number, time: number): void {
    const kernel = this.#kernel;
    const { account, market, recorder, terms } = kernel;
    const held = account.quantity[j]!;
    if (held === 0) return;
    const price = market.settlement[j]!;
    const inverse = account.inverse[j] === 1;
    const fee = (inverse ? inverseFee : linearFee)(held, price, terms.settlementFee[j]!);
    const paid = fee * (inverse ? price : 1);
    account.fees += paid;
    const realised = this.move({
      ...{ i, j, units: -held, reference: price, price, mark: price, indexPrice: price, fee, time, cause: CAUSE.expiry },
    });
    recorder.countContract(0, account.notional(j, held, price));
    recorder.fillLog?.write(time, i - kernel.first, j, -held, price, price, paid, false, 0, realised, 'expiry', CAUSE.expiry);
    recorder.event('expiry', time, i - kernel.first, kernel.symbol(j), realised, `settled at ${price}`);
    if (kernel.decider.listens) kernel.decider.hearExpiry(j, price, realised, time);
  }
}

/** A change of a position at one price. */
export interface Move {
  readonly i: number;
  readonly j: number;
  readonly units: number;
  /** From which P&L counts. */
  readonly reference: number;
  readonly price: number;
  /** Of the contract, and of its coin, at that moment. */
  readonly mark: number;
  readonly indexPrice: number;
  readonly fee: number;
  readonly time: number;
  readonly cause: number;
}
