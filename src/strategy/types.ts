import type { z } from 'zod';
import type { CalendarUnit } from '../core/time.ts';
import type { Target } from '../result/run-result.ts';
import type { LotView } from '../tax/ledger.ts';
import type { LotMethod } from '../tax/methods.ts';

export interface OrderOptions {
  /** Why: every fill carries it and the report shows it. */
  readonly tag: string;
  /** Only ever makes the position smaller. */
  readonly reduceOnly?: boolean;
  /**
   * For a sale of spot: the lots to sell first, by their `id` (`portfolio.lots`), under specific identification; another method of the
   * regime goes by its own order. They are named for this order alone, over as many bars as it fills in.
   */
  readonly lots?: readonly number[];
  /** For a contract: notional / initial margin; the account's leverage when absent. */
  readonly leverage?: number;
  /** Bars in which the order may fill, 1: the next only; absent: until filled or cancelled (market orders wait only while nothing trades). */
  readonly timeInForceBars?: number;
}

/** What the market refuses is a value; misuse (unknown symbol, NaN, weights over 1) throws. */
export type OrderResult = { readonly ok: true; readonly order: number } | { readonly ok: false; readonly reason: string };

export interface Orders {
  /** Buys (positive) or sells (negative) a quantity at the next open (or this close under `fill: close`). */
  market(symbol: string, quantity: number, options: OrderOptions): OrderResult;
  /** Rests from the next bar's start until it trades through `price`. */
  limit(symbol: string, quantity: number, price: number, options: OrderOptions): OrderResult;
  /** Brings holding or position to `quantity` at the fill, net of other pending orders; replaces an older target of the symbol. */
  target(symbol: string, quantity: number, options: OrderOptions): OrderResult;
  /** As `target`, in account currency at the last mark. */
  targetNotional(symbol: string, notional: number, options: OrderOptions): OrderResult;
  /** Spot weights of equity, made units at the fill; symbols not named are left alone. Weights over 1 in sum throw. */
  targetWeights(weights: Readonly<Record<string, number>>, options: OrderOptions): OrderResult;
  /**
   * Closes all of `from` and opens as much of `to` at the same fill, as a pair: both legs trade or both wait. The two are contracts of one
   * coin and one kind; the size is the position at the fill, and nothing happens where none is left.
   */
  roll(from: string, to: string, options: OrderOptions): OrderResult;
  /** Takes back what still waits of an order; of `targetWeights`, of all coins it names. False where nothing waits. */
  cancel(order: number): boolean;
}

/** An order that has not been sent, to be asked about. */
export interface ProposedOrder {
  readonly symbol: string;
  /** Signed, as for `orders.market`. */
  readonly quantity: number;
  /** The account's when absent. */
  readonly leverage?: number;
}

export interface Portfolio {
  readonly cash: number;
  readonly equity: number;
  /** equity − tax accrued */
  readonly afterTax: number;
  /** Spot value / equity. */
  weight(symbol: string): number;
  /** Spot units, or signed position. */
  quantity(symbol: string): number;
  /** Spot value, or signed notional at mark, in account currency. */
  value(symbol: string): number;
  /** (Spot plus delta of contracts) / equity, by base coin. */
  exposure(base: string): number;
  /** Columns in the order of `needs.symbols`, refreshed for each step; valid until the handler returns. */
  readonly weights: Float64Array;
  readonly quantities: Float64Array;
  unrealizedGain(symbol: string): number;
  /** Tax that selling `quantity` now at the last price would add to this year's bill; 0 where it is less than a billionth of what that brings. */
  taxIfSold(symbol: string, quantity: number): number;
  /** The same, were all of it long-term; equal where the regime does not look at time. */
  taxIfSoldLongTerm(symbol: string, quantity: number): number;
  /** The moment (UTC ms) from which a lot acquired at another is long-term; null where the regime does not look at time. */
  longTermFrom(acquired: number): number | null;
  /** Whether a loss counts though the coin is bought back at once; false where nothing is taxed. */
  readonly lossesCountAtOnce: boolean;
  /** Whether a sale is taxed only as far as the same decision buys no other coins with it; `taxIfSold` is of a sale that buys none. */
  readonly swapsUntaxed: boolean;
  /** How a sale gets its cost, where the order names no lots. */
  readonly lotMethod: LotMethod;
  lots(symbol: string): readonly LotView[];
  /** Notional / initial margin of orders that name none. */
  readonly leverage: number;
  /** Margin balance − initial margin, account currency. */
  readonly freeMargin: number;
  /** Balance / maintenance of the margin account that is nearest to liquidation; Infinity without positions. */
  readonly marginRatio: number;
  /** Initial margin that an order would add at the last mark, account currency; less what it frees where it reduces a position. 0 for spot. */
  initialMarginFor(order: ProposedOrder): number;
  /** Mark at which the position's account liquidates, others held at their marks; null when no price does it. */
  liquidationPrice(symbol: string): number | null;
}

