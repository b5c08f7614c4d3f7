import { EngineError } from '../core/errors.ts';
import type { NoticeBoard } from '../core/notice.ts';
import { sixDigits } from '../core/figures.ts';
import { DUST, STEP_SLACK, roundTowardZero } from '../core/numeric.ts';
import { DAY, formatMinute, formatTime } from '../core/time.ts';
import type { Market } from '../market/market.ts';
import { CAUSE } from '../tax/ledger.ts';
import { emptyExit } from '../tax/exit.ts';
import type { Exit } from '../tax/exit.ts';
import type { TaxLedger } from '../tax/ledger.ts';
import { FEE, GROSS, TRADE, UNITS } from '../tax/spot-trades.ts';
import type { CollateralTier } from '../venue/collateral.ts';
import { slippageRate, slippedPrice } from '../venue/slippage.ts';
import type { TrailingLiquidity } from '../venue/trailing.ts';
import type { Account } from './account.ts';
import { tellCash } from './cash-moves.ts';
import type { AccountConfig } from './config.ts';
import { ContractDesk } from './contract-desk.ts';
import { givePlan, takePlan } from './fill-plan.ts';
import { Liquidator } from './liquidator.ts';
import { markCoins } from './mark-coins.ts';
import { marksByBar } from './marks-by-bar.ts';
import { MarginCalls } from './margin-calls.ts';
import { MarginDesk } from './margin-desk.ts';
import { MarginGuard } from './margin-guard.ts';
import { BATCH, CALM, CONTRACTS, EVERY, IDENTITY_TOLERANCE, OTHERWISE, SPOT } from './kernel-constants.ts';
import { FLAG, NO_LOTS, ORDER } from './order-book.ts';
import type { OrderBook } from './order-book.ts';
import { FLOW_BEFORE, QUANTITY_BEFORE } from './plan-rows.ts';
import type { Recorder } from './recorder.ts';
import type { Terms } from './terms.ts';
import { EVENT } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import { leavesBand } from './wake.ts';
import type { CompiledWake } from './wake.ts';

/** The strategy's side of the kernel: what phase 5 calls. */
export interface Decider {
  /** Whether a handler other than onBar wants to hear of fills, funding, expiries or liquidations. */
  readonly listens: boolean;
  /** Calls onBar (after the events heard in this step). */
  decide(bar: number): void;
  /** Delivers the events heard in this step, at a bar where onBar is not called. */
  deliver(bar: number): void;
  hearFill(instrument: number, quantity: number, price: number, tag: string, cause: number): void;
  hearFunding(instrument: number, rate: number, amount: number, time: number): void;
  hearExpiry(instrument: number, price: number, result: number, time: number): void;
  hearLiquidation(instruments: readonly number[], loss: number, time: number): void;
}

/** Everything one run works on; all of it is its own except the market. */
export interface KernelParts {
  readonly market: Market;
  readonly terms: Terms;
  readonly config: AccountConfig;
  readonly account: Account;
  readonly ledger: TaxLedger;
  readonly payTaxFromCash: boolean;
  /** What of each asset counts as margin in multi-asset mode; null in the others. */
  readonly collateral: readonly (readonly CollateralTier[])[] | null;
  readonly timeline: Timeline;
  readonly monthEnds: Uint8Array;
  readonly book: OrderBook;
  readonly recorder: Recorder;
  readonly notices: NoticeBoard;
  readonly fillAtClose: boolean;
  /** First bar (of the market) at which the strategy decides. */
  readonly firstDecision: number;
  readonly wake: CompiledWake | null;
  /** σ and ADV per instrument, where the venue's impact is on; else null. */
  readonly impactInputs: readonly TrailingLiquidity[] | null;
  /** Whether every instrument trades in every bar of the run, so that its closes are its marks. */
  readonly gapless: boolean;
}

/**
 * The simulation loop. Each bar runs through the phases of accounting.md section 1, in its order and under its names:
 * fills at the open, scheduled events, margin, mark to market, the strategy, the row.
 *
 * It works on indices, numbers and typed arrays only, and allocates nothing in a bar without orders.
 */
export class Kernel {
  readonly market: Market;
  readonly terms: Terms;
  readonly config: AccountConfig;
  readonly account: Account;
  readonly ledger: TaxLedger;
  readonly book: OrderBook;
  readonly recorder: Recorder;
  readonly notices: NoticeBoard;
  readonly bars: number;
  readonly first: number;
  readonly spotCount: number;
  readonly count: number;

  /** Spot value per asset at the last mark, and their sum. */
  readonly value: Float64Array;
  coins = 0;
  /** NAV at the last mark. */
  equity = 0;
  /** Of all contracts, at the last mark, account currency. */
  unrealised = 0;
  /** Cash that forced sales must raise at the next fill; 0: none. */
  need = 0;
  /** Lowest balance / maintenance of the current bar; NaN without contracts. */
  barMarginRatio = NaN;
  minMarginRatio = Infinity;
  initialEquity = 0;
  initialAfterLiquidation = 0;
  /** Of the last exit valuation. */
  taxDeferred = 0;
  afterLiquidation = 0;
  readonly monthEndBars: number[] = [];
  readonly monthEndDeferred: number[] = [];
  readonly monthEndAfterLiquidation: number[] = [];
  capitalInMarketSum = 0;

  readonly #parts: KernelParts;
  readonly #fillAtClose: boolean;
  /** Whether every instrument is marked at its own close in every bar. */
  readonly #gapless: boolean;
  readonly #mark: Float64Array;
  readonly #marksByBar: Float64Array;
  readonly #timeline: Timeline;
  readonly contracts: ContractDesk;
  readonly margin: MarginDesk;
  readonly guard: MarginGuard;
  /** Per asset; nothing counts but in multi-asset mode. */
  readonly collateral: readonly (readonly CollateralTier[])[];
  readonly #calls: MarginCalls;
  #liquidator: Liquidator | null = null;
  readonly #interestPerBar: { cash: number; borrow: number } | null;
  #eventRow = 0;
  #nextEvent = 0;
  #yearEnd = 0;
  #decided = false;
  /** The bar of the last decision, and how many bars it came after the one before. */
  #decidedAt = 0;
  #lull = 0;
  /** The bar, marked, in which the declared band was found left. */
  #wokenAt = -1;
  /** Whether the fills of this moment left `value` and `coins` at the bar's marks. */
  #valued = false;
  /** What booked anything since the sums below were taken: nothing (0), BATCH and OTHERWISE. */
  #booked = OTHERWISE;
  /** Everything but price P&L that the identity explains equity by, and the P&L references of prices. */
  #explained = 0;
  #accrued = 0;
  /** Smallest gap that counts as a breach of the identity. */
  #tolerance = 0;
  /** Σ quantity × mark over linear contracts, and what was carried of inverse ones: with the P&L references, their price results. */
  #contractValue = 0;
  /** Whether a contract was held since the last mark, so that its closing resets the sums. */
  #hadContracts = false;

  readonly #plan = takePlan();

  /** What a sale of everything brings; the coins are `value` itself. */
  readonly #exit: Exit;
  readonly #deferred = new Float64Array(2);

