import { zeroColumn } from '../core/column.ts';
import { AFTER, CONTRACTS, LONG, SHORT } from './exit-results.ts';
import { emptyExit, sharesOf } from './exit.ts';
import type { Exit } from './exit.ts';
import { GainLines, contractLine } from './gain-lines.ts';
import { holdingRules } from './holding-rules.ts';
import { NO_WANTS } from './ledger.ts';
import type { GainColumns, HoldingRules, LotView, TaxLedger, TaxYear } from './ledger.ts';
import { LongTermClock } from './long-term.ts';
import { LotPool } from './lot-pool.ts';
import type { CashKind, PooledMethod } from './methods.ts';
import type { Assessment, ResultClass, Taxation } from './regime.ts';
import { namesOfClass } from './resolve.ts';
import type { TaxRules } from './resolve.ts';
import { loneTrade } from './spot-trades.ts';
import type { SpotTrades } from './spot-trades.ts';
import { TaxYears } from './tax-years.ts';

/** What a ledger must know of the account. */
export interface TaxedAccount {
  /** Coins, in the order of the indices that calls pass. */
  readonly assets: readonly string[];
  /** Contracts, likewise; their indices start at 0. */
  readonly contracts: readonly string[];
  /** A moment of the first tax year, UTC ms. */
  readonly start: number;
  /** ISO 4217, or a dollar stablecoin. */
  readonly currency: string;
  /** Whether gain lines are kept. */
  readonly keepGains: boolean;
  /** Index of each contract's coin among the assets, −1 for none; default none. */
  readonly coinOf?: ArrayLike<number>;
  /** What cash is to the tax office; default fiat. */
  readonly cashIs?: CashKind;
  /** Whether lines and lots tell the number of the lot; default false. */
  readonly tellLots?: boolean;
}

/**
 * The ledger of an account whose coins are matched lot by lot and whose results go to classes without regard to their sign: the common
 * case, made to be fast. `GeneralLedger` does the rest. See `TaxLedger` for what each call means.
 */
export class TaxedLedger implements TaxLedger {
  readonly wants = NO_WANTS;
  readonly holding: HoldingRules;
  disposals = 0;

  readonly #pool: LotPool;
  readonly #years: TaxYears;
  readonly #clock: LongTermClock;
  readonly #lines: GainLines | null;
  /** Fees and funding of open contracts that wait for the position to reduce. */
  readonly #pendingFees: Float64Array;
  readonly #pendingFunding: Float64Array;
  /** Results that a sale now would add: of coins held short and long, of contracts; then the same after the costs of selling. */
  readonly #extra = new Float64Array(2 * AFTER);
  /** Results that a sale of some units would add: no contract's. */
  readonly #sale = new Float64Array(AFTER);
  /** Their classes. */
  readonly #classes: Int32Array;
  /** Sums over the open lots, whether any is long-term, and if so the long-term share of each coin, as of the last `#sumLots`. */
  readonly #longShare: Float64Array;
  #basis = 0;
  #longBasis = 0;
  #anyLong = false;
  #traded = true;
  /** No lot becomes long-term before. */
  #ripe = Infinity;
  readonly #both = new Float64Array(2);

  readonly #reported: readonly string[];
  readonly #shortClass: number;
  readonly #longClass: number;
  readonly #contractClass: number;
  readonly #receivedClass: number;
  /** −1: not deductible. */
  readonly #paidClass: number;
  readonly #fundingIsIncome: boolean;
  readonly #feeInBasis: boolean;

  constructor(
    taxation: Taxation,
    rules: TaxRules,
    method: PooledMethod,
    assess: (beginsIn: number) => Assessment,
    { assets, contracts, start, keepGains }: TaxedAccount,
  ) {
    const classes = taxation.classes.map(({ name }) => name);
    const { spot, fees } = taxation;
    this.#lines = keepGains ? new GainLines({ assets, contracts, classes }) : null;
    this.#pool = new LotPool(method, assets, this.#lines?.parts ?? null, fees);
    this.#years = new TaxYears({ taxation, assess, from: start, instalments: rules.instalments });
    this.#clock = new LongTermClock(spot.longAfterYears);
    this.holding = holdingRules(taxation, method);
    this.#pendingFees = zeroColumn(contracts.length);
    this.#pendingFunding = zeroColumn(contracts.length);
    this.#longShare = new Float64Array(assets.length);
    this.#reported = rules.reported;
    const classOf = (target: ResultClass): number => classes.indexOf(namesOfClass(target).gains);
    this.#shortClass = classOf(spot.short);
    this.#longClass = classOf(spot.long);
    this.#contractClass = classOf(rules.contracts!.classes[0]!.class);
    this.#classes = Int32Array.of(this.#shortClass, this.#longClass, this.#contractClass);
    this.#receivedClass = classes.indexOf(rules.fundingClasses?.received ?? '');
    this.#paidClass = classes.indexOf(rules.fundingClasses?.paid ?? '');
    this.#fundingIsIncome = rules.fundingClasses !== null;
    this.#feeInBasis = fees.inBasis;
  }

