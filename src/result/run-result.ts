import type { Notice } from '../core/notice.ts';
import type { InstrumentKind } from '../market/instrument.ts';
import type { SeriesSource } from '../market/market.ts';
import type { FundingReading } from '../tax/funding.ts';
import type { Cause, GainColumns, LotView, TaxYear } from '../tax/ledger.ts';

export const RESULT_SCHEMA_VERSION = 1;

export type BandKind = 'absolute' | 'relative';

/** Coins of a target that share one weight, split anew with the market. */
export interface TargetBucket {
  readonly name: string;
  /** Share of equity of all of them. */
  readonly weight: number;
  readonly of: readonly string[];
  /** As their values stand, or by 1 / volatility. */
  readonly by: 'value' | 'inverseVolatility';
}

/** The yardstick of an experiment: weights of equity by spot series, and how far they may drift. */
export interface Target {
  /** Coins of buckets at an equal split, which is where they start. */
  readonly weights: Readonly<Record<string, number>>;
  /** Absent where every weight is fixed. */
  readonly buckets?: readonly TargetBucket[];
  readonly band: number;
  readonly bandKind: BandKind;
}

export interface ResultInstrument {
  readonly symbol: string;
  readonly kind: InstrumentKind;
  readonly contract: 'linear' | 'inverse' | null;
  readonly base: string;
  readonly quote: string;
  readonly venue: string;
  readonly priceFrom: string | null;
}

/** How a run came about: enough to repeat it and to know whether two runs may be compared. */
export interface Manifest {
  readonly dataHash: string;
  readonly configHash: string;
  readonly sourceHash: string;
  readonly seed: number;
  readonly version: string;
  readonly node: string;
  readonly synthetic: boolean;
  readonly sources: readonly SeriesSource[];
}

/** Margin terms of one contract; rates are fractions of notional. */
export interface ContractAssumptions {
  /** Bands by notional: quote currency (linear) or coin (inverse). */
  readonly maintenance: readonly { readonly floor: number; readonly rate: number }[];
  readonly liquidationFee: number;
  readonly settlementFee: number;
  /** Units of the quantity; 0: none. */
  readonly step: number;
  /** Quote currency; 0: none. */
  readonly minNotional: number;
}

/** What was assumed, in words and figures for the report's last section. */
export interface Assumptions {
  readonly currency: string;
  readonly fill: 'next-open' | 'close';
  readonly collateral: 'cash' | 'coin' | 'multi-asset';
  readonly margin: 'cross' | 'isolated';
  readonly leverage: number;
  readonly marginCall: { readonly at: number; readonly to: number; readonly from: 'spot' | 'cash' | 'none' };
  readonly shortfall: 'pro-rata' | 'largest' | 'least-tax';
  readonly insurance: boolean;
  readonly interest: { readonly cash: number; readonly borrow: number };
  /** How far cash may go below zero, account currency; absent where it may not. */
  readonly borrowLimit?: number;
  readonly riskFree: number;
  readonly venue: string;
  readonly fees: Readonly<
    Record<string, { readonly maker: number; readonly taker: number; readonly halfSpread: number; readonly impact: number }>
  >;
  /** What contracts ask for, by symbol; absent in results that were kept before it was. */
  readonly contracts?: Readonly<Record<string, ContractAssumptions>>;
  readonly venueSources: readonly { readonly figure: string; readonly source: string; readonly asOf: string }[];
  readonly tax: {
    readonly regime: string;
    /** ISO 4217, in which tax years are reckoned; null: the account's. */
    readonly currency: string | null;
    /** Whole years a lot must be held for more than to be long-term; null: time makes no difference; absent in older results. */
    readonly longAfterYears?: number | null;
    /** What tables call the classes of results, by name; absent in older results. */
    readonly classes?: Readonly<Record<string, string>>;
    readonly description: readonly string[];
    readonly sources: readonly string[];
    readonly notModelled: readonly string[];
  };
}

/** One fill per index; columns of equal length. */
export interface FillColumns {
  /** Moment of the price: the open or close it filled at, UTC ms. */
  readonly time: Float64Array;
  /** Bar of the run (0 = its first) in whose step it happened. */
  readonly bar: Int32Array;
  readonly symbol: readonly string[];
  /** Signed: negative sells. */
  readonly quantity: Float64Array;
  readonly referencePrice: Float64Array;
  readonly price: Float64Array;
  /** In `feeCurrency`: the account's, or the coin where the venue keeps its fee from what is bought. */
  readonly fee: Float64Array;
  readonly feeCurrency: readonly string[];
  /** Cost against the reference price, account currency, ≥ 0. */
  readonly slippage: Float64Array;
  /** Price result realised by closing or reducing a contract; 0 for spot. */
  readonly realised: Float64Array;
  readonly tag: readonly string[];
  readonly cause: readonly Cause[];
}

/** What happened that is not a fill, for event lanes: amounts in account currency. */
export interface RunEvent {
  readonly kind: 'funding' | 'tax' | 'flow' | 'liquidation' | 'margin-call' | 'shortfall' | 'expiry' | 'roll' | 'rejected';
  readonly time: number;
  readonly bar: number;
  readonly symbol: string | null;
  readonly amount: number;
  readonly message: string;
}