  constructor(parts: KernelParts) {
    const { market, config } = parts;
    this.#parts = parts;
    this.market = market;
    this.terms = parts.terms;
    this.config = config;
    this.account = parts.account;
    this.ledger = parts.ledger;
    this.book = parts.book;
    this.recorder = parts.recorder;
    this.notices = parts.notices;
    this.bars = market.length;
    this.first = market.first;
    this.spotCount = market.spotCount;
    this.count = market.instruments.length;
    this.value = new Float64Array(this.spotCount);
    this.#fillAtClose = parts.fillAtClose;
    this.#gapless = parts.gapless;
    this.#mark = market.columns.mark;
    this.#marksByBar = marksByBar(market);
    this.#timeline = parts.timeline;
    const { cash, borrow } = config.interest;
    const yearShare = market.step / (365 * DAY);
    this.#interestPerBar = cash === 0 && borrow === 0 ? null : { cash: cash * yearShare, borrow: borrow * yearShare };
    const { kept, afterSpread } = parts.terms;
    this.#exit = emptyExit(this.value, kept, this.count - this.spotCount, this.ledger.holding.feesCount ? kept : afterSpread);
    this.collateral = parts.collateral ?? [];
    this.contracts = new ContractDesk(this);
    this.margin = new MarginDesk(this);
    this.guard = new MarginGuard(this);
    this.#calls = new MarginCalls(this);
  }

