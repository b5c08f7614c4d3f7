import { FEE, GROSS, TRADE, UNITS, loneTrade, tradeEach } from './spot-trades.ts';
import type { SpotTrades } from './spot-trades.ts';
import type { ZoneClock } from '../core/zone.ts';
import type { ExchangeRate } from './exchange.ts';
import { deferEach } from './exit.ts';
import type { Exit } from './exit.ts';
import type { GainColumns, HoldingRules, LedgerWants, LotView, TaxLedger, TaxYear } from './ledger.ts';

/**
 * A ledger that reckons in another currency or by another clock than the account: amounts go in at the rate of their day and come out at
 * the rate of the moment they are asked for, moments go in as the zone's wall clock and come out as UTC.
 *
 * Tax years and what they carry stay in the regime's currency; gain lines are in account currency and tell their rate.
 */
export class TranslatedLedger implements TaxLedger {
  readonly wants: LedgerWants;
  readonly holding: HoldingRules;
  readonly #inner: TaxLedger;
  /** null: the currencies agree. */
  readonly #exchange: ExchangeRate | null;
  /** null: UTC. */
  readonly #zone: ZoneClock | null;
  readonly #proceeds: Float64Array;
  readonly #contracts: Float64Array;
  /** One fill in the regime's currency. */
  readonly #fill: SpotTrades = loneTrade(0, 0, 0, 0);
  #now: number;
  /** The moment last told: before now where a liquidation lies before events of its bar that were told first. */
  #told: number;
  /** The latest that the zone's clock has shown. */
  #latest: number;

  constructor(
    inner: TaxLedger,
    exchange: ExchangeRate | null,
    zone: ZoneClock | null,
    {
      assets,
      contracts,
      start,
    }: { readonly assets: readonly string[]; readonly contracts: readonly string[]; readonly start: number },
  ) {
    this.#inner = inner;
    this.#exchange = exchange;
    this.#zone = zone;
    this.#proceeds = new Float64Array(assets.length);
    this.#contracts = new Float64Array(contracts.length);
    this.#now = start;
    this.#told = start;
    this.#latest = zone === null ? start : zone.toLocal(start);
    this.holding = inner.holding;
    this.wants = { ...inner.wants, drift: exchange?.moves ?? false };
  }

  advance(time: number): void {
    this.#told = time;
    if (!(time > this.#now)) return;
    this.#now = time;
    this.#latest = this.#local(time);
  }

  acquire(asset: number, quantity: number, gross: number, fee: number, time: number): void {
    const rate = this.#rate(time);
    this.#inner.acquire(asset, quantity, gross / rate, fee / rate, this.#local(time));
  }

  dispose(asset: number, quantity: number, gross: number, fee: number, time: number, cause: number): void {
    const rate = this.#rate(time);
    this.#inner.dispose(asset, quantity, gross / rate, fee / rate, this.#local(time), cause);
  }

  trade(fills: SpotTrades, from: number, to: number, time: number, cause: number): void {
    if (this.wants.cash) this.#swap(fills, from, to, time, cause);
    else tradeEach(this, fills, from, to, time, cause);
  }

  contractFee(contract: number, fee: number, time: number): void {
    this.#inner.contractFee(contract, fee / this.#rate(time), this.#local(time));
  }

  contractFunding(contract: number, amount: number, time: number): void {
    this.#inner.contractFunding(contract, amount / this.#rate(time), this.#local(time));
  }

  contractReduce(contract: number, share: number, result: number, time: number, cause: number): void {
    this.#inner.contractReduce(contract, share, result / this.#rate(time), this.#local(time), cause);
  }

  get yearEnd(): number {
    return this.#utc(this.#inner.yearEnd);
  }

  get nextDue(): number {
    return this.#utc(this.#inner.nextDue);
  }

  closeYears(time: number): void {
    this.#inner.closeYears(this.#local(time));
  }

  payDue(time: number): number {
    return this.#inner.payDue(this.#local(time)) * this.#rate(time);
  }

  accrued(): number {
    return this.#inner.accrued() * this.#rate(this.#now);
  }

  deferred(proceeds: Float64Array, contracts: Float64Array, time: number, coinCosts?: Float64Array): number {
    const rate = this.#rate(time);
    const inOwn = this.#scale(proceeds, this.#proceeds, rate);
    const results = this.#scale(contracts, this.#contracts, rate);
    return (
      this.#inner.deferred(
        inOwn,
        results,
        this.#local(time),
        coinCosts?.map((cost) => cost / rate),
      ) * rate
    );
  }

  deferredBoth(exit: Exit, into: Float64Array): void {
    deferEach(this, exit, into);
  }

  taxIfSold(asset: number, quantity: number, proceeds: number, time: number, gross = proceeds): number {
    const rate = this.#rate(time);
    return this.#inner.taxIfSold(asset, quantity, proceeds / rate, this.#local(time), gross / rate) * rate;
  }

  taxIfSoldLongTerm(asset: number, quantity: number, proceeds: number, time: number, gross = proceeds): number {
    const rate = this.#rate(time);
    return this.#inner.taxIfSoldLongTerm(asset, quantity, proceeds / rate, this.#local(time), gross / rate) * rate;
  }

  withheld(): number {
    return this.#inner.withheld() * this.#rateOn(this.#told);
  }

  see(value: number, cash = 0): void {
    const rate = this.#rateOn(this.#told);
    this.#inner.see(value / rate, cash / rate);
  }

  decide(value: number, cash = 0): void {
    const rate = this.#rateOn(this.#told);
    this.#inner.decide(value / rate, cash / rate);
  }

  decided(): void {
    this.#inner.decided();
  }

  markYear(values: Float64Array, unrealised: Float64Array, time: number): void {
    const rate = this.#rate(time);
    const inOwn = this.#scale(values, this.#proceeds, rate);
    this.#inner.markYear(inOwn, this.#scale(unrealised, this.#contracts, rate), this.#local(time));
  }

  contractMoved(contract: number, quantity: number, price: number, time: number): void {
    this.#inner.contractMoved(contract, quantity, price / this.#rate(time), this.#local(time));
  }

  nameLots(asset: number, lots: readonly number[]): void {
    this.#inner.nameLots(asset, lots);
  }

  quantity(asset: number): number {
    return this.#inner.quantity(asset);
  }

  basis(asset: number): number {
    return this.#inner.basis(asset) * this.#rate(this.#now);
  }

  nextLotQuantity(asset: number): number {
    return this.#inner.nextLotQuantity(asset);
  }

  lots(asset: number, time: number): LotView[] {
    const rate = this.#rate(time);
    // Units of cash, which is the last of the coins where it is one, are money.
    const ofUnits = asset === this.#proceeds.length ? rate : 1;
    return this.#inner.lots(asset, this.#local(time)).map((lot) => {
      return { ...lot, acquired: this.#utc(lot.acquired), quantity: lot.quantity * ofUnits, cost: lot.cost * rate };
    });
  }