  acquire(asset: number, quantity: number, gross: number, fee: number, time: number): void {
    this.#traded = true;
    this.#pool.add(asset, quantity, gross, this.#feeInBasis ? gross + fee : gross, time);
  }

  dispose(asset: number, quantity: number, gross: number, fee: number, time: number, cause: number): void {
    this.trade(loneTrade(asset, -quantity, gross, fee), 0, 1, time, cause);
  }

  trade(fills: SpotTrades, from: number, to: number, time: number, cause: number): void {
    const pool = this.#pool;
    this.#traded = true;
    pool.trade(fills, from, to, time, this.#clock.cutoff(time));
    if (pool.disposals === 0) return;
    if (pool.shortQuantity > 0) this.#years.recognise(this.#shortClass, pool.shortProceeds - pool.shortCost, time);
    if (pool.longQuantity > 0) this.#years.recognise(this.#longClass, pool.longProceeds - pool.longCost, time);
    this.#lines?.closeBatch(this.disposals, time, this.#shortClass, this.#longClass, cause);
    this.disposals += pool.disposals;
  }

  contractFee(contract: number, fee: number): void {
    this.#pendingFees[contract] = this.#pendingFees[contract]! + fee;
  }

  contractFunding(contract: number, amount: number, time: number): void {
    if (!this.#fundingIsIncome) {
      this.#pendingFunding[contract] = this.#pendingFunding[contract]! + amount;
      return;
    }
    const taxClass = amount > 0 ? this.#receivedClass : this.#paidClass;
    if (taxClass < 0) return;
    this.#years.recognise(taxClass, amount, time);
    this.#lines?.add(contractLine('funding', contract, amount, 0, taxClass, time, 0));
  }

  contractReduce(contract: number, share: number, result: number, time: number, cause: number): void {
    const fees = this.#pendingFees[contract]! * share;
    const funding = this.#pendingFunding[contract]! * share;
    this.#pendingFees[contract] = share === 1 ? 0 : this.#pendingFees[contract]! - fees;
    this.#pendingFunding[contract] = share === 1 ? 0 : this.#pendingFunding[contract]! - funding;
    this.#years.recognise(this.#contractClass, result + funding - fees, time);
    this.#lines?.add(contractLine('derivative', contract, result, fees, this.#contractClass, time, cause));
    if (funding !== 0) this.#lines?.add(contractLine('funding', contract, funding, 0, this.#contractClass, time, cause));
  }

  get yearEnd(): number {
    return this.#years.end;
  }

  get nextDue(): number {
    return this.#years.nextDue;
  }

  closeYears(time: number): void {
    this.#years.close(time);
  }

  payDue(time: number): number {
    return this.#years.payDue(time);
  }

  accrued(): number {
    return this.#years.accrued();
  }

  deferred(proceeds: Float64Array, contracts: Float64Array, time: number, coinCosts = new Float64Array(proceeds.length)): number {
    const exit = emptyExit(proceeds, sharesOf(new Float64Array(proceeds.length).fill(1)), contracts.length);
    exit.time = time;
    exit.contractsAfter.set(contracts);
    exit.coinCosts.set(coinCosts);
    for (const value of proceeds) exit.total += value;
    for (const cost of coinCosts) exit.coinCostsOfAll += cost;
    this.deferredBoth(exit, this.#both);
    return this.#both[1]!;
  }

  deferredBoth(exit: Exit, into: Float64Array): void {
    if (this.#traded || exit.time >= this.#ripe) this.#sumLots(exit.time);
    const { total, countedOfAll, values, coinCosts, coinCostsOfAll } = exit;
    const share = this.#longShare;
    let after = total * countedOfAll - coinCostsOfAll;
    let long = 0;
    let longAfter = 0;
    if (!Number.isNaN(countedOfAll)) {
      if (this.#anyLong) for (let asset = 0; asset < share.length; asset++) long += values[asset]! * share[asset]!;
      longAfter = long * countedOfAll;
      if (this.#anyLong && coinCostsOfAll !== 0) {
        // Coins that contracts pay are bought then, and short-term.
        for (let asset = 0; asset < share.length; asset++) longAfter -= Math.min(0, coinCosts[asset]!) * share[asset]!;
      }
    } else {
      const { counted } = exit;
      after = 0;
      for (let asset = 0; asset < share.length; asset++) {
        const value = values[asset]!;
        const valueAfter = value * counted[asset]! - Math.min(0, coinCosts[asset]!);
        after += valueAfter - Math.max(0, coinCosts[asset]!);
        long += value * share[asset]!;
        longAfter += valueAfter * share[asset]!;
      }
    }
    const shortBasis = this.#basis - this.#longBasis;
    const extra = this.#extra;
    extra[SHORT] = total - long - shortBasis;
    extra[LONG] = long - this.#longBasis;
    extra[CONTRACTS] = 0;
    extra[AFTER + SHORT] = after - longAfter - shortBasis;
    extra[AFTER + LONG] = longAfter - this.#longBasis;
    extra[AFTER + CONTRACTS] = 0;
    for (let contract = 0; contract < this.#pendingFees.length; contract++) {
      const pending = this.#pendingFunding[contract]! - this.#pendingFees[contract]!;
      extra[CONTRACTS] = extra[CONTRACTS] + exit.contracts[contract]! + pending;
      extra[AFTER + CONTRACTS] = extra[AFTER + CONTRACTS]! + exit.contractsAfter[contract]! + pending;
    }
    this.#years.addedEach(this.#classes, extra, exit.time < this.#years.end, into);
  }

  /** Cost of the open lots, and of each coin the share that is long-term: they change with trades and anniversaries only. */
  #sumLots(time: number): void {
    this.#pool.mature(this.#clock.cutoff(time));
    this.#ripe = this.#clock.earliest(this.#pool.nextToMature);
    const { held, basis, longHeld, longCosts, averaged } = this.#pool;
    const share = this.#longShare;
    this.#traded = false;
    let sum = 0;
    let old = 0;
    for (let asset = 0; asset < held.length; asset++) {
      sum += basis[asset]!;
      old += +(longHeld[asset] !== 0);
    }
    this.#basis = sum;
    this.#longBasis = 0;
    this.#anyLong = old > 0;
    if (old === 0) {
      share.fill(0);
      return;
    }
    let longBasis = 0;
    for (let asset = 0; asset < held.length; asset++) {
      const long = longHeld[asset] === 0 ? 0 : longHeld[asset]! / held[asset]!;
      share[asset] = long;
      longBasis += averaged ? basis[asset]! * long : longCosts[asset]!;
    }
    this.#longBasis = longBasis;
  }

  taxIfSold(asset: number, quantity: number, proceeds: number, time: number): number {
    if (quantity === 0) return 0;
    const pool = this.#pool;
    pool.preview(asset, quantity, this.#clock.cutoff(time));
    const unitProceeds = proceeds / quantity;
    const short = pool.shortQuantity * unitProceeds - pool.shortCost;
    const long = pool.longQuantity * unitProceeds - pool.longCost;
    return this.#added(short, long, time);
  }

  taxIfSoldLongTerm(asset: number, quantity: number, proceeds: number, time: number): number {
    if (this.holding.longAfterYears === null) return this.taxIfSold(asset, quantity, proceeds, time);
    if (quantity === 0) return 0;
    const pool = this.#pool;
    pool.preview(asset, quantity, this.#clock.cutoff(time));
    const units = pool.shortQuantity + pool.longQuantity;
    return this.#added(0, units * (proceeds / quantity) - pool.shortCost - pool.longCost, time);
  }

  advance(): void {}

  withheld(): number {
    return 0;
  }

  see(): void {}
  decide(): void {}
  decided(): void {}
  markYear(): void {}
  contractMoved(): void {}
  nameLots(): void {}

  quantity(asset: number): number {
    return this.#pool.held[asset]!;
  }

  basis(asset: number): number {
    return this.#pool.basis[asset]!;
  }

  nextLotQuantity(asset: number): number {
    return this.#pool.nextQuantity(asset);
  }

  lots(asset: number, time: number): LotView[] {
    return this.#pool.views(asset, this.#clock.cutoff(time));
  }

  release(): void {
    this.#pool.release();
  }

  get paid(): number {
    return this.#years.paid;
  }

  gains(): GainColumns {
    return (this.#lines ?? new GainLines({ assets: [], contracts: [], classes: [] })).columns();
  }

  years(): TaxYear[] {
    return this.#years.list(this.#reported);
  }

  #added(short: number, long: number, time: number): number {
    const sale = this.#sale;
    sale[SHORT] = short;
    sale[LONG] = long;
    this.#years.addedEach(this.#classes, sale, time < this.#years.end, this.#both);
    return this.#both[0]!;
  }
}