  /**
   * Runs all bars. Throws what the strategy throws, and EngineError on a broken invariant.
   *
   * A bar without orders, events or contracts stays in this loop: doubles that cross a call are boxed, which would double its cost.
   */
  run(): void {
    const { market, account, book, recorder, ledger, value, first, bars, spotCount } = this;
    const { start, step } = market;
    const { quantity } = account;
    const marks = this.#marksByBar;
    const monthEnds = this.#parts.monthEnds;
    const everyRow = recorder.full;
    const interest = this.#interestPerBar;
    const { equity: equityColumn, taxAccrued } = recorder;
    const watched = ledger.wants.drift || ledger.wants.portfolioValue;
    const band = this.#parts.wake !== null && this.#parts.wake.flags === null;
    const skims = band && !everyRow && !watched && interest === null && !this.#decider.listens;
    this.#yearEnd = ledger.yearEnd;
    this.#nextEvent = Math.min(this.#timeline.time[0]!, ledger.nextDue);
    for (let i = first; i < bars; i++) {
      const time = start + (i + 1) * step;
      const waiting = book.count + book.batch > 0 || this.need > 0;
      const calm = this.#decided && (this.#lull > CALM || i > this.#decidedAt + CALM);
      if (skims && calm && !waiting && account.cash >= 0 && account.positions === 0 && !this.#hadContracts) {
        const next = this.#skim(i);
        if (next > i) {
          i = next - 1;
          continue;
        }
      }
      const earning = interest !== null && (interest.cash !== 0 || account.cash < 0);
      const margined = account.positions > 0 && !this.guard.clears(i);
      if (i > first && (waiting || margined || time >= this.#nextEvent || earning)) this.#beforeClose(i);

      // Phase 4: mark to market.
      if (this.#wokenAt !== i) {
        this.coins = markCoins(value, quantity, marks, spotCount * i);
        this.equity = account.cash + this.coins;
      }
      if (this.#hadContracts || account.positions > 0) this.#markContracts(i);
      if (watched) this.#tellLedger(time);
      if (i === first) this.#begin();
      if (time >= this.#yearEnd) this.#endTaxYear(i, time);
      if (account.cash < 0 || account.positions > 0) this.need = this.#calls.test(i);

      // Phase 5: the strategy.
      this.#decide(i);
      if (this.#fillAtClose && (book.count + book.batch > 0 || this.need > 0)) this.#fillNow(i);

      // Phase 6: the row.
      const { equity, coins } = this;
      const moved = this.#booked;
      if (moved !== 0) this.#sumBooked();
      // accounting.md, section 5: prices explain what the value of holdings gained over what was paid for them, sums explain the rest.
      const gap = equity - this.initialEquity - coins - this.#contractValue - this.#explained;
      if (!(Math.abs(gap) <= IDENTITY_TOLERANCE * Math.abs(equity) || Math.abs(gap) <= this.#tolerance)) this.#broken(i, gap);
      equityColumn[i - first] = equity;
      // Columns start as zeros: where no tax is due, none is written.
      if (this.#accrued !== 0) taxAccrued[i - first] = this.#accrued;
      if (equity !== 0) this.capitalInMarketSum += coins / equity;
      if (monthEnds[i] === 1 || everyRow) this.#exitRow(i, moved);
    }
    givePlan(this.#plan);
  }

  /**
   * Bars in which nothing happens but prices, and the declared band is not left: marks, identity, row. Nothing is booked, so all that equity is
   * made of but prices stands still.
   *
   * @returns the first bar that is left to do; `#wokenAt` where the band was left in it, and it is marked
   */
  #skim(from: number): number {
    const { account, market, value, bars, first, spotCount, recorder } = this;
    const { quantity, cash } = account;
    const { start, step } = market;
    const { monthEnds } = this.#parts;
    const wake = this.#parts.wake!;
    const { equity: equityColumn, taxAccrued } = recorder;
    const marks = this.#marksByBar;
    const initial = this.initialEquity;
    const explained = this.#explained;
    const contractValue = this.#contractValue;
    const tolerance = this.#tolerance;
    const accrued = this.#accrued;
    const limit = Math.min(this.#nextEvent, this.#yearEnd);
    let capital = this.capitalInMarketSum;
    let i = from;
    for (; i < bars; i++) {
      if (start + (i + 1) * step >= limit || monthEnds[i] === 1) break;
      const coins = markCoins(value, quantity, marks, spotCount * i);
      const equity = cash + coins;
      const left = leavesBand(wake, value, equity);
      const gap = equity - initial - coins - contractValue - explained;
      if (left || !(Math.abs(gap) <= IDENTITY_TOLERANCE * Math.abs(equity) || Math.abs(gap) <= tolerance)) {
        this.coins = coins;
        this.equity = equity;
        this.#wokenAt = left ? i : -1;
        break;
      }
      equityColumn[i - first] = equity;
      if (accrued !== 0) taxAccrued[i - first] = accrued;
      if (equity !== 0) capital += coins / equity;
    }
    this.capitalInMarketSum = capital;
    return i;
  }

  /** What watches margin: many runs never hold a contract. */
  get #watch(): Liquidator {
    return (this.#liquidator ??= new Liquidator(this));
  }

  /** Phases 1 to 3: fills at the open, scheduled events, margin. */
  #beforeClose(i: number): void {
    const { account, book, market } = this;
    const opened = market.start + i * market.step;
    const { positions } = account;
    const eventful =
      book.count + book.batch > 0 || this.need > 0 || this.#interestPerBar !== null || opened + market.step >= this.#nextEvent;
    if (!eventful && this.#watch.survives(i)) return;
    if (positions > 0) this.#watch.atOpen(i);
    // Positions that the open liquidated need no margin any more; what they left owing is.
    if (account.positions < positions) {
      this.need = Math.max(account.positions === 0 ? 0 : this.need, this.margin.shortfall());
    }
    if (!this.#fillAtClose) {
      if (book.count + book.batch > 0 || this.need > 0) this.#fill(i, market.columns.open, market.columns.markOpen, opened);
    }
    if (book.count > 0) this.#restingLimits(i, opened);
    if (this.#interestPerBar !== null) this.#payInterest(i, opened, this.#interestPerBar);
    if (opened + market.step >= this.#nextEvent) this.#scheduledEvents(i, opened + market.step);
    if (account.positions > 0 && !this.#watch.survives(i)) this.#watch.inBar(i);
  }

  /** Under `fill: close`: what was decided at this close fills at it, and the bar is marked again. */
  #fillNow(i: number): void {
    const { market, account, value, bars, spotCount } = this;
    this.#valued = false;
    this.#fill(i, market.columns.close, this.#mark, market.start + (i + 1) * market.step);
    if (!this.#valued) {
      let coins = 0;
      for (let j = 0, at = i; j < spotCount; j++, at += bars) {
        const worth = account.quantity[j]! * this.#mark[at]!;
        value[j] = worth;
        coins += worth;
      }
      this.coins = coins;
    }
    this.equity = account.cash + this.coins;
    if (this.#hadContracts || account.positions > 0) this.#markContracts(i);
    if (this.ledger.wants.cash) this.#tellLedger(market.start + (i + 1) * market.step);
  }

  #endTaxYear(i: number, time: number): void {
    // A moment of the year that closes.
    if (this.ledger.wants.yearEndMarks) this.ledger.markYear(this.value, this.#unrealisedAt(i), this.#yearEnd - 1);
    this.ledger.closeYears(time);
    this.#yearEnd = this.ledger.yearEnd;
    this.#nextEvent = Math.min(this.#nextEvent, this.ledger.nextDue);
    this.#booked |= OTHERWISE;
  }

  /** What only some ledgers want to know at every close: the time, for exchange rates, and the value of all coins. */
  #tellLedger(time: number): void {
    const { ledger } = this;
    ledger.advance(time);
    if (ledger.wants.drift) this.#booked |= OTHERWISE;
    if (ledger.wants.portfolioValue) ledger.see(this.coins, this.cashAsCoin);
  }

  /** Cash, where it is a coin to the ledger; else 0. */
  get cashAsCoin(): number {
    return this.ledger.wants.cash ? this.account.cash : 0;
  }

  /** Unrealised result per contract at the closing marks of bar i, daily variation included; the column is reused. */
  #unrealisedAt(i: number): Float64Array {
    const { account, bars, spotCount, count } = this;
    for (let j = spotCount; j < count; j++) {
      const result = account.quantity[j] === 0 ? 0 : account.unrealised(j, this.#mark[j * bars + i]!) + account.varied[j]!;
      const worth = account.inverse[j] === 1 ? this.#mark[account.coin[j]! * bars + i]! : 1;
      this.#exit.contracts[j - spotCount] = result * worth;
    }
    return this.#exit.contracts;
  }

  /** Bar 0, before any order: where returns, and the growth of what a sale of everything would leave, are measured from. */
  #begin(): void {
    this.initialEquity = this.equity;
    this.#tolerance = IDENTITY_TOLERANCE * Math.abs(this.equity);
    this.#accrued = this.ledger.accrued();
    this.#valueExit(this.first);
    this.initialAfterLiquidation = this.afterLiquidation;
  }

  // ---- Phase 1: fills -------------------------------------------------------------------------------------------------------------

  /** Everything that fills at one moment: forced sales, then the waiting orders, in the order of accounting.md section 3. */
  #fill(i: number, prices: Float64Array, marks: Float64Array, moment: number): void {
    const forced = this.need > 0;
    if (forced) {
      this.#calls.meet(i, prices, marks, moment);
      this.need = 0;
    }
    const { book } = this;
    if (book.batch > 0) {
      const told = this.ledger.wants.portfolioValue;
      if (told) this.#tellDecision(i, prices, moment);
      const filled = this.#fillBatch(i, prices, marks, moment, forced);
      if (told) this.ledger.decided();
      if (filled) return;
      book.spill();
    }
    if (book.count > 0) this.#fillOrders(i, prices, marks, moment);
  }

  /** What the spot orders that follow sell and buy is one decision to a ledger by portfolio value: sells that fund buys are swaps. */
  #tellDecision(i: number, prices: Float64Array, moment: number): void {
    this.ledger.advance(moment);
    this.ledger.decide(this.coinValueAt(i, prices), this.cashAsCoin);
  }

  #fillOrders(i: number, prices: Float64Array, marks: Float64Array, moment: number): void {
    const { book } = this;
    const plan = this.#plan;
    // A contract order that crosses zero takes two rows.
    plan.reserve(2 * book.count);
    let planned = 0;
    let done = 0;
    if (this.margin.linear || this.account.positions === 0) {
      planned = this.#resolve(i, prices, moment, EVERY, planned);
    } else {
      // What inverse contracts pay or take in coin as they shrink is there, or gone, when spot trades: its orders are sized after that.
      const nav = book.holds(ORDER.weight) ? this.#navAt(i, prices) : NaN;
      planned = this.#resolve(i, prices, moment, CONTRACTS, planned);
      plan.sort(0, planned, this.spotCount);
      for (; done < planned && plan.reduces[done] === 1; done++) this.#executePlanned(done, i, marks, moment);
      planned = this.#resolve(i, prices, moment, SPOT, planned, nav);
    }
    plan.sort(done, planned, this.spotCount);
    const told = this.ledger.wants.portfolioValue;
    let deciding = false;
    for (let k = done; k < planned; k++) {
      // Coins that a contract pays or takes are no part of what spot orders sell and buy.
      const spot = told && plan.asset[k]! < this.spotCount;
      if (spot && !deciding) this.#tellDecision(i, prices, moment);
      else if (deciding && !spot) this.ledger.decided();
      deciding = spot;
      this.#executePlanned(k, i, marks, moment);
    }
    if (deciding) this.ledger.decided();
  }

  /**
   * A lone decision by weights, when everything trades and cash at hand covers every buy whatever the order: then the order of execution changes
   * no quantity, and the rows are put in the market's order afterwards. Returns false, and leaves all as it was, when it is none of that.
   */
  #fillBatch(i: number, opens: Float64Array, marks: Float64Array, moment: number, forced: boolean): boolean {
    const { account, book, bars, terms, value } = this;
    if ((account.positions > 0 && !this.margin.lone) || this.#parts.impactInputs !== null || terms.capped) return false;
    // Withholding takes cash that the buys count on.
    if (this.ledger.wants.withholding || terms.feeInReceived) return false;
    // At the close nothing but a forced sale has moved since the bar was marked, and series without gaps are marked at their own close.
    const atMarks = this.#fillAtClose && this.#gapless;
    const count = book.batch;
    const plan = this.#plan;
    // Sales are planned from the middle of the rows downwards, buys from there upwards: a fill finds its side without a branch.
    plan.reserve(2 * count);
    const { batchAsset, batchWeight } = book;
    const { trades } = plan;
    const { assets, rows } = trades;
    const byBar = this.#marksByBar;
    const { spotCount } = this;
    const { quantity, flow } = account;
    const { halfSpread, taker, uniform } = terms;
    const spreadOfAll = halfSpread[0]!;
    const takerOfAll = taker[0]!;
    const prices = atMarks ? this.#mark : opens;
    const nav = atMarks && !forced ? this.equity : this.#navAt(i, opens);
    const rounds = terms.stepped || terms.minimums ? 1 : 0;
    if (rounds === 1) this.#roundBatch(i, prices, nav);
    const { rounded } = plan;
    let cash = account.cash;
    let { flowSum, fees, slippage: slipped } = account;
    let traded = 0;
    let coins = 0;
    let from = count;
    let to = count;
    let k = 0;
    for (; k < count; k++) {
      const j = batchAsset[k]!;
      const base = atMarks ? byBar[spotCount * i + j]! : prices[j * bars + i]!;
      const before = quantity[j]!;
      let units = (batchWeight[k]! * nav) / base - before;
      if (rounds === 1) units = rounded[k]!;
      const size = Math.abs(units);
      if (!(size > 0)) {
        coins += before * base;
        if (units === 0) continue;
        break;
      }
      // Half the spread costs both sides alike. Whether a fill buys or sells is a coin toss, which branches would guess wrong half the time.
      const spread = size * base * (uniform === 1 ? spreadOfAll : halfSpread[j]!);
      const moved = units * base;
      const worth = Math.abs(moved + spread);
      const cost = worth * (uniform === 1 ? takerOfAll : taker[j]!);
      const buys = +(units > 0);
      const place = from - 1 + buys * (to - from + 1);
      const row = TRADE * place;
      from = from - 1 + buys;
      to = to + buys;
      cash -= moved + spread + cost;
      flowSum -= moved;
      fees += cost;
      slipped += spread;
      traded += worth;
      assets[place] = j;
      rows[row + UNITS] = units;
      rows[row + GROSS] = worth;
      rows[row + FEE] = cost;
      rows[row + QUANTITY_BEFORE] = before;
      rows[row + FLOW_BEFORE] = flow[j]!;
      const after = before + units;
      const left = Math.abs(after) <= DUST * before ? 0 : after;
      quantity[j] = left;
      flow[j] = flow[j]! - moved;
      const worthAfter = left * base;
      coins += worthAfter;
      if (atMarks) value[j] = worthAfter;
    }
    if (k < count || !(cash > (account.positions > 0 ? this.margin.reserved(marks, i, cash) : 0))) {
      plan.putBack(from, to, account);
      return false;
    }
    book.batch = 0;
    account.cash = cash;
    account.flowSum = flowSum;
    account.fees = fees;
    account.slippage = slipped;
    // The holdings were valued at the marks while they were booked; not those that were sold by force before.
    this.#valued = atMarks && !forced;
    if (this.#valued && count < spotCount) {
      coins = 0;
      for (let j = 0; j < spotCount; j++) coins += value[j]!;
    }
    if (this.#valued) this.coins = coins;
    this.recorder.countSpot(to - from, traded);
    const { fillLog } = this.recorder;
    fillLog?.writeBatch(trades, from, to, moment, i - this.first, book.batchTag);
    if (this.#decider.listens) {
      plan.priceBatch(from, to, prices, bars, i, halfSpread);
      for (const row of plan.rank(from, to)) this.#hearSpot(row, book.batchTag, CAUSE.strategy);
    }
    this.ledger.trade(trades, from, to, moment, CAUSE.strategy);
    this.#booked |= BATCH;
    return true;
  }

  /** Writes the units that the venue's steps leave of each order of the batch; NaN for one below a minimum. */
  #roundBatch(i: number, prices: Float64Array, nav: number): void {
    const { batch, batchAsset, batchWeight } = this.book;
    const { step, minQuantity, minNotional } = this.terms;
    const { rounded } = this.#plan;
    for (let k = 0; k < batch; k++) {
      const j = batchAsset[k]!;
      const price = prices[j * this.bars + i]!;
      const units = roundTowardZero((batchWeight[k]! * nav) / price - this.account.quantity[j]!, step[j]!);
      const size = Math.abs(units);
      rounded[k] = size > 0 && (size < minQuantity[j]! || size * price < minNotional[j]!) ? NaN : units;
    }
  }

  /**
   * Turns waiting market orders and targets into signed units in the plan, behind the rows that it has; what cannot trade keeps waiting.
   * Returns the plan's length.
   *
   * @param which - of every instrument, or of contracts or spot alone
   * @param nav - the value that weights are of; default: what the account is worth now
   */
  #resolve(i: number, prices: Float64Array, moment: number, which: number, planned: number, nav = NaN): number {
    const { book, bars, terms } = this;
    const quantity = this.account.quantity;
    let kept = 0;
    for (let row = 0; row < book.count; row++) {
      const j = book.instrument[row]!;
      const kind = book.kind[row]!;
      const reference = prices[j * bars + i]!;
      const passed = kind === ORDER.limit || which === (j < this.spotCount ? CONTRACTS : SPOT);
      if (passed || Number.isNaN(reference)) {
        if (!passed && this.#givesUp(i, row, j, moment)) continue;
        if (kept !== row) book.copy(row, kept);
        kept++;
        continue;
      }
      if (kind === ORDER.roll) {
        const legs = this.#planRoll(i, row, prices, moment, planned);
        if (Number.isFinite(legs)) planned += Math.abs(legs);
        if (legs > 0) continue;
        if (kept !== row) book.copy(row, kept);
        kept++;
        continue;
      }
      const held = quantity[j]!;
      let units = book.amount[row]!;
      if (kind === ORDER.weight) {
        // Taken once, after forced sales and before any order of this moment.
        if (Number.isNaN(nav)) nav = this.#navAt(i, prices);
        units = (units * nav) / reference - held;
      } else if (kind === ORDER.target) {
        const pending =
          book.pendingUnits(j, 0, kept) + book.pendingUnits(j, row + 1, book.count) + this.#plan.plannedUnits(j, planned);
        units -= held + pending;
        // What rounding leaves of a target that is met is no order.
        if (Math.abs(units) <= DUST * Math.abs(book.amount[row]!)) units = 0;
      }
      const flags = book.flags[row]!;
      if ((flags & FLAG.reduceOnly) !== 0) units = towardZeroOnly(held, units);
      const wanted = units;
      const most = terms.capped ? this.#volumeCap(j, i) : Infinity;
      const capped = Math.abs(units) > most;
      if (capped) units = Math.sign(units) * most;
      units = roundTowardZero(units, terms.step[j]!);
      const sent = units !== 0 && !this.#belowMinimum(i, moment, j, units, reference, flags);
      if (capped && --book.barsLeft[row]! >= 1) {
        // The rest waits for the next bar: targets are asked for again, of a quantity what is still missing.
        if (kind === ORDER.market && sent) book.amount[row] = book.amount[row]! - units;
        if (kept !== row) book.copy(row, kept);
        kept++;
      } else if (units === 0 && wanted !== 0 && kind !== ORDER.weight) {
        this.reject(i, moment, j, `${sixDigits(wanted)} is less than one step of ${terms.step[j]}`);
      }
      if (sent) planned = this.#planUnits(planned, row, units, reference);
    }
    book.count = kept;
    return planned;
  }

  /**
   * Plans both legs of a roll, or neither: what is held of the one is closed, as much of the other opened.
   *
   * @returns legs planned, or what is 0 or negative when the order goes on waiting: for a price, or for the rest of what a bar's volume
   *   does not allow. A roll that cannot be is refused, and counts as done
   */
  #planRoll(i: number, row: number, prices: Float64Array, moment: number, planned: number): number {
    const { book, bars, terms, account } = this;
    const plan = this.#plan;
    const from = book.instrument[row]!;
    const to = book.amount[row]!;
    const held = account.quantity[from]!;
    const next = prices[to * bars + i]!;
    const refuse = (reason: string): number => {
      this.reject(i, moment, from, reason);
      return Infinity;
    };
    if (Number.isNaN(next)) return this.#givesUp(i, row, to, moment) ? Infinity : 0;
    if (held === 0) return refuse('there is no position left to roll');
    const most = terms.capped ? Math.min(this.#volumeCap(from, i), this.#volumeCap(to, i)) : Infinity;
    const whole = Math.abs(held) <= most;
    const units = roundTowardZero(whole ? held : Math.sign(held) * most, terms.step[to]!);
    const flags = book.flags[row]!;
    if (units === 0 || this.#belowMinimum(i, moment, to, units, next, flags)) {
      return whole ? refuse(`${sixDigits(held)} is too little to roll into ${this.symbol(to)}`) : 0;
    }
    const tag = book.tag[row]!;
    plan.set(planned, from, whole ? -held : -units, prices[from * bars + i]!, flags | FLAG.reduceOnly, 1, tag);
    plan.reduces[planned] = 1;
    plan.set(planned + 1, to, units, next, flags, book.leverage[row]!, tag);
    plan.reduces[planned + 1] = 0;
    return whole || --book.barsLeft[row]! < 1 ? 2 : -2;
  }

  /** Adds the order of a row to the plan; one that takes a contract through zero as two, since it closes before spot trades and opens after. */
  #planUnits(planned: number, row: number, units: number, reference: number): number {
    const { book } = this;
    const plan = this.#plan;
    const j = book.instrument[row]!;
    const flags = book.flags[row]!;
    const leverage = book.leverage[row]!;
    const tag = book.tag[row]!;
    if (j < this.spotCount) {
      plan.set(planned, j, units, reference, flags, leverage, tag, book.lots[row]);
      return planned + 1;
    }
    const position = plan.leftToReduce(j, this.account.quantity[j]!, planned);
    const reduces = position * units < 0;
    const through = reduces && Math.abs(units) > Math.abs(position) * (1 + STEP_SLACK);
    const first = through ? -position : units;
    plan.set(planned, j, first, reference, flags, leverage, tag);
    plan.reduces[planned] = reduces ? 1 : 0;
    if (!through || (flags & FLAG.reduceOnly) !== 0) return planned + 1;
    plan.set(planned + 1, j, units - first, reference, flags, leverage, tag);
    plan.reduces[planned + 1] = 0;
    return planned + 2;
  }

  /** Whether a waiting order has run out of bars, or its instrument will never trade again. */
  #givesUp(i: number, row: number, j: number, moment: number): boolean {
    const gone = this.whyGone(j, moment);
    const late = --this.book.barsLeft[row]! < 1;
    if (gone !== null || late) this.reject(i, moment, j, gone ?? 'its time in force ended before it could trade');
    return gone !== null || late;
  }

  /** Why an instrument will never trade again after a moment; null while it may. */
  whyGone(j: number, moment: number): string | null {
    const { expiry, delisted } = this.market.instruments[j]!;
    if (expiry !== null && moment >= expiry) return 'it has expired';
    return delisted !== null && moment >= delisted ? 'it is delisted' : null;
  }

  /** Units that one order may take of bar i's volume. */
  #volumeCap(j: number, i: number): number {
    const share = this.terms.participation[j]!;
    return share === Infinity ? Infinity : share * this.market.columns.volume[j * this.bars + i]!;
  }

  #belowMinimum(i: number, moment: number, j: number, units: number, price: number, flags: number): boolean {
    const { minQuantity, minNotional } = this.terms;
    const tooSmall = Math.abs(units) < minQuantity[j]! || this.account.notional(j, units, price) < minNotional[j]!;
    // Venues exempt reduce-only orders from the minimum notional (Binance's instrument filters, 2026).
    if (!tooSmall || (flags & FLAG.reduceOnly) !== 0) return false;
    this.reject(i, moment, j, `below the venue's minimum (${minQuantity[j]} units, ${minNotional[j]} notional)`);
    return true;
  }

  /** Value of all coins at the reference prices of a fill; the last mark where nothing trades. */
  coinValueAt(i: number, prices: Float64Array): number {
    const { account, bars, spotCount } = this;
    let sum = 0;
    for (let j = 0; j < spotCount; j++) {
      const held = account.quantity[j]!;
      if (held === 0) continue;
      const price = prices[j * bars + i]!;
      sum += held * (Number.isNaN(price) ? this.#mark[j * bars + (this.#fillAtClose ? i : i - 1)]! : price);
    }
    return sum;
  }

  /** NAV at the reference prices of a fill; the last mark where nothing trades. */
  #navAt(i: number, prices: Float64Array): number {
    const { account, count, spotCount, bars } = this;
    const { quantity, held: contracts, positions } = account;
    let nav = account.cash;
    for (let j = 0, at = i; j < spotCount; j++, at += bars) nav += quantity[j]! * prices[at]!;
    for (let row = 0; row < positions; row++) nav += quantity[contracts[row]!]! * prices[contracts[row]! * bars + i]!;
    // Where everything trades and contracts are linear, that is all; a price that is lacking has made it NaN.
    if (this.margin.linear && !Number.isNaN(nav)) return nav - account.entryValue;
    nav = account.cash;
    for (let j = 0; j < count; j++) {
      const held = account.quantity[j]!;
      if (held === 0) continue;
      const at = this.#priceAt(j, i, prices);
      if (j < spotCount) nav += held * at;
      else nav += account.unrealised(j, at) * (account.inverse[j] === 1 ? this.#priceAt(account.coin[j]!, i, prices) : 1);
    }
    return nav;
  }

  /** Reference price of a fill moment; the last mark where nothing trades. */
  #priceAt(j: number, i: number, prices: Float64Array): number {
    const price = prices[j * this.bars + i]!;
    // Before bar i's own mark is known, the last one is bar i − 1's; under fill at close it is bar i's.
    return Number.isNaN(price) ? this.#mark[j * this.bars + (this.#fillAtClose ? i : i - 1)]! : price;
  }

  #executePlanned(k: number, i: number, marks: Float64Array, moment: number): void {
    const plan = this.#plan;
    const j = plan.asset[k]!;
    const wanted = plan.wanted[k]!;
    const reference = plan.reference[k]!;
    const tag = plan.tag[k]!;
    if (j < this.spotCount) {
      this.#named = plan.lots[k]!;
      this.tradeSpot(i, j, wanted, reference, moment, false, tag, marks);
      this.#named = NO_LOTS;
    } else {
      const reduceOnly = (plan.flags[k]! & FLAG.reduceOnly) !== 0;
      const cause = (plan.flags[k]! & FLAG.roll) === 0 ? CAUSE.strategy : CAUSE.roll;
      const before = this.account.quantity[j]!;
      const leverage = plan.leverage[k]!;
      this.contracts.trade(
        { j, units: wanted, reference, maker: false, leverage, reduceOnly, tag, cause },
        { i, marks, time: moment },
      );
      if (cause === CAUSE.roll && !reduceOnly) this.#noteRoll(i, j, this.account.quantity[j]! - before, reference, moment);
    }
  }

  /** The event of a roll, when its second leg has been tried. */
  #noteRoll(i: number, j: number, opened: number, reference: number, moment: number): void {
    const notional = this.account.notional(j, opened, reference);
    this.recorder.event(
      'roll',
      moment,
      i - this.first,
      this.symbol(j),
      notional,
      `rolled into ${sixDigits(opened)} at ${sixDigits(reference)}`,
    );
  }

  /** A spot order at its turn: sells at most what is held, buys at most what cash at hand pays for. */
  tradeSpot(
    i: number,
    j: number,
    wanted: number,
    reference: number,
    moment: number,
    maker: boolean,
    tag: string,
    marks: Float64Array,
  ): void {
    const { account, terms } = this;
    let units = wanted;
    if (units < 0) {
      const atHand = account.positions === 0 ? account.quantity[j]! : this.margin.coinsAtHand(j, marks, i);
      if (-units > atHand && atHand < account.quantity[j]!) {
        const kept = account.quantity[j]! - atHand;
        this.notices.add(
          'sell-cut-to-margin',
          () => `${this.symbol(j)}: ${sixDigits(kept)} of it margins contracts and was not sold`,
          moment,
        );
      }
      if (-units > atHand) units = this.#tradable(j, Math.max(-atHand, roundTowardZero(-atHand, terms.step[j]!)), reference);
    } else {
      const price = this.priceOf(i, j, units, reference, maker);
      const rate = maker ? terms.maker[j]! : terms.taker[j]!;
      const feeOnTop = terms.feeInReceived ? 0 : rate;
      const atHand = this.margin.cashAtHand(marks, i);
      if (units * price * (1 + feeOnTop) > atHand) {
        units = roundTowardZero(atHand / (price * (1 + feeOnTop)), terms.step[j]!);
        this.notices.add(
          'buy-cut-to-cash',
          () => `${this.symbol(j)}: a buy of ${sixDigits(wanted)} was cut to ${sixDigits(units)} for want of cash`,
          moment,
        );
        units = this.#tradable(j, units, price);
      }
    }
    if (Math.abs(units) <= DUST * Math.abs(wanted)) {
      const held = account.quantity[j]! > 0 ? 'too little of it can be sold' : 'nothing is held';
      this.reject(i, moment, j, wanted < 0 ? held : 'no cash at hand');
      return;
    }
    this.fillSpot(i, j, units, reference, moment, maker, tag, CAUSE.strategy);
  }

  /** Units of a spot order that was cut, or 0 where the venue does not take so little. */
  #tradable(j: number, units: number, price: number): number {
    const { minQuantity, minNotional } = this.terms;
    return Math.abs(units) < minQuantity[j]! || Math.abs(units) * price < minNotional[j]! ? 0 : units;
  }

