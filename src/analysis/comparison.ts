import type { Attribution, RunResult } from '../result/run-result.ts';

/** One run's figures by the names of the JSON contract; rates are fractions, undefined is null. */
export interface RunMetrics {
  readonly initialEquity: number;
  readonly finalEquity: number;
  readonly finalAfterTax: number;
  readonly finalAfterLiquidation: number;
  readonly growthAfterLiquidation: number | null;
  readonly totalReturn: number | null;
  readonly cagr: number | null;
  /** Money-weighted return per year, where there are flows. */
  readonly mwr: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly maxDrawdown: number | null;
  readonly calmar: number | null;
  readonly ulcer: number | null;
  readonly underwaterDays: number | null;
  readonly cvar95: number | null;
  readonly var95: number | null;
  readonly turnover: number | null;
  readonly futuresTurnover: number | null;
  readonly fees: number;
  readonly slippage: number;
  readonly funding: number;
  readonly interest: number;
  readonly taxesPaid: number;
  readonly taxAccrued: number;
  readonly taxDeferred: number;
  readonly taxableDisposals: number;
  readonly forcedSales: number;
  readonly liquidations: number;
  readonly orders: number;
  readonly rejected: number;
  readonly minMarginRatio: number | null;
  readonly timeOutOfBand: number | null;
  readonly meanDrift: number | null;
  readonly betaToBtc: number | null;
  readonly hedgeR2: number | null;
  readonly capitalInMarket: number | null;
}

export const COMPARED_METRICS = ['growthAfterLiquidation', 'cagr', 'volatility', 'sharpe', 'maxDrawdown', 'calmar'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** A paired difference to a benchmark with its bootstrap interval. */
export interface Difference {
  readonly id: string;
  /** The comparison's, or its counterpart under the run's own tax regime. */
  readonly benchmark: string;
  readonly metric: ComparedMetric;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** 0.95 */
  readonly level: number;
}

export interface JudgedRun {
  readonly result: RunResult;
  readonly metrics: RunMetrics;
  readonly attribution: Attribution;
}

/** The headline by its rule (metrics.md, "Comparison and verdict"). */
export interface Headline {
  /** The run whose growthAfterLiquidation is best among those that beat the benchmark beyond the interval, or null: no clear winner. */
  readonly winner: string | null;
  /** The run the sentence speaks of: the winner, else the candidate with the largest difference. */
  readonly subject: string;
  readonly benchmark: string;
  readonly sentence: string;
  /** One paragraph with drawdown and time out of band beside the difference. */
  readonly paragraph: string;
  /** What limits the finding; on synthetic data: that it is no evidence. */
  readonly caveat: string;
  /** The findings under other tax regimes than the benchmark's, where it has a counterpart; in the order of the runs. */
  readonly elsewhere: readonly RegimeHeadline[];
}

/** The finding among the runs under another tax regime, by the headline's rule against the benchmark's counterpart there. */
export interface RegimeHeadline {
  readonly regime: string;
  /** The counterpart. */
  readonly benchmark: string;
  /** Ids of the runs measured against it. */
  readonly runs: readonly string[];
  readonly winner: string | null;
  readonly subject: string;
  /** Led by the regime's name. */
  readonly sentence: string;
}

export interface Comparison {
  readonly name: string;
  readonly runs: readonly JudgedRun[];
  readonly benchmark: string;
  /** Every run to the benchmark; then runs under other tax regimes to its counterpart there. */
  readonly differences: readonly Difference[];
  readonly headline: Headline;
  readonly synthetic: boolean;
}
