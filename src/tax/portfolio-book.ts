import { ConfigError } from '../core/errors.ts';
import { DUST } from '../core/numeric.ts';
import { Holdings } from './holdings.ts';
import type { LotView } from './ledger.ts';
import { type Sale, matchedPart } from './sales.ts';
import type { MatchedPart, ResultSink, SpotBook } from './spot-book.ts';

/**
 * The whole portfolio as one: a sale for money uses up the share of what the portfolio cost that its price is of the portfolio's value just
 * before; gain = price − net acquisition price × price / value. The share that is used up, not the gain, lowers the net acquisition price.
 * The price in the ratio is that before fees, so that a sale of everything uses up everything.
 *
 * Within one decision sells that fund buys are swaps and recognise nothing: only what they bring beyond the buys is a sale, only what the
 * buys cost beyond them a purchase.
 *
 * Cash may be one of the coins: then every fill is a swap of one coin for another, which leaves the net acquisition price as it is, and the
 * index after the last asset stands for cash. What of it is told as acquired was bought for money or received for what it was worth; what is
 * told as given up was sold for money or paid for something.
 *
 * @see Code général des impôts (France), article 150 VH bis; BOI-RPPM-PVBMC-30-20
 */
export class PortfolioBook implements SpotBook {
  readonly #assets: readonly string[];
  readonly #sink: ResultSink;
  readonly #keepParts: boolean;
  /** Index of cash, where it is a coin; −1 where it is money. */
  readonly #cashAsset: number;
  readonly #holdings: Holdings;
  /** What each coin's units cost on their own, by which views share the net acquisition price out. */
  readonly #own: Float64Array;
  readonly #since: Float64Array;
  readonly #parts: MatchedPart[] = [];
  #disposals = 0;
  /** Net acquisition price of the whole portfolio. */
  #cost = 0;
  /** Value of all coins just before what follows. */
  #value = NaN;
  /** Of it, what is cash: signed, since a coin that is owed is taken off. */
  #cash = 0;
  #decision: { bought: number; readonly sales: (Sale & { readonly asset: number; readonly gross: number })[] } | null = null;

  constructor(assets: readonly string[], sink: ResultSink, keepParts: boolean, cashIsCoin = false) {
    this.#assets = assets;
    this.#sink = sink;
    this.#keepParts = keepParts;
    this.#cashAsset = cashIsCoin ? assets.length : -1;
    this.#holdings = new Holdings(assets);
    this.#own = new Float64Array(assets.length);
    this.#since = new Float64Array(assets.length + 1).fill(NaN);
  }

  /** Value of all coins, by which the next sale is judged, and of cash where it is one of them. */
  see(value: number, cash: number): void {
    this.#value = value + cash;
    this.#cash = cash;
  }

  /** What follows, until `decided`, is one decision: its sells fund its buys. */
  decide(value: number): void {
    this.#value = value;
    this.#decision = { bought: 0, sales: [] };
  }

  decided(): void {
    const decision = this.#decision;
    if (decision === null) return;
    this.#decision = null;
    const { bought, sales } = decision;
    const gross = sales.reduce((sum, sale) => sum + sale.gross, 0);
    const proceeds = sales.reduce((sum, sale) => sum + sale.proceeds, 0);
    if (proceeds <= bought) {
      this.#cost += bought - proceeds;
      return;
    }
    const share = 1 - bought / proceeds;
    const cost = this.#use(gross * share);
    for (const sale of sales) {
      const part = sale.proceeds / proceeds;
      const taxed = { ...sale, quantity: sale.quantity * share, proceeds: sale.proceeds * share };
      this.#recognise(sale.asset, taxed, cost * part);
    }
  }

  /** A coin bought with cash that is one (`units` above 0), or sold for it, at a value: only who holds what changes. */
  swap(asset: number, units: number, value: number, time: number): void {
    if (units > 0) this.#hold(asset, units, value, time);
    else {
      this.#release(asset, -units);
      this.#holdCash(time);
    }
  }

