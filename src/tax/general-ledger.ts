import { AdjustedCostBook } from './adjusted-cost.ts';
import { ClassRoutes, type Route } from './class-routes.ts';
import { ContractBook } from './contract-book.ts';
import { type GainLine, GainLines, type GainNames } from './gain-lines.ts';
import { NO_WANTS } from './ledger.ts';
import type { GainColumns, HoldingRules, LedgerWants, LotView, SpotTrades, TaxLedger, TaxYear } from './ledger.ts';
import { LongTermClock } from './long-term.ts';
import { LotBook } from './lot-book.ts';
import { PortfolioBook } from './portfolio-book.ts';
import type { Assessment, Taxation } from './regime.ts';
import type { TaxRules } from './resolve.ts';
import { ShareMatchingBook } from './share-matching.ts';
import type { MatchedPart, ResultSink, SpotBook } from './spot-book.ts';
import { TaxYears } from './tax-years.ts';
import type { TaxedAccount } from './taxed-ledger.ts';
import { YearlyAverageBook } from './yearly-average.ts';

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
  readonly #routes: ClassRoutes;
  readonly #reported: readonly string[];
  readonly #withholding: Taxation['withholding'];
  readonly #creditClass: number;
  readonly #fundingIsIncome: boolean;
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
  /** What `foresee` adds to the last closed tax year, and to the one of its moment. */
  readonly #earlier: Float64Array;
  readonly #extra: Float64Array;
  readonly #foreseen: ResultSink;
  #withheld = 0;
  /** Sale value of the tax year in which the last sale was. */
  #sold = 0;
  #soldUntil = -Infinity;

  constructor(taxation: Taxation, rules: TaxRules, assess: (beginsIn: number) => Assessment, account: TaxedAccount) {
    const { assets, contracts, start, keepGains } = account;
    const classes = taxation.classes.map(({ name }) => name);
    const treatment = rules.contracts!;
    this.#names = { assets, contracts, classes };
    this.#routes = new ClassRoutes(taxation, rules.law);
    this.#years = new TaxYears({ taxation, assess, from: start, instalments: rules.instalments });
    this.#short = this.#routes.route(taxation.spot.short);
    this.#long = this.#routes.route(taxation.spot.long);
    this.#contractRoutes = treatment.classes.map((part) => ({ route: this.#routes.route(part.class), share: part.share }));
    this.#contracts = new ContractBook(contracts.length, treatment);
    this.#reported = rules.reported;
    this.#withholding = taxation.withholding;
    this.#creditClass = taxation.withholding === null ? -1 : classes.indexOf(taxation.withholding.class);
    this.#fundingIsIncome = rules.funding === 'income';
    this.#receivedClass = classes.indexOf(taxation.fundingIncome.received);
    this.#paidClass = taxation.fundingIncome.paid === null ? -1 : classes.indexOf(taxation.fundingIncome.paid);
    this.#feeInBasis = taxation.fees.inBasis ? 1 : 0;
    this.#feeInProceeds = taxation.fees.inProceeds ? 1 : 0;
    this.#lines = keepGains ? [] : null;
    this.#earlier = new Float64Array(classes.length);
    this.#extra = new Float64Array(classes.length);
    this.#foreseen = { count: (amount, longTerm, time, sign) => this.#suppose(amount, longTerm, time, sign) };
    const sink: ResultSink = { count: (amount, longTerm, time, sign) => this.#count(amount, longTerm, time, sign) };
    this.#book = bookFor(taxation, rules, account, sink);
    this.holding = {
      longAfterYears: taxation.spot.longAfterYears,
      // Averages spread a loss over what is kept, and matching rules look at what is bought afterwards.
      lossesCountAtOnce: this.#book instanceof LotBook && rules.method !== 'average-moving',
    };
    this.wants = {
      ...NO_WANTS,
      withholding: taxation.withholding !== null,
      portfolioValue: this.#book instanceof PortfolioBook,
      yearEndMarks: this.#contracts.marks,
      lotNames: rules.method === 'specific-id',
      amends: this.#book instanceof ShareMatchingBook || this.#book instanceof AdjustedCostBook,
    };
  }

  acquire(asset: number, quantity: number, gross: number, fee: number, time: number): void {
    if (time >= this.#years.end) this.closeYears(time);
    this.#book.acquire(asset, quantity, gross + fee * this.#feeInBasis, gross / quantity, time);
  }

  dispose(asset: number, quantity: number, gross: number, fee: number, time: number, cause: number): void {
    if (time >= this.#years.end) this.closeYears(time);
    if (!this.#book.dispose(asset, quantity, gross - fee * this.#feeInProceeds, gross, time, cause)) return;
    this.disposals++;
    if (this.#withholding) this.#withhold(this.#withholding, gross, time);
  }

  trade({ asset, units, gross, fee }: SpotTrades, from: number, to: number, time: number, cause: number): void {
    for (let k = from; k < to; k++) {
      if (units[k]! > 0) this.acquire(asset[k]!, units[k]!, gross[k]!, fee[k]!, time);
      else this.dispose(asset[k]!, -units[k]!, gross[k]!, fee[k]!, time, cause);
    }
  }

  contractFee(contract: number, fee: number): void {
    this.#contracts.fee(contract, fee);
  }

  contractFunding(contract: number, amount: number, time: number): void {
    if (!this.#fundingIsIncome) {
      this.#contracts.fund(contract, amount);
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
    this.#recogniseContract(contract, price, fees, funding, time, cause);
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

  deferred(proceeds: Float64Array, contracts: Float64Array, time: number): number {
    this.#book.foreseeAll(proceeds, time, this.#foreseen);
    for (let contract = 0; contract < contracts.length; contract++) {
      this.#supposeContract(this.#contracts.foresee(contract, contracts[contract]!), time);
    }
    return this.#added(time);
  }

  taxIfSold(asset: number, quantity: number, proceeds: number, time: number): number {
    if (quantity === 0) return 0;
    this.#book.foresee(asset, quantity, proceeds, time, this.#foreseen);
    return this.#added(time);
  }

  taxIfSoldLongTerm(asset: number, quantity: number, proceeds: number, time: number): number {
    if (this.holding.longAfterYears === null) return this.taxIfSold(asset, quantity, proceeds, time);
    if (quantity === 0) return 0;
    this.#book.foresee(asset, quantity, proceeds, time, {
      count: (amount, _, moment, sign) => this.#suppose(amount, true, moment, sign),
    });
    return this.#added(time);
  }

  advance(): void {}

  withheld(): number {
    const amount = this.#withheld;
    this.#withheld = 0;
    return amount;
  }

  see(value: number): void {
    if (this.#book instanceof PortfolioBook) this.#book.see(value);
  }

  decide(value: number): void {
    if (this.#book instanceof PortfolioBook) this.#book.decide(value);
  }

  decided(): void {
    if (this.#book instanceof PortfolioBook) this.#book.decided();
  }

  markContracts(unrealised: Float64Array, time: number): void {
    if (!this.#contracts.marks) return;
    for (let contract = 0; contract < unrealised.length; contract++) {
      const { price, fees, funding } = this.#contracts.mark(contract, unrealised[contract]!);
      if (price !== 0 || fees !== 0 || funding !== 0) this.#recogniseContract(contract, price, fees, funding, time, 0);
    }
  }

  contractMoved(): void {}

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
    const all = [
      ...this.#lines,
      ...final.map((part) => this.#lineOf(part, false)),
      ...provisional.map((part) => this.#lineOf(part, true)),
    ];
    // Stable: lines of one moment stay in order.
    all.sort((a, b) => a.disposed - b.disposed);
    for (const line of all) lines.add(line);
    return lines.columns();
  }

  years(): TaxYear[] {
    const { provisional } = this.#book.parts();
    return this.#years.list(this.#reported).map((year) => ({
      ...year,
      provisional: provisional.some(({ disposed }) => disposed >= year.start && disposed < year.end),
    }));
  }

  #count(amount: number, longTerm: boolean, time: number, sign: 1 | -1): void {
    this.#years.recognise(this.#columnOf(amount, longTerm, time), sign * amount, time);
  }

  #suppose(amount: number, longTerm: boolean, time: number, sign: 1 | -1): void {
    const results = time < this.#years.start ? this.#earlier : this.#extra;
    const column = this.#columnOf(amount, longTerm, time);
    results[column] = results[column]! + sign * amount;
  }

  #columnOf(amount: number, longTerm: boolean, time: number): number {
    return this.#routes.column(longTerm ? this.#long : this.#short, amount, time);
  }

  #added(time: number): number {
    const added = this.#years.addedOver(this.#earlier, this.#extra, time);
    this.#earlier.fill(0);
    this.#extra.fill(0);
    return added;
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

  #supposeContract(total: number, time: number): void {
    for (const { route, share } of this.#contractRoutes) {
      const column = this.#routes.column(route, total, time);
      this.#extra[column] = this.#extra[column]! + share * total;
    }
  }

  /** Keeps tax back from a sale, from the one on by which the year's sales pass the threshold. */
  #withhold({ rate, above }: NonNullable<Taxation['withholding']>, gross: number, time: number): void {
    if (time >= this.#soldUntil) {
      this.#sold = 0;
      this.#soldUntil = this.#years.end;
    }
    this.#sold += gross;
    if (this.#sold <= above) return;
    const kept = rate * gross;
    this.#withheld += kept;
    this.#years.recognise(this.#creditClass, kept, time);
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
  ): void {
    this.#lines?.push({ kind, subject: contract, acquired: NaN, disposed, quantity: NaN, proceeds, cost, taxClass, cause });
  }
}

function bookFor(
  { spot, superficialLoss }: Taxation,
  { method }: TaxRules,
  { assets, keepGains }: TaxedAccount,
  sink: ResultSink,
): SpotBook {
  switch (method) {
    case 'uk-share-matching':
      return new ShareMatchingBook(assets, sink, keepGains);
    case 'average-yearly':
      return new YearlyAverageBook(assets, sink, keepGains);
    case 'fr-portfolio':
      return new PortfolioBook(assets, sink, keepGains);
    case 'average-moving':
      if (superficialLoss) return new AdjustedCostBook({ ...superficialLoss, assets, sink, keepParts: keepGains });
      break;
    case 'fifo':
    case 'lifo':
    case 'hifo':
    case 'lofo':
    case 'specific-id':
      break;
    default:
      method satisfies never;
  }
  return new LotBook({ method, assets, clock: new LongTermClock(spot.longAfterYears), sink, keepParts: keepGains });
}
