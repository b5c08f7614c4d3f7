import { AdjustedCostBook } from './adjusted-cost.ts';
import { ClassRoutes, type Route } from './class-routes.ts';
import { ContractBook } from './contract-book.ts';
import { Foreseen } from './foreseen.ts';
import { type GainLine, GainLines, type GainNames } from './gain-lines.ts';
import { NO_WANTS } from './ledger.ts';
import { deferEach } from './exit.ts';
import type { Exit } from './exit.ts';
import { holdingRules } from './holding-rules.ts';
import type { GainColumns, HoldingRules, LedgerWants, LotView, TaxLedger, TaxYear } from './ledger.ts';
import { LongTermClock } from './long-term.ts';
import { LotBook } from './lot-book.ts';
import type { Lot, LotBookRules } from './lot-book.ts';
import { openBook } from './open-book.ts';
import { PortfolioBook } from './portfolio-book.ts';
import type { Assessment, Taxation } from './regime.ts';
import type { TaxRules } from './resolve.ts';
import { ShareMatchingBook } from './share-matching.ts';
import type { MatchedPart, MatchingRule, ResultSink, SpotBook } from './spot-book.ts';
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
  readonly #routes: ClassRoutes;
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
  readonly #short: Route;
  readonly #long: Route;
  readonly #contractRoutes: readonly { readonly route: Route; readonly share: number }[];
  /** Lines of contracts; those of coins are the book's parts. */
  readonly #lines: GainLine[] | null;
  readonly #foreseen: Foreseen;

  constructor(taxation: Taxation, rules: TaxRules, assess: (beginsIn: number) => Assessment, account: TaxedAccount) {
    const { assets, contracts, start, keepGains } = account;
    const classes = taxation.classes.map(({ name }) => name);
    const treatment = rules.contracts!;
    this.#routes = new ClassRoutes(taxation, rules.law);
    this.#years = new TaxYears({ taxation, assess, from: start, instalments: rules.instalments });
    this.#short = this.#routes.route(taxation.spot.short);
    this.#long = this.#routes.route(taxation.spot.long);
    this.#contractRoutes = treatment.classes.map((part) => ({ route: this.#routes.route(part.class), share: part.share }));
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
    this.#lines = keepGains ? [] : null;
    this.#foreseen = new Foreseen(this.#years, {
      count: classes.length,
      of: (amount, longTerm, time) => this.#columnOf(amount, longTerm, time),
      proceeds: this.#proceedsClass,
    });
    const sink: ResultSink = {
      count: (amount, longTerm, time, sign) => this.#count(amount, longTerm, time, sign),
      // Only a portfolio book tells its sales so: those that a decision turns out to have made for money.
      sold: (proceeds, time) => {
        this.disposals++;
        this.#sold(proceeds, time);
      },
    };
    const clock = new LongTermClock(taxation.spot.longAfterYears);
    const countHedge: LotBookRules['release'] = (...loss) => this.#countHedge(...loss);
    this.#book = openBook(taxation, rules, account, sink, this.#routes.counting(this.#short), clock, countHedge);
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
            deem: (asset, lot, proceeds, longTerm, time) => this.#deem(asset, lot, proceeds, longTerm, time),
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
    if (named < 0) return;
    const taxClass = this.#routes.column({ gains: named, losses: named }, amount, time);
    this.#years.recognise(taxClass, amount, time);
    this.#write('funding', contract, amount, 0, taxClass, time, 0);
  }

  contractReduce(contract: number, share: number, result: number, time: number, cause: number): void {
    const { price, fees, funding } = this.#contracts.reduce(contract, share, result);
    const total = price + funding - fees;
    const inFull = (): void => this.#recogniseContract(contract, price, fees, funding, time, cause);
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
    for (const total of results) this.#supposeContract(total, time);
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
    const lines = new GainLines(this.#names);
    if (this.#lines === null) return lines.columns();
    const { final, provisional } = this.#book.parts();
    lines.addInOrder([
      ...this.#lines,
      ...final.map((part) => this.#lineOf(part, false)),
      ...provisional.map((part) => this.#lineOf(part, true)),
    ]);
    return lines.columns();
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

  #count(amount: number, longTerm: boolean, time: number, sign: 1 | -1): void {
    this.#years.recognise(this.#columnOf(amount, longTerm, time), sign * amount, time);
  }

  #columnOf(amount: number, longTerm: boolean, time: number): number {
    return this.#routes.column(longTerm ? this.#long : this.#short, amount, time);
  }

  #markContracts(unrealised: Float64Array, time: number): void {
    const marks = Array.from(unrealised, (result, contract) => ({ ...this.#contracts.mark(contract, result, time) }));
    const results = Float64Array.from(marks, ({ price, fees, funding }) => price + funding - fees);
    this.#straddles?.holdBackMarks(results);
    for (const [contract, { price, fees, funding }] of marks.entries())
      if (results[contract] !== 0) this.#recogniseContract(contract, price, fees, funding, time, 0);
  }

  /** A contract's result, fees and funding are one sum, whose sign decides where its shares go. */
  #recogniseContract(contract: number, price: number, fees: number, funding: number, time: number, cause: number): void {
    const total = price + funding - fees;
    for (const { route, share } of this.#contractRoutes) {
      const taxClass = this.#routes.column(route, total, time);
      this.#years.recognise(taxClass, share * total, time);
      this.#write('derivative', contract, share * price, share * fees, taxClass, time, cause);
      if (funding !== 0) this.#write('funding', contract, share * funding, 0, taxClass, time, cause);
    }
  }

  /** What counts of a hedge's loss, in the classes of coins: those are the ones it is netted with. */
  #countHedge(contract: number, amount: number, longTerm: boolean, time: number): void {
    if (amount === 0) return;
    const taxClass = this.#columnOf(amount, longTerm, time);
    this.#years.recognise(taxClass, amount, time);
    this.#write('derivative', contract, amount, 0, taxClass, time, 0, 'straddle');
  }

  /** A sale that only the law sees. */
  #deem(asset: number, { id, acquired, quantity, cost }: Lot, proceeds: number, longTerm: boolean, time: number): void {
    const taxClass = this.#columnOf(proceeds - cost, longTerm, time);
    this.#years.recognise(taxClass, proceeds - cost, time);
    this.#lines?.push({
      kind: 'spot',
      subject: asset,
      acquired,
      disposed: time,
      quantity,
      proceeds,
      cost,
      taxClass,
      cause: 0,
      rule: 'constructive-sale',
      lot: id,
    });
  }

  #supposeContract(total: number, time: number): void {
    for (const { route, share } of this.#contractRoutes) {
      this.#foreseen.add(this.#routes.column(route, total, time), share * total, time);
    }
  }

  #lineOf(part: MatchedPart, provisional: boolean): GainLine {
    const gain = part.proceeds - part.cost + part.denied;
    const taxClass = this.#columnOf(gain, part.longTerm, part.disposed);
    return { ...part, kind: 'spot', subject: part.asset, taxClass, provisional };
  }

  #write(
    kind: 'derivative' | 'funding',
    contract: number,
    proceeds: number,
    cost: number,
    taxClass: number,
    disposed: number,
    cause: number,
    rule?: MatchingRule,
  ): void {
    const line = { kind, subject: contract, acquired: NaN, disposed, quantity: NaN, proceeds, cost, taxClass, cause };
    this.#lines?.push(rule === undefined ? line : { ...line, rule });
  }
}