export interface MarketView {
  /** The bar's close, UTC ms. */
  readonly time: number;
  /** 0 at the run's first bar. */
  readonly bar: number;
  /** Length of a bar, ms. */
  readonly step: number;
  /** Last traded close of this bar; NaN when it did not trade. */
  close(symbol: string): number;
  /** Valuation mark, carried over gaps. */
  mark(symbol: string): number;
  tradable(symbol: string): boolean;
  /** Last closes of the bar in the order of `needs.symbols`. */
  readonly closesNow: Float64Array;
  /** The last `bars` closes, oldest first, look-back included; shorter when history is. A copy, as every window: yours to sort and change. */
  closes(symbol: string, bars: number): Float64Array;
  /** Valuation marks, oldest first: no gaps. */
  marks(symbol: string, bars: number): Float64Array;
  /** Last settled funding rate of a perpetual; NaN before the first. */
  fundingRate(symbol: string): number;
  /** The perpetual of a base coin in this market that fits the account's collateral; null when there is none. */
  perpetual(base: string): string | null;
  /** The dated futures of a base coin that are listed now and fit the account's collateral, the next to expire first. */
  futures(base: string): readonly FutureView[];
  /** OLS beta of daily log returns to BTC over the trailing `days`; NaN below 60 observations. */
  beta(symbol: string, days: number): number;
  correlation(a: string, b: string, days: number): number;
  /** Annualised, of daily log returns. */
  volatility(symbol: string, days: number): number;
  /** Rates that a perpetual settled in the trailing `days`, oldest first; empty before the first. */
  fundingRates(symbol: string, days: number): Float64Array;
  /** NaN where unknown. */
  openInterest(base: string): number;
  /** The last `bars` values of a coin's open interest, oldest first, look-back included; empty where unknown. */
  openInterests(base: string, bars: number): Float64Array;
  /** What a market order costs, as a share of its notional: the venue's taker fee and half its spread, without impact. */
  tradingCost(symbol: string): number;
  /** True at the run's bar 0 and at the first close at or after each 00:00 UTC boundary (weeks start on Monday). */
  isBoundary(unit: CalendarUnit): boolean;
}

/** A dated future as it stands at the close of this bar. */
export interface FutureView {
  readonly symbol: string;
  readonly contract: 'linear' | 'inverse';
  /** UTC ms */
  readonly expiry: number;
  /** From now to the expiry; a fraction where the expiry is not at midnight. */
  readonly days: number;
  readonly mark: number;
  /** Simple, over 365 days: (mark / spot − 1) × 365 / days; NaN where the market has no spot of the coin. */
  readonly annualisedBasis: number;
  /** Whether it traded in this bar. Some sources end a week before the expiry. */
  readonly tradable: boolean;
}

/** What I may know, what I have, what I may ask. Built once per run and reused. */
export interface Step {
  readonly market: MarketView;
  readonly portfolio: Portfolio;
  readonly orders: Orders;
}

