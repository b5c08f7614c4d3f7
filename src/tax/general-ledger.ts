import { AdjustedCostBook } from './adjusted-cost.ts';
import { ContractBook } from './contract-book.ts';
import { Foreseen } from './foreseen.ts';
import type { GainNames } from './gain-lines.ts';
import { NO_WANTS } from './ledger.ts';
import { deferEach } from './exit.ts';
import type { Exit } from './exit.ts';
import { holdingRules } from './holding-rules.ts';
import type { GainColumns, HoldingRules, LedgerWants, LotView, TaxLedger, TaxYear } from './ledger.ts';
import { LongTermClock } from './long-term.ts';
import { LotBook } from './lot-book.ts';
import type { LotBookRules } from './lot-book.ts';
import { openBook } from './open-book.ts';
import { PortfolioBook } from './portfolio-book.ts';
import { RecognisedResults } from './recognised-results.ts';
import type { Assessment, Taxation } from './regime.ts';
import type { TaxRules } from './resolve.ts';
import { ShareMatchingBook } from './share-matching.ts';
import type { ResultSink, SpotBook } from './spot-book.ts';
import { GROSS, TRADE, UNITS, tradeEach } from './spot-trades.ts';
import type { SpotTrades } from './spot-trades.ts';
import { Straddles } from './straddles.ts';
import { TaxYears } from './tax-years.ts';
import type { TaxedAccount } from './taxed-ledger.ts';
import { Withheld } from './withheld.ts';

/**
 * The ledger of an account under any rules: every lot method, gains and losses in classes of their own, rules that look forward, contracts
 * marked at the year's end, tax withheld at the sale. `TaxedLedger` does the common cases faster. See `TaxLedger` for what each call means.
 */
export class GeneralLedger implements TaxLedger {
  readonly wants: LedgerWants;
  readonly holding: HoldingRules;
  disposals = 0;

  readonly #names: GainNames;
  readonly #book: SpotBook;
  readonly #contracts: ContractBook;
  readonly #years: TaxYears;
  /** null: hedges do nothing to lots. */
  readonly #straddles: Straddles | null;
  readonly #results: RecognisedResults;
  readonly #reported: readonly string[];
  /** null: nothing is kept back from sales. */
  readonly #withheld: Withheld | null;
  readonly #creditClass: number;
  /** −1: no rule asks what sales bring. */
  readonly #proceedsClass: number;
  /** Whether what sales bring is asked for, and every disposal is one: a portfolio book tells by itself. */
  readonly #sumsDisposals: boolean;
  readonly #fundingIsIncome: boolean;
  readonly #swapsAreTaxed: boolean;
  readonly #receivedClass: number;
  /** −1: not deductible. */
  readonly #paidClass: number;
  readonly #feeInBasis: number;
  readonly #feeInProceeds: number;
  readonly #foreseen: Foreseen;