  acquire(asset: number, quantity: number, cost: number, _price: number, time: number): void {
    if (asset === this.#cashAsset) this.#holdCash(time);
    else this.#hold(asset, quantity, cost, time);
    if (this.#decision) this.#decision.bought += cost;
    else {
      this.#cost += cost;
      this.#value += cost;
    }
  }

  dispose(asset: number, quantity: number, proceeds: number, gross: number, time: number, cause: number): boolean {
    const units = asset === this.#cashAsset ? this.#cashOf(quantity) : this.#release(asset, quantity);
    if (units === 0) return false;
    const sale = { disposal: this.#disposals++, quantity: units, proceeds, time, cause, asset, gross };
    if (this.#decision) this.#decision.sales.push(sale);
    else {
      this.#recognise(asset, sale, this.#use(gross));
      this.#value -= gross;
    }
    return true;
  }

  settle(): void {}
  endYear(): void {}

  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink, gross = proceeds): void {
    if (this.#cashAsset >= 0) return;
    const units = Math.min(quantity, this.#holdings.quantity[asset]!);
    const price = (proceeds * units) / quantity;
    if (!(units > 0)) return;
    const everything = this.#holdings.quantity.every((held, other) => held === 0 || (other === asset && held === units));
    const share = everything ? 1 : this.#shareOf((gross * units) / quantity);
    sink.count(price - this.#cost * share, false, time, 1);
    sink.sold?.(price, time);
  }

  foreseeAll(proceeds: Float64Array, time: number, sink: ResultSink): void {
    const price = proceeds.reduce((sum, value) => sum + value, this.#cash);
    // Coins that are all owed leave nothing to sell for money.
    if (this.#cashAsset >= 0 ? !(price > 0) : !this.#holdings.quantity.some((units) => units > 0)) return;
    sink.count(price - this.#cost, false, time, 1);
    sink.sold?.(price, time);
  }

  held(asset: number): number {
    return this.#holdings.quantity[asset]!;
  }

  /** A coin's share of the net acquisition price, by what its units cost on their own: cash its face. All shares add up to it. */
  basis(asset: number): number {
    const cash = Math.max(0, this.#cash);
    const own = this.#own.reduce((sum, cost) => sum + cost, cash);
    return own > 0 ? this.#cost * ((asset === this.#cashAsset ? cash : this.#own[asset]!) / own) : 0;
  }

  nextQuantity(asset: number): number {
    return this.held(asset);
  }

  /** Whether cash is one of the coins. */
  get cashIsCoin(): boolean {
    return this.#cashAsset >= 0;
  }

  lots(asset: number): LotView[] {
    const isCash = asset === this.#cashAsset;
    const quantity = isCash ? Math.max(0, this.#cash) : this.held(asset);
    if (quantity === 0) return [];
    const acquired = this.#since[asset]!;
    return [{ asset: isCash ? 'cash' : this.#assets[asset]!, acquired, quantity, cost: this.basis(asset), longTerm: false }];
  }

  parts(): { final: readonly MatchedPart[]; provisional: readonly MatchedPart[] } {
    return { final: this.#parts, provisional: [] };
  }

  #hold(asset: number, quantity: number, cost: number, time: number): void {
    if (!(this.#holdings.quantity[asset]! > 0) || time < this.#since[asset]!) this.#since[asset] = time;
    this.#holdings.add(asset, quantity, time);
    this.#own[asset] = this.#own[asset]! + cost;
  }

  #holdCash(time: number): void {
    if (Number.isNaN(this.#since[this.#cashAsset]!)) this.#since[this.#cashAsset] = time;
  }

  /** Takes units off and returns how many. */
  #release(asset: number, quantity: number): number {
    const before = this.#holdings.quantity[asset]!;
    const units = this.#holdings.take(asset, quantity);
    if (units !== 0) this.#own[asset] = this.#own[asset]! * (1 - units / before);
    return units;
  }

  /** 0 where it is nothing but rounding of what is held: forced sales cover debts to the last digit but one. */
  #cashOf(quantity: number): number {
    return quantity <= DUST * Math.abs(this.#value) ? 0 : quantity;
  }

  #shareOf(gross: number): number {
    if (Number.isNaN(this.#value)) {
      throw new ConfigError('tax-portfolio-value', 'the portfolio method needs the value of all coins just before a sale', {
        hint: 'give portfolioValue with every sale for money',
      });
    }
    return gross < this.#value ? gross / this.#value : 1;
  }

  /** Takes a sale's share off the net acquisition price and returns it; all of it when nothing is left. */
  #use(gross: number): number {
    const left = this.#cashAsset >= 0 || this.#holdings.quantity.some((units) => units > 0);
    const used = this.#cost * (left ? this.#shareOf(gross) : 1);
    this.#cost -= used;
    return used;
  }

  #recognise(asset: number, sale: Sale, cost: number): void {
    this.#sink.count(sale.proceeds - cost, false, sale.time, 1);
    this.#sink.sold?.(sale.proceeds, sale.time);
    if (!this.#keepParts) return;
    this.#parts.push(matchedPart(asset, sale, { quantity: sale.quantity, cost, rule: 'portfolio', acquired: NaN }));
  }
}