  /** What a fill pays: the reference price slipped, no worse than the limit of a limit order; a maker pays the reference. */
  priceOf(i: number, j: number, units: number, reference: number, maker: boolean): number {
    if (maker) return reference;
    const price = this.fillPrice(i, j, units, reference);
    if (Number.isNaN(this.#limit)) return price;
    return units > 0 ? Math.min(price, this.#limit) : Math.max(price, this.#limit);
  }

  /** The worst price of the limit order at its turn; NaN outside of one. */
  #limit = NaN;

  /** Lots that the order at its turn sells first. */
  #named = NO_LOTS;

  /** The reference price moved against the order by half the spread and, where the venue has it on, by square-root impact. */
  fillPrice(i: number, j: number, units: number, reference: number): number {
    const inputs = this.#parts.impactInputs;
    let rate = this.terms.halfSpread[j]!;
    if (inputs !== null) {
      const decided = this.#decidedBefore(i);
      const { sigma, adv } = inputs[j]!;
      rate = slippageRate({ halfSpread: rate, impact: this.terms.impact[j]! }, units, sigma[decided]!, adv[decided]!);
    }
    return slippedPrice(reference, units, rate);
  }

  /** The bar at whose close what fills in bar i was decided. */
  #decidedBefore(i: number): number {
    return this.#fillAtClose ? i : i - 1;
  }

  /** Tells of a fill that is larger than a day's volume, which the impact law is not made for. */
  watchVolume(i: number, j: number, units: number, moment: number): void {
    const adv = this.#parts.impactInputs?.[j]!.adv[this.#decidedBefore(i)] ?? NaN;
    if (!(adv > 0) || Math.abs(units) <= adv) return;
    this.notices.add(
      'order-beyond-volume',
      () =>
        `${this.symbol(j)}: ${sixDigits(Math.abs(units))} at ${formatMinute(moment)} is ${sixDigits(Math.abs(units) / adv)} times the mean volume of a day`,
      moment,
    );
  }

  /** Books one spot fill at the reference price and its slippage (none for a maker). */
  fillSpot(
    i: number,
    j: number,
    units: number,
    reference: number,
    moment: number,
    maker: boolean,
    tag: string,
    cause: number,
  ): void {
    const plan = this.#plan;
    const row = plan.spareRow;
    // Coins that a limit order of a contract makes necessary are bought without its limit.
    const own = cause === CAUSE.strategy || maker;
    const price = own ? this.priceOf(i, j, units, reference, maker) : this.fillPrice(i, j, units, reference);
    plan.set(row, j, units, reference, 0, 1, tag);
    plan.price[row] = price;
    plan.gross[row] = Math.abs(units) * price;
    plan.fee[row] = plan.gross[row] * (maker ? this.terms.maker[j]! : this.terms.taker[j]!);
    plan.slippage[row] = Math.abs(units * (price - reference));
    if (!maker) this.watchVolume(i, j, units, moment);
    this.#bookSpot(row, i, moment, cause);
  }

  /** Books the priced spot fill of a plan row: cash, holding, P&L reference, costs, lots, record. */
  #bookSpot(row: number, i: number, moment: number, cause: number): void {
    const { account } = this;
    const { quantity, flow } = account;
    const { asset, wanted, reference, gross, fee, slippage, trades } = this.#plan;
    const j = asset[row]!;
    // What is kept in coin is in the lot's cost already: the net quantity at full cost (accounting.md, section 4).
    const inCoin = this.terms.feeInReceived && wanted[row]! > 0;
    const share = inCoin ? 1 - fee[row]! / gross[row]! : 1;
    slippage[row] = slippage[row]! * share;
    const moved = wanted[row]! * share;
    const booked = moved * reference[row]!;
    // What leaves cash beyond the reference value: the spread, and a fee where it is charged in cash.
    account.cash -= booked + slippage[row] + fee[row]!;
    const before = quantity[j]!;
    const after = before + moved;
    quantity[j] = Math.abs(after) <= DUST * before ? 0 : after;
    flow[j] = flow[j]! - booked;
    account.flowSum -= booked;
    account.fees += fee[row]!;
    account.slippage += slippage[row];
    this.recorder.countSpot(1, gross[row]!);
    this.#recordSpot(row, i, moment, cause);
    const trade = TRADE * row;
    trades.assets[row] = j;
    trades.rows[trade + UNITS] = moved;
    trades.rows[trade + GROSS] = gross[row]!;
    trades.rows[trade + FEE] = inCoin ? 0 : fee[row]!;
    if (this.#named.length > 0) this.ledger.nameLots(j, this.#named);
    this.ledger.trade(trades, row, row + 1, moment, cause);
    if (this.ledger.wants.withholding) this.withhold(i, moment);
    this.#booked |= OTHERWISE;
  }

  /** Tax that was kept back from a sale: it never reaches the account, and is credited in the assessment. */
  withhold(i: number, moment: number): void {
    const kept = this.ledger.withheld();
    if (kept !== 0) this.#bookTax(i, moment, kept, 'withheld from a sale');
  }

  /** Writes a spot fill down and tells the strategy of it. */
  #recordSpot(row: number, i: number, moment: number, cause: number): void {
    const { asset, wanted, reference, price, fee, slippage, tag } = this.#plan;
    const units = wanted[row]!;
    const inCoin = this.terms.feeInReceived && units > 0;
    this.recorder.fillLog?.write(
      moment,
      i - this.first,
      asset[row]!,
      units,
      reference[row]!,
      price[row]!,
      inCoin ? fee[row]! / price[row]! : fee[row]!,
      inCoin,
      slippage[row]!,
      0,
      tag[row]!,
      cause,
    );
    if (this.#decider.listens) this.#hearSpot(row, tag[row]!, cause);
  }

  #hearSpot(row: number, tag: string, cause: number): void {
    const { asset, wanted, price } = this.#plan;
    this.#decider.hearFill(asset[row]!, wanted[row]!, price[row]!, tag, cause);
  }

  /** Limit orders in the bar: at the limit when the range trades strictly through it, at the open when that is already through. */
  #restingLimits(i: number, moment: number): void {
    const { book, bars, market } = this;
    const { open, high, low, markOpen } = market.columns;
    let kept = 0;
    for (let row = 0; row < book.count; row++) {
      const j = book.instrument[row]!;
      const at = j * bars + i;
      const limit = book.price[row]!;
      const buys = book.amount[row]! > 0;
      const isLimit = book.kind[row] === ORDER.limit;
      const through = isLimit && (buys ? low[at]! < limit : high[at]! > limit);
      const openThrough = isLimit && (buys ? open[at]! < limit : open[at]! > limit);
      if (!through && !openThrough) {
        if (isLimit && --book.barsLeft[row]! < 1) {
          this.reject(i, moment, j, `its time in force ended before ${limit} traded`);
          continue;
        }
        if (isLimit) book.flags[row] = book.flags[row]! | FLAG.rested;
        if (kept !== row) book.copy(row, kept);
        kept++;
        continue;
      }
      // A limit that is through when it arrives takes liquidity; one that has rested makes it.
      const maker = !openThrough || (book.flags[row]! & FLAG.rested) !== 0;
      this.#limit = limit;
      const rest = this.#fillLimit(i, row, j, openThrough ? open[at]! : limit, maker, moment, markOpen);
      this.#limit = NaN;
      if (rest === 0 || --book.barsLeft[row]! < 1) continue;
      book.amount[row] = rest;
      book.flags[row] = book.flags[row]! | FLAG.rested;
      if (kept !== row) book.copy(row, kept);
      kept++;
    }
    book.count = kept;
  }