export interface FillEvent {
  readonly symbol: string;
  readonly quantity: number;
  readonly price: number;
  readonly tag: string;
  readonly cause: string;
}
export interface FundingEvent {
  readonly symbol: string;
  readonly rate: number;
  readonly amount: number;
  readonly time: number;
}
export interface ExpiryEvent {
  readonly symbol: string;
  readonly price: number;
  readonly result: number;
  readonly time: number;
}
export interface LiquidationEvent {
  readonly symbols: readonly string[];
  readonly loss: number;
  readonly time: number;
}

/**
 * When `onBar` is worth calling. It is always called at the run's first decision; afterwards only at bars where this holds, which the
 * kernel tests on its own arrays (a declared band costs a third of a callback at every bar).
 */
export type Wake =
  | {
      readonly kind: 'outside';
      readonly weights: Readonly<Record<string, number>>;
      readonly band: number;
      readonly bandKind: 'absolute' | 'relative';
    }
  | { readonly kind: 'calendar'; readonly every: CalendarUnit };

export interface Handlers {
  readonly wake?: Wake;
  onBar?(step: Step): void;
  onFill?(fill: FillEvent, step: Step): void;
  onFunding?(event: FundingEvent, step: Step): void;
  onExpiry?(event: ExpiryEvent, step: Step): void;
  onLiquidation?(event: LiquidationEvent, step: Step): void;
}

export const HANDLER_NAMES = [
  'onBar',
  'onFill',
  'onFunding',
  'onExpiry',
  'onLiquidation',
] as const satisfies readonly (keyof Handlers)[];

export interface Needs {
  /** Spot (or any catalog) symbols, in the order of the façade's columns. */
  readonly symbols: readonly string[];
  /** Base coins whose perpetual (fitting the account's collateral) must be in the market. */
  readonly perpetuals?: readonly string[];
  /** Base coins whose dated futures (fitting the account's collateral) must be in the market: all that trade in the period. */
  readonly futures?: readonly string[];
  /** Days of look-back before the first decision. */
  readonly lookbackDays?: number;
  /** Bars of look-back, where an indicator counts bars; the longer of the two holds. */
  readonly lookbackBars?: number;
  /** The collateral this strategy asks its account for, over the experiment's. */
  readonly collateral?: 'cash' | 'coin' | 'multi-asset';
  /** The lot method this strategy asks its account to use, where the regime has it, if for comparison only, and the experiment names none. */
  readonly lots?: LotMethod;
}

/** A target whose weights go by the names of spot series, with the coins that those are. */
export interface StrategyTarget extends Target {
  /** The coin, its base, of every spot series there is, by name: `XBT` may be one of BTC. A series that is not in it is called as its coin. */
  readonly coins?: Readonly<Record<string, string>>;
}

/** What the experiment gives every strategy besides its parameters. */
export interface NeedsContext {
  /** The experiment's target: the default of every strategy. */
  readonly target: StrategyTarget;
  /** Whether the account starts with lots. */
  readonly hasLots: boolean;
}

export interface SetupContext<P> extends NeedsContext {
  readonly params: P;
  /** Seeded, one stream per run; the only randomness a strategy may use. */
  random(): number;
}

// All keys optional even where there is nothing extra: only then does TypeScript refuse an object that shares no key with it.
type NoExtra<H> = { readonly [K in keyof H | keyof Handlers]?: K extends keyof Handlers ? unknown : never };
/** Handlers and nothing else: a misspelt handler is a compile error. */
export type Exact<H extends Handlers> = H & NoExtra<H>;

export interface StrategyDefinition<S extends z.ZodObject = z.ZodObject, H extends Handlers = Handlers> {
  readonly name: string;
  readonly summary: string;
  readonly params: S;
  readonly needs: (params: z.output<S>, context: NeedsContext) => Needs;
  readonly setup: (context: SetupContext<z.output<S>>) => Exact<H>;
}
