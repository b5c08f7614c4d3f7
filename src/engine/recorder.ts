import type { Market } from '../market/market.ts';
import type { FillColumns, FullColumns, RunEvent } from '../result/run-result.ts';
import { FillLog } from './fill-log.ts';
import type { BatchPricing } from './fill-log.ts';
import { HoldingsLog } from './holdings-log.ts';
import type { HoldingColumns } from './holdings-log.ts';
import { MoneyLog } from './money-log.ts';

const NOTHING = new Float64Array(0);

/**
 * What a run writes down. Lean: equity and accrued tax per bar, counts and totals. Full: money per bar, fills, holdings and events besides;
 * what follows from holdings and marks is made when it is read. Columns are preallocated, logs grow by doubling: a bar allocates nothing.
 */
export class Recorder {
  readonly full: boolean;
  readonly equity: Float64Array;
  readonly taxAccrued: Float64Array;
  /** Net flow per bar; allocated with the first flow. */
  flows: Float64Array | null = null;

  spotTraded = 0;
  futuresTraded = 0;
  fillCount = 0;
  orders = 0;
  rejected = 0;
  forcedSales = 0;
  liquidations = 0;

  readonly events: RunEvent[] = [];
  /** Full records only, as is what follows; else of no length. */
  readonly afterLiquidation: Float64Array;
  readonly taxDeferred: Float64Array;
  readonly marginRatio: Float64Array;
  readonly money: MoneyLog | null;
  readonly fillLog: FillLog | null;
  readonly holdings: HoldingsLog | null;
  /** Columns of the inverse contracts, by instrument: their results have a course of their own, so that each bar writes them. */
  readonly inverse: ReadonlyMap<number, HoldingColumns>;

  readonly #market: Market;
  readonly #currency: string;

  constructor(full: boolean, market: Market, currency: string, pricing: Omit<BatchPricing, 'bars' | 'first'>) {
    const bars = market.length - market.first;
    this.full = full;
    this.#market = market;
    this.#currency = currency;
    this.equity = new Float64Array(bars);
    this.taxAccrued = new Float64Array(bars);
    const column = (): Float64Array => (full ? new Float64Array(bars) : NOTHING);
    this.afterLiquidation = column();
    this.taxDeferred = column();
    // Contracts alone have a margin ratio.
    this.marginRatio = market.instruments.length === market.spotCount ? NOTHING : column().fill(NaN);
    this.money = full ? new MoneyLog() : null;
    this.fillLog = full ? new FillLog({ ...pricing, bars: market.length, first: market.first }) : null;
    this.holdings = this.fillLog === null ? null : new HoldingsLog(market, this.fillLog);
    const inverse = full ? [...market.instruments.keys()].filter((j) => market.instruments[j]!.contract === 'inverse') : [];
    this.inverse = new Map(inverse.map((j) => [j, { share: column(), priceProfit: column(), indexProfit: column() }]));
  }

  /** Adds a flow to its bar. */
  flow(bar: number, amount: number): void {
    this.flows ??= new Float64Array(this.equity.length);
    this.flows[bar] = this.flows[bar]! + amount;
  }

  /** Counts spot fills, of which each was an order; `traded` is their notional. */
  countSpot(fills: number, traded: number): void {
    this.fillCount += fills;
    this.orders += fills;
    this.spotTraded += traded;
  }

  /** Counts one fill of a contract; `orders` is 0 when no order brought it about (expiry, liquidation). */
  countContract(orders: 0 | 1, traded: number): void {
    this.fillCount++;
    this.orders += orders;
    this.futuresTraded += traded;
  }

  event(kind: RunEvent['kind'], time: number, bar: number, symbol: string | null, amount: number, message: string): void {
    if (this.full) this.events.push({ kind, time, bar, symbol, amount, message });
  }

  /** The fills of a full record as columns of names and numbers. */
  fills(): FillColumns {
    const { instruments } = this.#market;
    return this.fillLog!.columns({
      symbols: instruments.map(({ symbol }) => symbol),
      bases: instruments.map(({ base }) => base),
      currency: this.#currency,
    });
  }

  /** The full record's columns under the names of the result. */
  fullColumns(): FullColumns {
    const { instruments, spotCount } = this.#market;
    const columns = instruments.map((_, j) => this.inverse.get(j) ?? this.holdings!.columnsOf(j, this.equity));
    const named = (from: number, to: number, read: (of: HoldingColumns) => Float64Array): Record<string, Float64Array> =>
      Object.fromEntries(columns.slice(from, to).map((of, k) => [instruments[from + k]!.symbol, read(of)]));
    const coins = [...new Set(instruments.map(({ base }) => base))];
    const exposure = coins.map(
      (coin) => [coin, sumOf(columns.filter((_, j) => instruments[j]!.base === coin).map(({ share }) => share))] as const,
    );
    return {
      ...this.money!.columns(this.equity.length),
      afterLiquidation: this.afterLiquidation,
      taxDeferred: this.taxDeferred,
      marginRatio: this.marginRatio.length > 0 ? this.marginRatio : new Float64Array(this.equity.length).fill(NaN),
      weights: named(0, spotCount, ({ share }) => share),
      exposure: Object.fromEntries(exposure),
      spot: named(0, spotCount, ({ priceProfit }) => priceProfit),
      futuresIndex: named(spotCount, columns.length, ({ indexProfit }) => indexProfit),
      futuresBasis: named(spotCount, columns.length, ({ priceProfit, indexProfit }) =>
        priceProfit.map((profit, bar) => profit - indexProfit[bar]!),
      ),
    };
  }
}

/** The sum of columns, value by value; a lone column is its own sum. */
function sumOf(columns: readonly Float64Array[]): Float64Array {
  const [first, ...others] = columns;
  if (others.length === 0) return first!;
  return first!.map((value, bar) => others.reduce((sum, column) => sum + column[bar]!, value));
}
