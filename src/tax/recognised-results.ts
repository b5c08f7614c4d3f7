import { ClassRoutes, type Route } from './class-routes.ts';
import type { ContractResult } from './contract-book.ts';
import { type GainLine, GainLines, type GainNames, contractLine } from './gain-lines.ts';
import type { GainColumns } from './ledger.ts';
import type { Lot } from './lot-book.ts';
import type { ContractTreatment, Taxation } from './regime.ts';
import type { Counting, MatchedPart, SpotBook } from './spot-book.ts';
import type { TaxYears } from './tax-years.ts';

/** Where results go, and whether lines are kept of them. */
export interface RecognisedResultsRules {
  readonly years: TaxYears;
  readonly taxation: Taxation;
  readonly law: 'today' | 'historical';
  readonly contracts: ContractTreatment;
  readonly keepGains: boolean;
}

/**
 * Results as a regime classifies them: each goes to its class of the tax year and, where they are kept, into a gain line. Money in the
 * regime's currency, moments in UTC ms, coins and contracts as indices. Lines of coins are the lot book's parts.
 */
export class RecognisedResults {
  readonly #years: TaxYears;
  readonly #routes: ClassRoutes;
  readonly #short: Route;
  readonly #long: Route;
  readonly #contractRoutes: readonly { readonly route: Route; readonly share: number }[];
  readonly #lines: GainLine[] | null;

  constructor({ years, taxation, law, contracts, keepGains }: RecognisedResultsRules) {
    this.#years = years;
    this.#routes = new ClassRoutes(taxation, law);
    this.#short = this.#routes.route(taxation.spot.short);
    this.#long = this.#routes.route(taxation.spot.long);
    this.#contractRoutes = contracts.classes.map((part) => ({ route: this.#routes.route(part.class), share: part.share }));
    this.#lines = keepGains ? [] : null;
  }

  /** Which results of coins may be counted as one sum. */
  get counting(): Counting {
    return this.#routes.counting(this.#short);
  }

  /** The column of a coin's result, by its sign and time. */
  columnOf(amount: number, longTerm: boolean, time: number): number {
    return this.#routes.column(longTerm ? this.#long : this.#short, amount, time);
  }

  /** Tells the columns of a contract's result and what goes to each. */
  eachShare(total: number, time: number, tell: (column: number, amount: number) => void): void {
    for (const { route, share } of this.#contractRoutes) tell(this.#routes.column(route, total, time), share * total);
  }

  /** A coin's result; −1: it no longer counts. */
  coin(amount: number, longTerm: boolean, time: number, sign: 1 | -1): void {
    this.#years.recognise(this.columnOf(amount, longTerm, time), sign * amount, time);
  }

  /** A contract's result, fees and funding are one sum, whose sign decides where its shares go. */
  contract(contract: number, { price, fees, funding }: ContractResult, time: number, cause: number): void {
    const total = price + funding - fees;
    for (const { route, share } of this.#contractRoutes) {
      const taxClass = this.#routes.column(route, total, time);
      this.#years.recognise(taxClass, share * total, time);
      this.#lines?.push(contractLine('derivative', contract, share * price, share * fees, taxClass, time, cause));
      if (funding !== 0) this.#lines?.push(contractLine('funding', contract, share * funding, 0, taxClass, time, cause));
    }
  }

  /** Funding that is income of its own, of a class. */
  funding(contract: number, amount: number, named: number, time: number): void {
    const taxClass = this.#routes.column({ gains: named, losses: named }, amount, time);
    this.#years.recognise(taxClass, amount, time);
    this.#lines?.push(contractLine('funding', contract, amount, 0, taxClass, time, 0));
  }

  /** What counts of a hedge's loss, in the classes of coins: those are the ones it is netted with. */
  hedgeLoss(contract: number, amount: number, longTerm: boolean, time: number): void {
    if (amount === 0) return;
    const taxClass = this.columnOf(amount, longTerm, time);
    this.#years.recognise(taxClass, amount, time);
    this.#lines?.push({ ...contractLine('derivative', contract, amount, 0, taxClass, time, 0), rule: 'straddle' });
  }

  /** A sale that only the law sees. */
  deemedSale(asset: number, { id, acquired, quantity, cost }: Lot, proceeds: number, longTerm: boolean, time: number): void {
    const taxClass = this.columnOf(proceeds - cost, longTerm, time);
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

  /** All lines, with those of a book's parts; none where they are not kept. */
  gains(names: GainNames, book: SpotBook): GainColumns {
    const lines = new GainLines(names);
    if (this.#lines === null) return lines.columns();
    const { final, provisional } = book.parts();
    lines.addInOrder([
      ...this.#lines,
      ...final.map((part) => this.#lineOf(part, false)),
      ...provisional.map((part) => this.#lineOf(part, true)),
    ]);
    return lines.columns();
  }

  #lineOf(part: MatchedPart, provisional: boolean): GainLine {
    const gain = part.proceeds - part.cost + part.denied;
    const taxClass = this.columnOf(gain, part.longTerm, part.disposed);
    return { ...part, kind: 'spot', subject: part.asset, taxClass, provisional };
  }
}