/** Cumulative sums in account currency at one moment; funding and interest positive when received, the rest ≥ 0 except P&L and flows. */
export interface Attribution {
  readonly netFlows: number;
  readonly spot: Readonly<Record<string, number>>;
  readonly futures: Readonly<Record<string, { readonly index: number; readonly basis: number }>>;
  readonly funding: number;
  readonly interest: number;
  readonly fees: number;
  readonly slippage: number;
  readonly taxes: number;
  readonly liquidation: number;
}

/** What another reading of the tax law would have left; amounts in account currency. */
export interface TaxReading {
  /** What is read otherwise, in words. */
  readonly reading: string;
  /** The choices of `tax` in an experiment that make it the reading of a run. */
  readonly tax: { readonly funding?: FundingReading; readonly straddles?: boolean };
  /** Paid, accrued and deferred at the end. */
  readonly taxes: number;
  readonly finalAfterLiquidation: number;
}

/** Totals kept in both lean and full records. */
export interface RunTotals {
  readonly initialEquity: number;
  readonly finalEquity: number;
  readonly finalAfterTax: number;
  /** afterLiquidation at bar 0, before any order: where its growth is measured from. */
  readonly initialAfterLiquidation: number;
  readonly finalAfterLiquidation: number;
  readonly taxAccrued: number;
  readonly taxDeferred: number;
  /** Bills paid from outside the account (`payFrom: outside`): they lower none of the equities. */
  readonly taxesOutside: number;
  readonly attribution: Attribution;
  /** Σ |notional| of fills. */
  readonly spotTraded: number;
  readonly futuresTraded: number;
  /** Mean over bars of spot value / equity. */
  readonly capitalInMarket: number;
  /** Lowest balance / maintenance, at intrabar marks; null when no contract was held. */
  readonly minMarginRatio: number | null;
  readonly orders: number;
  readonly rejected: number;
  readonly fills: number;
  readonly forcedSales: number;
  readonly liquidations: number;
  readonly taxableDisposals: number;
}

/** Columns of a full record: one value per bar of the run; per-category columns are cumulative. */
export interface FullColumns {
  readonly cash: Float64Array;
  readonly afterLiquidation: Float64Array;
  readonly taxDeferred: Float64Array;
  /** Lowest margin ratio of the bar; NaN when no contract is held. */
  readonly marginRatio: Float64Array;
  /** Spot value / equity by spot symbol. */
  readonly weights: Readonly<Record<string, Float64Array>>;
  /** Net exposure / equity by base coin (spot plus delta of contracts). */
  readonly exposure: Readonly<Record<string, Float64Array>>;
  readonly spot: Readonly<Record<string, Float64Array>>;
  readonly futuresIndex: Readonly<Record<string, Float64Array>>;
  readonly futuresBasis: Readonly<Record<string, Float64Array>>;
  readonly funding: Float64Array;
  readonly interest: Float64Array;
  readonly fees: Float64Array;
  readonly slippage: Float64Array;
  readonly taxes: Float64Array;
  readonly liquidation: Float64Array;
}

/**
 * Everything a run leaves behind; `analysis` and `report` work from this alone, in memory or read back from a run directory.
 *
 * All columns have `time.length` values, one per bar of the run. The engine makes `assumptions`, `manifest` and most of `full` when they are
 * first read; a copy of the result reads them all.
 */
export interface RunResult {
  readonly schemaVersion: typeof RESULT_SCHEMA_VERSION;
  /** Unique within a comparison: the label, else the strategy's name, else `name#2`. */
  readonly id: string;
  readonly strategy: {
    readonly name: string;
    readonly summary: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly source: string;
  };
  readonly instruments: readonly ResultInstrument[];
  readonly interval: string;
  /** ms */
  readonly step: number;
  readonly target: Target;
  readonly assumptions: Assumptions;
  readonly manifest: Manifest;
  /** Bar closes, UTC ms. */
  readonly time: Float64Array;
  readonly equity: Float64Array;
  readonly taxAccrued: Float64Array;
  /** Net external flow of each bar (deposits positive). */
  readonly flows: Float64Array;
  /** Marks of BTC over the run, for beta; null when the market has no BTC. */
  readonly btc: Float64Array | null;
  /** What selling everything would have left, at month ends and the last bar (lean and full alike). */
  readonly monthEnds: { readonly bar: Int32Array; readonly taxDeferred: Float64Array; readonly afterLiquidation: Float64Array };
  readonly totals: RunTotals;
  readonly notices: readonly Notice[];
  /** The same run under other readings of the tax law; absent where none was asked for. */
  readonly readings?: readonly TaxReading[];
  /** null in lean records. */
  readonly full: {
    readonly columns: FullColumns;
    readonly fills: FillColumns;
    readonly events: readonly RunEvent[];
    readonly gains: GainColumns;
    readonly lots: readonly LotView[];
    readonly taxYears: readonly TaxYear[];
  } | null;
}