  release(): void {
    this.#inner.release?.();
  }

  get disposals(): number {
    return this.#inner.disposals;
  }

  get paid(): number {
    return this.#inner.paid;
  }

  gains(): GainColumns {
    const gains = this.#inner.gains();
    const disposed = gains.disposed.map((time) => this.#utc(time));
    const rate = disposed.map((time) => this.#rateOn(time));
    const inAccount = (amounts: Float64Array): Float64Array => amounts.map((amount, row) => amount * rate[row]!);
    return {
      ...gains,
      acquired: gains.acquired.map((time) => this.#utc(time)),
      disposed,
      proceeds: inAccount(gains.proceeds),
      cost: inAccount(gains.cost),
      gain: inAccount(gains.gain),
      denied: inAccount(gains.denied),
      rate,
    };
  }

  years(): TaxYear[] {
    return this.#inner.years().map((year) => {
      const [start, end, due] = [year.start, year.end, year.due].map((time) => this.#utc(time));
      return { ...year, start: start!, end: end!, due: due! };
    });
  }

  /** Swaps are no purchases and sales: they stay fills. */
  #swap(fills: SpotTrades, from: number, to: number, time: number, cause: number): void {
    const rate = this.#rate(time);
    const { assets, rows } = fills;
    const own = this.#fill;
    for (let row = from; row < to; row++) {
      const trade = TRADE * row;
      own.assets[0] = assets[row]!;
      own.rows[UNITS] = rows[trade + UNITS]!;
      own.rows[GROSS] = rows[trade + GROSS]! / rate;
      own.rows[FEE] = rows[trade + FEE]! / rate;
      this.#inner.trade(own, 0, 1, this.#local(time), cause);
    }
  }

  /** The rate of a moment that has come: it is now. */
  #rate(time: number): number {
    this.advance(time);
    return this.#rateOn(time);
  }

  #rateOn(time: number): number {
    return this.#exchange === null ? 1 : this.#exchange.at(time);
  }

  /** When clocks go back, the hour that comes twice stands still the second time: what was bought in it is not sold before. */
  #local(time: number): number {
    if (this.#zone === null) return time;
    const local = this.#zone.toLocal(time);
    return time >= this.#now ? Math.max(this.#latest, local) : local;
  }

  #utc(local: number): number {
    return this.#zone === null ? local : this.#zone.toUtc(local);
  }

  #scale(amounts: Float64Array, into: Float64Array, rate: number): Float64Array {
    for (let k = 0; k < into.length; k++) into[k] = amounts[k]! / rate;
    return into;
  }
}