  /** Fills what the bar's volume allows of a limit order and returns the units that are left to rest. */
  #fillLimit(i: number, row: number, j: number, reference: number, maker: boolean, moment: number, marks: Float64Array): number {
    const { book, account } = this;
    const reduceOnly = (book.flags[row]! & FLAG.reduceOnly) !== 0;
    let units = book.amount[row]!;
    if (reduceOnly) units = towardZeroOnly(account.quantity[j]!, units);
    const most = this.terms.capped ? this.#volumeCap(j, i) : Infinity;
    const rest = Math.abs(units) > most ? units - Math.sign(units) * most : 0;
    units = roundTowardZero(units - rest, this.terms.step[j]!);
    const tag = book.tag[row]!;
    if (units === 0 || this.#belowMinimum(i, moment, j, units, reference, book.flags[row]!)) {
      return rest === 0 ? 0 : rest + units;
    }
    if (j < this.spotCount) {
      // A limit order that fills is a decision of its own.
      if (this.ledger.wants.portfolioValue) this.ledger.see(this.coinValueAt(i, marks), this.cashAsCoin);
      this.#named = book.lots[row]!;
      this.tradeSpot(i, j, units, reference, moment, maker, tag, marks);
      this.#named = NO_LOTS;
    } else {
      const leverage = book.leverage[row]!;
      this.contracts.trade(
        { j, units, reference, maker, leverage, reduceOnly, tag, cause: CAUSE.strategy },
        { i, marks, time: moment },
      );
    }
    return rest;
  }

  /** What the market refuses is a value: counted, recorded, never thrown. */
  reject(i: number, moment: number, j: number, reason: string): void {
    this.recorder.rejected++;
    this.recorder.event('rejected', moment, i - this.first, this.symbol(j), 0, reason);
    this.notices.add('order-rejected', () => `${this.symbol(j)} at ${formatTime(moment)}: ${reason}`, moment);
  }

  symbol(j: number): string {
    return this.market.instruments[j]!.symbol;
  }

  // ---- Phase 2: scheduled events --------------------------------------------------------------------------------------------------

  /** Simple interest, act/365, on the cash that the bar's fills at the open left. */
  #payInterest(i: number, opened: number, perBar: { cash: number; borrow: number }): void {
    const { account } = this;
    const interest = account.cash * (account.cash > 0 ? perBar.cash : perBar.borrow);
    tellCash(this, i, interest, opened);
    account.cash += interest;
    account.interest += interest;
    this.#booked |= OTHERWISE;
  }

  /** Funding, expiries, flows and tax due dates up to `now`, in time order. */
  #scheduledEvents(i: number, now: number): void {
    const { time, kind, ref, amount } = this.#timeline;
    const { ledger } = this;
    for (;;) {
      const next = time[this.#eventRow]!;
      const due = ledger.nextDue;
      if (next > now && due > now) {
        this.#nextEvent = Math.min(next, due);
        return;
      }
      if (due < next) {
        this.#payTax(i, due);
        continue;
      }
      const row = this.#eventRow++;
      if (kind[row] === EVENT.funding) {
        while (time[this.#eventRow] === next && kind[this.#eventRow] === EVENT.funding) this.#eventRow++;
        this.contracts.settleFunding(i, ref[row]!, ref[row]! + this.#eventRow - row, next);
      } else if (kind[row] === EVENT.expiry) this.contracts.expire(i, ref[row]!, next);
      else if (kind[row] === EVENT.variation) this.contracts.payVariation(i);
      else this.#flow(i, amount[row]!, next);
    }
  }

  #flow(i: number, amount: number, moment: number): void {
    tellCash(this, i, amount, moment);
    this.account.cash += amount;
    this.account.netFlows += amount;
    // An account may begin with nothing, and lose nearly all that came later.
    this.#tolerance = Math.max(this.#tolerance, IDENTITY_TOLERANCE * Math.abs(amount));
    this.#booked |= OTHERWISE;
    this.recorder.flow(i - this.first, amount);
    this.recorder.event('flow', moment, i - this.first, null, amount, amount > 0 ? 'deposit' : 'withdrawal');
  }

  #payTax(i: number, due: number): void {
    const bill = this.ledger.payDue(due);
    this.#booked |= OTHERWISE;
    if (bill === 0) return;
    const inCash = this.#parts.payTaxFromCash;
    if (bill > 0) this.#bookTax(i, due, bill, inCash ? 'paid from cash' : 'paid from outside the account');
    else this.#bookTax(i, due, bill, inCash ? 'refunded into cash' : 'refunded outside the account');
  }

  /** Tax leaves cash, or is booked as paid from outside; a refund comes back the same way. */
  #bookTax(i: number, moment: number, amount: number, message: string): void {
    const { account } = this;
    if (this.#parts.payTaxFromCash) {
      tellCash(this, i, -amount, moment);
      account.cash -= amount;
      account.taxes += amount;
    } else {
      account.taxesOutside += amount;
    }
    this.recorder.event('tax', moment, i - this.first, null, amount, message);
  }

  // ---- Phase 4: mark to market ----------------------------------------------------------------------------------------------------

  /** Adds the contracts to the mark: unrealised results at bar i's closing marks. */
  #markContracts(i: number): void {
    const { account, bars } = this;
    const { held, positions, quantity, inverse, coin } = account;
    const mark = this.#mark;
    let value = 0;
    let inverseResult = 0;
    if (this.margin.linear) {
      for (let row = 0; row < positions; row++) {
        const j = held[row]!;
        value += quantity[j]! * mark[j * bars + i]!;
      }
    } else {
      for (let row = 0; row < positions; row++) {
        const j = held[row]!;
        const at = mark[j * bars + i]!;
        if (inverse[j] === 0) {
          value += quantity[j]! * at;
        } else {
          const price = mark[coin[j]! * bars + i]!;
          inverseResult += account.carry(j, at, price) * price;
        }
      }
    }
    const unrealised = value - account.entryValue + inverseResult;
    this.unrealised = unrealised;
    this.#contractValue = value + account.carried;
    this.equity += unrealised;
    this.#hadContracts = account.positions > 0;
  }

  /** What contracts booked is to be summed and marked. */
  touchContracts(): void {
    this.#booked |= OTHERWISE;
    this.#hadContracts = true;
  }

  /** Notes a margin ratio seen in the current bar. */
  seeMarginRatio(ratio: number): void {
    if (!(ratio >= this.barMarginRatio)) this.barMarginRatio = ratio;
    if (ratio < this.minMarginRatio) this.minMarginRatio = ratio;
  }

  // ---- Phase 5: the strategy ------------------------------------------------------------------------------------------------------

  #decider!: Decider;

  /** Connects the strategy's side; it is built on the kernel's arrays, hence after it. */
  connect(decider: Decider): void {
    this.#decider = decider;
  }

  get decider(): Decider {
    return this.#decider;
  }

  #decide(i: number): void {
    if (i < this.#parts.firstDecision) return;
    if (!this.#decided || this.#wokenAt === i || this.#wakes(i)) {
      this.#decided = true;
      this.#lull = i - this.#decidedAt;
      this.#decidedAt = i;
      this.#decider.decide(i);
    } else if (this.#decider.listens) {
      this.#decider.deliver(i);
    }
  }

  /** Whether the strategy's declared condition holds; without one it is called at every bar. */
  #wakes(i: number): boolean {
    const { wake } = this.#parts;
    if (wake === null) return true;
    return wake.flags === null ? leavesBand(wake, this.value, this.equity) : wake.flags[i] === 1;
  }

  // ---- Phase 6: the row -----------------------------------------------------------------------------------------------------------

  /** What only full records and month ends write: the exit valuation, and the full row; `moved`: what booked anything (see `#booked`). */
  #exitRow(i: number, moved: number): void {
    const bar = i - this.first;
    this.#valueExit(i);
    if (this.#parts.monthEnds[i] === 1) {
      this.monthEndBars.push(bar);
      this.monthEndDeferred.push(this.taxDeferred);
      this.monthEndAfterLiquidation.push(this.afterLiquidation);
      this.#checkParts(i);
    }
    if (this.recorder.full) this.#fullRow(i, bar, moved);
  }

  /** Sums up what fills and events booked, and asks for accrued tax; only they change either. */
  #sumBooked(): void {
    const { account } = this;
    this.#booked = 0;
    this.#explained =
      account.netFlows +
      account.flowSum +
      account.funding +
      account.interest -
      account.fees -
      account.slippage -
      account.taxes -
      account.liquidation;
    this.#accrued = this.ledger.accrued();
    if (this.ledger.wants.amends) this.#nextEvent = Math.min(this.#nextEvent, this.ledger.nextDue);
  }

  /** That sums are those of their parts: what equity holds in coins is what is held, and P&L references add up to their sum. */
  #checkParts(i: number): void {
    const { account, equity, spotCount, count } = this;
    const { quantity, flow } = account;
    let coins = equity - account.cash - this.unrealised;
    for (let j = 0, at = spotCount * i; j < spotCount; j++, at++) coins -= quantity[j]! * this.#marksByBar[at]!;
    let flows = account.flowSum + account.carried;
    for (let j = 0; j < count; j++) flows -= flow[j]!;
    const gap = Math.abs(coins) > Math.abs(flows) ? coins : flows;
    if (!(Math.abs(gap) <= IDENTITY_TOLERANCE * Math.abs(equity) || Math.abs(gap) <= this.#tolerance)) this.#broken(i, gap);
  }

  #broken(i: number, gap: number): never {
    const { account, bars, market } = this;
    const time = market.start + (i + 1) * market.step;
    for (let j = 0; j < this.count; j++) {
      if (Number.isFinite(account.quantity[j]! * this.#mark[j * bars + i]!)) continue;
      throw new EngineError(
        'equity-not-finite',
        `equity is not finite at bar ${i - this.first} (${formatTime(time)}): ${this.symbol(j)}`,
        {
          hint: `quantity ${account.quantity[j]}, mark ${this.#mark[j * bars + i]}; check the series with \`kedge data check\``,
        },
      );
    }
    throw new EngineError(
      'identity-broken',
      `the ledger does not add up at bar ${i - this.first} (${formatTime(time)}): ${gap} is unexplained`,
      {
        hint: 'this is a bug in kedge: please report it with the experiment file',
      },
    );
  }

  /** Tax deferred, and what would be left if all were sold now at taker fee and half the spread (accounting.md, section 4). */
  #valueExit(i: number): void {
    const { account, terms, bars, spotCount, market } = this;
    const exit = this.#exit;
    const { values, kept, counted, coinCosts, contracts, contractsAfter } = exit;
    exit.time = market.start + (i + 1) * market.step;
    exit.total = this.coins;
    if (this.count > spotCount) {
      coinCosts.fill(0);
      exit.coinCostsOfAll = 0;
    }
    let exitCosts = this.coins * (1 - exit.keptOfAll);
    if (Number.isNaN(exitCosts)) {
      exitCosts = 0;
      for (let j = 0; j < spotCount; j++) exitCosts += values[j]! * (1 - kept[j]!);
    }
    for (let j = spotCount; j < this.count; j++) {
      const held = account.quantity[j]!;
      if (held === 0) {
        contracts[j - spotCount] = 0;
        contractsAfter[j - spotCount] = 0;
        continue;
      }
      const mark = this.#mark[j * bars + i]!;
      const away = terms.halfSpread[j]!;
      const price = mark * (held > 0 ? 1 - away : 1 + away);
      let result = account.unrealised(j, mark) + account.varied[j]!;
      let cost = Math.abs(held) * (Math.abs(price - mark) + price * terms.taker[j]!);
      if (account.inverse[j] === 1) {
        // In coin first. Coins that closing pays or takes are sold with the rest, or are not there to be sold.
        const asset = account.coin[j]!;
        const coin = this.#mark[asset * bars + i]!;
        cost = Math.abs(held) * (Math.abs(1 / price - 1 / mark) + terms.taker[j]! / price) * coin;
        result *= coin;
        exitCosts += (result - cost) * (1 - kept[asset]!);
        const coinCost = (result - cost) * (1 - counted[asset]!);
        coinCosts[asset] = coinCosts[asset]! + coinCost;
        exit.coinCostsOfAll += coinCost;
      }
      exitCosts += cost;
      contracts[j - spotCount] = result;
      contractsAfter[j - spotCount] = result - cost;
    }
    const deferred = this.#deferred;
    this.ledger.deferredBoth(exit, deferred);
    this.taxDeferred = deferred[0]!;
    this.afterLiquidation = this.equity - this.#accrued - exitCosts - deferred[1]!;
  }

  #fullRow(i: number, bar: number, moved: number): void {
    const { account, recorder, equity } = this;
    recorder.afterLiquidation[bar] = this.afterLiquidation;
    recorder.taxDeferred[bar] = this.taxDeferred;
    // A column of NaN at first.
    if (!Number.isNaN(this.barMarginRatio)) recorder.marginRatio[bar] = this.barMarginRatio;
    this.barMarginRatio = NaN;
    if (moved !== 0) recorder.money!.note(bar, account);
    if ((moved & BATCH) !== 0) recorder.holdings!.seeBatch();
    if (moved >= OTHERWISE || account.positions > 0) recorder.holdings!.note(bar, account);
    for (const [j, { share, priceProfit, indexProfit }] of recorder.inverse) {
      share[bar] = equity === 0 || account.quantity[j] === 0 ? 0 : this.exposure(j, i) / equity;
      priceProfit[bar] = this.priceProfit(j, i);
      indexProfit[bar] = this.indexProfit(j, i);
    }
  }

  /** The part of a contract's price P&L so far that the index moved; all of it where the market has no spot of the same coin. */
  indexProfit(j: number, i: number): number {
    const { account, bars } = this;
    if (account.inverse[j] === 1) return account.indexFlow[j]!;
    const index = this.market.indexOf[j]!;
    const held = account.quantity[j]!;
    if (index < 0) return held * this.#mark[j * bars + i]! + account.flow[j]!;
    return held * this.#mark[index * bars + i]! + account.indexFlow[j]!;
  }

  /** Price P&L so far of any instrument, at the marks of bar i. */
  priceProfit(j: number, i: number): number {
    const { account } = this;
    if (account.inverse[j] === 1) return account.flow[j]!;
    return account.quantity[j]! * this.#mark[j * this.bars + i]! + account.flow[j]!;
  }

  /** What an instrument adds to the exposure to its coin at the marks of bar i, account currency: N + u·S of an inverse contract. */
  exposure(j: number, i: number): number {
    const { account, bars } = this;
    const held = account.quantity[j]!;
    const mark = this.#mark[j * bars + i]!;
    if (account.inverse[j] === 0) return held * mark;
    return held + account.unrealised(j, mark) * this.#mark[account.coin[j]! * bars + i]!;
  }
}

/** `units` limited to bringing `held` toward zero. */
function towardZeroOnly(held: number, units: number): number {
  if (held * units >= 0) return 0;
  return Math.abs(units) > Math.abs(held) ? -held : units;
}
