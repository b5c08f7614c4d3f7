import { namesOf } from '../core/column.ts';
import { CAUSES } from '../tax/ledger.ts';
import type { FillColumns, FullColumns, RunEvent } from '../result/run-result.ts';

const INITIAL_FILLS = 256;
const NOTHING = new Float64Array(0);

/** Names the recorder needs to turn indices back into words. */
export interface RecorderNames {
  readonly symbols: readonly string[];
  readonly spotCount: number;
  /** Base coin of each symbol. */
  readonly bases: readonly string[];
  readonly currency: string;
}

/**
 * What a run writes down. Lean: equity and accrued tax per bar, counts and totals. Full: every column, fill and event besides.
 * Columns are preallocated, fills grow by doubling: writing a bar allocates nothing.
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
  /** Fills written. */
  rows = 0;
  orders = 0;
  rejected = 0;
  forcedSales = 0;
  liquidations = 0;

  readonly events: RunEvent[] = [];
  readonly columns: Record<ColumnName, Float64Array>;
  /** Signed notional / equity per instrument: weights of spot, what contracts add to exposure. */
  readonly shares: Float64Array[];
  readonly priceProfit: Float64Array[];
  /** Per contract, 0-based. */
  readonly indexProfit: Float64Array[];

  readonly #names: RecorderNames;
  readonly #bars: number;
  #time = NOTHING;
  #bar = new Int32Array(0);
  #instrument = new Int32Array(0);
  #quantity = NOTHING;
  #reference = NOTHING;
  #price = NOTHING;
  #fee = NOTHING;
  #slippage = NOTHING;
  #realised = NOTHING;
  #cause = new Uint8Array(0);
  #feeInBase = new Uint8Array(0);
  #tag: string[] = [];

  constructor(full: boolean, bars: number, names: RecorderNames) {
    this.full = full;
    this.#bars = bars;
    this.#names = names;
    this.equity = new Float64Array(bars);
    this.taxAccrued = new Float64Array(bars);
    const column = (): Float64Array => (full ? new Float64Array(bars) : NOTHING);
    this.columns = Object.fromEntries(COLUMN_NAMES.map((name) => [name, column()])) as Record<ColumnName, Float64Array>;
    this.shares = names.symbols.map(column);
    this.priceProfit = names.symbols.map(column);
    this.indexProfit = names.symbols.slice(names.spotCount).map(column);
    if (full) this.columns.marginRatio.fill(NaN);
    if (full) this.#growFills(INITIAL_FILLS);
  }

  /** Adds a flow to its bar. */
  flow(bar: number, amount: number): void {
    this.flows ??= new Float64Array(this.#bars);
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

  /** Writes one fill (full records only); `fee` is in base units when it was kept from the coin bought. */
  write(
    time: number,
    bar: number,
    instrument: number,
    quantity: number,
    reference: number,
    price: number,
    fee: number,
    feeInBase: boolean,
    slippage: number,
    realised: number,
    tag: string,
    cause: number,
  ): void {
    if (!this.full) return;
    const row = this.rows++;
    if (row === this.#time.length) this.#growFills(2 * row);
    this.#time[row] = time;
    this.#bar[row] = bar;
    this.#instrument[row] = instrument;
    this.#quantity[row] = quantity;
    this.#reference[row] = reference;
    this.#price[row] = price;
    this.#fee[row] = fee;
    this.#feeInBase[row] = feeInBase ? 1 : 0;
    this.#slippage[row] = slippage;
    this.#realised[row] = realised;
    this.#cause[row] = cause;
    this.#tag[row] = tag;
  }

  event(kind: RunEvent['kind'], time: number, bar: number, symbol: string | null, amount: number, message: string): void {
    if (this.full) this.events.push({ kind, time, bar, symbol, amount, message });
  }

  #growFills(length: number): void {
    const wider = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.#time = wider(this.#time, new Float64Array(length));
    this.#bar = wider(this.#bar, new Int32Array(length));
    this.#instrument = wider(this.#instrument, new Int32Array(length));
    this.#quantity = wider(this.#quantity, new Float64Array(length));
    this.#reference = wider(this.#reference, new Float64Array(length));
    this.#price = wider(this.#price, new Float64Array(length));
    this.#fee = wider(this.#fee, new Float64Array(length));
    this.#slippage = wider(this.#slippage, new Float64Array(length));
    this.#realised = wider(this.#realised, new Float64Array(length));
    this.#cause = wider(this.#cause, new Uint8Array(length));
    this.#feeInBase = wider(this.#feeInBase, new Uint8Array(length));
  }

  /** The fills as columns of names and numbers. */
  fills(baseOf: (instrument: number) => string): FillColumns {
    const count = this.rows;
    const instruments = this.#instrument.subarray(0, count);
    const { symbols, currency } = this.#names;
    const feeCurrencies = [currency, ...symbols.map((_, instrument) => baseOf(instrument))];
    const feeIn = instruments.map((instrument, row) => (this.#feeInBase[row] === 1 ? instrument + 1 : 0));
    return {
      time: this.#time.slice(0, count),
      bar: this.#bar.slice(0, count),
      symbol: namesOf(instruments, symbols),
      quantity: this.#quantity.slice(0, count),
      referencePrice: this.#reference.slice(0, count),
      price: this.#price.slice(0, count),
      fee: this.#fee.slice(0, count),
      feeCurrency: namesOf(feeIn, feeCurrencies),
      slippage: this.#slippage.slice(0, count),
      realised: this.#realised.slice(0, count),
      tag: this.#tag.slice(0, count),
      cause: namesOf(this.#cause.subarray(0, count), CAUSES),
    };
  }

  /** The full record's columns under the names of the result. */
  fullColumns(): FullColumns {
    const { symbols, spotCount, bases } = this.#names;
    const coins = [...new Set(bases)];
    const spot = symbols.slice(0, spotCount);
    const contracts = symbols.slice(spotCount);
    const named = (names: readonly string[], columns: readonly Float64Array[]): Record<string, Float64Array> =>
      Object.fromEntries(names.map((name, k) => [name, columns[k]!]));
    return {
      ...this.columns,
      weights: named(spot, this.shares),
      exposure: named(
        coins,
        coins.map((coin) => sumOf(this.shares.filter((_, k) => bases[k] === coin))),
      ),
      spot: named(spot, this.priceProfit),
      futuresIndex: named(contracts, this.indexProfit),
      futuresBasis: named(
        contracts,
        contracts.map((_, k) => this.priceProfit[spotCount + k]!.map((profit, bar) => profit - this.indexProfit[k]![bar]!)),
      ),
    };
  }
}

const COLUMN_NAMES = [
  'cash',
  'afterLiquidation',
  'taxDeferred',
  'marginRatio',
  'funding',
  'interest',
  'fees',
  'slippage',
  'taxes',
  'liquidation',
] as const;
type ColumnName = (typeof COLUMN_NAMES)[number];

/** The sum of columns, value by value; a lone column is its own sum. */
function sumOf(columns: readonly Float64Array[]): Float64Array {
  const [first, ...others] = columns;
  if (others.length === 0) return first!;
  return first!.map((value, bar) => others.reduce((sum, column) => sum + column[bar]!, value));
}