  constructor(taxation: Taxation, rules: TaxRules, assess: (beginsIn: number) => Assessment, account: TaxedAccount) {
    const { assets, contracts, start, keepGains } = account;
    const classes = taxation.classes.map(({ name }) => name);
    const treatment = rules.contracts!;
    this.#years = new TaxYears({ taxation, assess, from: start, instalments: rules.instalments });
    this.#results = new RecognisedResults({ years: this.#years, taxation, law: rules.law, contracts: treatment, keepGains });
    this.#contracts = new ContractBook(contracts.length, treatment);
    this.#reported = rules.reported;
    this.#withheld = taxation.withholding === null ? null : new Withheld(taxation.withholding);
    this.#creditClass = taxation.withholding === null ? -1 : classes.indexOf(taxation.withholding.class);
    this.#proceedsClass = classes.indexOf(taxation.proceedsClass ?? '');
    this.#fundingIsIncome = rules.fundingClasses !== null;
    this.#swapsAreTaxed = taxation.swaps === 'disposal';
    this.#receivedClass = classes.indexOf(rules.fundingClasses?.received ?? '');
    this.#paidClass = classes.indexOf(rules.fundingClasses?.paid ?? '');
    this.#feeInBasis = taxation.fees.inBasis ? 1 : 0;
    this.#feeInProceeds = taxation.fees.inProceeds ? 1 : 0;
    this.#foreseen = new Foreseen(this.#years, {
      count: classes.length,
      of: (amount, longTerm, time) => this.#results.columnOf(amount, longTerm, time),
      proceeds: this.#proceedsClass,
    });
    const sink: ResultSink = {
      count: (amount, longTerm, time, sign) => this.#results.coin(amount, longTerm, time, sign),
      // Only a portfolio book tells its sales so: those that a decision turns out to have made for money.
      sold: (proceeds, time) => {
        this.disposals++;
        this.#sold(proceeds, time);
      },
    };
    const clock = new LongTermClock(taxation.spot.longAfterYears);
    const countHedge: LotBookRules['release'] = (...loss) => this.#results.hedgeLoss(...loss);
    this.#book = openBook(taxation, rules, account, sink, this.#results.counting, clock, countHedge);
    this.#sumsDisposals = this.#proceedsClass >= 0 && !(this.#book instanceof PortfolioBook);
    const cash = this.#book instanceof PortfolioBook && this.#book.cashIsCoin;
    this.#names = { assets: cash ? [...assets, 'cash'] : assets, contracts, classes };
    const hedges = rules.straddles || rules.constructiveSales;
    this.#straddles =
      hedges && this.#book instanceof LotBook
        ? new Straddles({
            book: this.#book,
            clock,
            coinOf: account.coinOf ?? new Int32Array(contracts.length).fill(-1),
            assets: assets.length,
            straddles: rules.straddles,
            constructiveSales: rules.constructiveSales,
            count: countHedge,
            deem: (asset, lot, proceeds, longTerm, time) => this.#results.deemedSale(asset, lot, proceeds, longTerm, time),
          })
        : null;
    this.holding = holdingRules(taxation, rules.method);
    this.wants = {
      ...NO_WANTS,
      withholding: taxation.withholding !== null,
      portfolioValue: this.#book instanceof PortfolioBook,
      cash,
      yearEndMarks: this.#contracts.marks || rules.straddles,
      positions: this.#straddles !== null,
      lotNames: rules.method === 'specific-id',
      amends: this.#book instanceof ShareMatchingBook || this.#book instanceof AdjustedCostBook,
    };
  }

  acquire(asset: number, quantity: number, gross: number, fee: number, time: number): void {
    if (time >= this.#years.end) this.closeYears(time);
    this.#book.acquire(asset, quantity, gross + fee * this.#feeInBasis, gross / quantity, time);
    this.#straddles?.touched(asset, NaN, time);
  }

  dispose(asset: number, quantity: number, gross: number, fee: number, time: number, cause: number): void {
    if (time >= this.#years.end) this.closeYears(time);
    const proceeds = gross - fee * this.#feeInProceeds;
    if (!this.#book.dispose(asset, quantity, proceeds, gross, time, cause)) return;
    if (!(this.#book instanceof PortfolioBook)) this.disposals++;
    if (this.#sumsDisposals) this.#sold(proceeds, time);
    this.#straddles?.touched(asset, gross / quantity, time);
    const kept = this.#withheld?.keep(gross, time, this.#years.end) ?? 0;
    if (kept !== 0) this.#years.recognise(this.#creditClass, kept, time);
  }

  trade(fills: SpotTrades, from: number, to: number, time: number, cause: number): void {
    if (!this.wants.cash || !(this.#book instanceof PortfolioBook)) {
      tradeEach(this, fills, from, to, time, cause);
      return;
    }
    const { assets, rows } = fills;
    for (let row = from; row < to; row++) {
      this.#book.swap(assets[row]!, rows[TRADE * row + UNITS]!, rows[TRADE * row + GROSS]!, time);
    }
  }

  contractFee(contract: number, fee: number): void {
    this.#contracts.fee(contract, fee);
  }

  contractFunding(contract: number, amount: number, time: number): void {
    if (!this.#fundingIsIncome) {
      this.#contracts.fund(contract, amount, time);
      return;
    }
    const named = amount > 0 ? this.#receivedClass : this.#paidClass;
    if (named >= 0) this.#results.funding(contract, amount, named, time);
  }

  contractReduce(contract: number, share: number, result: number, time: number, cause: number): void {
    const closed = { ...this.#contracts.reduce(contract, share, result) };
    const total = closed.price + closed.funding - closed.fees;
    const inFull = (): void => this.#results.contract(contract, closed, time, cause);
    if (total < 0 && this.#straddles?.holdBack(contract, -total, inFull)) return;
    inFull();
  }

  get yearEnd(): number {
    return this.#years.end;
  }

  get nextDue(): number {
    return this.#years.nextDue;
  }

  closeYears(time: number): void {
    while (time >= this.#years.end) {
      this.#book.endYear();
      this.#years.close(this.#years.end);
    }
    this.#book.settle(time);
  }

  payDue(time: number): number {
    return this.#years.payDue(time);
  }

  accrued(): number {
    return this.#years.accrued();
  }

  deferredBoth(exit: Exit, into: Float64Array): void {
    deferEach(this, exit, into);
  }

  deferred(proceeds: Float64Array, contracts: Float64Array, time: number, coinCosts?: Float64Array): number {
    this.#foreseen.sellAll(this.#book, proceeds, time, coinCosts);
    if (this.#sumsDisposals) for (const worth of proceeds) this.#foreseen.sold(worth, time);
    const results = contracts.map((unrealised, contract) => this.#contracts.foresee(contract, unrealised));
    this.#straddles?.foreseeLosses(results, time, this.#foreseen);
    for (const total of results)
      this.#results.eachShare(total, time, (column, amount) => this.#foreseen.add(column, amount, time));
    return this.#foreseen.added(time);
  }

  taxIfSold(asset: number, quantity: number, proceeds: number, time: number, gross = proceeds): number {
    return this.#taxOfSale(asset, quantity, proceeds, time, gross, this.#foreseen);
  }

  taxIfSoldLongTerm(asset: number, quantity: number, proceeds: number, time: number, gross = proceeds): number {
    if (this.holding.longAfterYears === null) return this.taxIfSold(asset, quantity, proceeds, time, gross);
    return this.#taxOfSale(asset, quantity, proceeds, time, gross, {
      count: (amount, _, moment, sign) => this.#foreseen.count(amount, true, moment, sign),
      sold: (price, moment) => this.#foreseen.sold(price, moment),
    });
  }

  advance(): void {}

  withheld(): number {
    return this.#withheld?.take() ?? 0;
  }

  see(value: number, cash = 0): void {
    if (this.#book instanceof PortfolioBook) this.#book.see(value, cash);
  }

  decide(value: number, cash = 0): void {
    if (!(this.#book instanceof PortfolioBook)) return;
    // With cash a coin, every fill is a swap, and what a decision sells pays for nothing but coins.
    if (this.#swapsAreTaxed || this.wants.cash) this.#book.see(value, cash);
    else this.#book.decide(value);
  }

  decided(): void {
    if (this.#book instanceof PortfolioBook) this.#book.decided();
  }

  markYear(values: Float64Array, unrealised: Float64Array, time: number): void {
    if (this.#contracts.marks) this.#markContracts(unrealised, time);
    this.#straddles?.endYear(
      values.map((value, asset) => value / this.#book.held(asset)),
      time,
    );
  }

  contractMoved(contract: number, quantity: number, price: number, time: number): void {
    this.#straddles?.moved(contract, quantity, price, time);
  }

  nameLots(asset: number, lots: readonly number[]): void {
    if (this.wants.lotNames && this.#book instanceof LotBook) this.#book.name(asset, lots);
  }

  quantity(asset: number): number {
    return this.#book.held(asset);
  }

  basis(asset: number): number {
    return this.#book.basis(asset);
  }

  nextLotQuantity(asset: number): number {
    return this.#book.nextQuantity(asset);
  }

  lots(asset: number, time: number): LotView[] {
    return this.#book.lots(asset, time);
  }

  get paid(): number {
    return this.#years.paid;
  }

  gains(): GainColumns {
    return this.#results.gains(this.#names, this.#book);
  }

  years(): TaxYear[] {
    const { provisional } = this.#book.parts();
    return this.#years.list(this.#reported).map((year) => ({
      ...year,
      provisional: provisional.some(({ disposed }) => disposed >= year.start && disposed < year.end),
    }));
  }

  #taxOfSale(asset: number, quantity: number, proceeds: number, time: number, gross: number, into: ResultSink): number {
    if (quantity === 0) return 0;
    this.#book.foresee(asset, quantity, proceeds, time, into, gross);
    if (this.#sumsDisposals) this.#foreseen.sold(proceeds * Math.min(1, this.#book.held(asset) / quantity), time);
    return this.#foreseen.added(time);
  }

  #sold(proceeds: number, time: number): void {
    if (this.#proceedsClass >= 0) this.#years.recognise(this.#proceedsClass, proceeds, time);
  }

  #markContracts(unrealised: Float64Array, time: number): void {
    const marks = Array.from(unrealised, (result, contract) => ({ ...this.#contracts.mark(contract, result, time) }));
    const results = Float64Array.from(marks, ({ price, fees, funding }) => price + funding - fees);
    this.#straddles?.holdBackMarks(results);
    for (const [contract, mark] of marks.entries()) if (results[contract] !== 0) this.#results.contract(contract, mark, time, 0);
  }
}
