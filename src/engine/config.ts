import type { Market } from '../market/market.ts';
import type { Target } from '../result/run-result.ts';
import type { Strategy } from '../strategy/define.ts';
import type { CashKind } from '../tax/methods.ts';
import type { TaxSetup } from '../tax/setup.ts';
import type { Venue } from '../venue/venue.ts';

/** A coin owned at the start, with its basis. */
export interface OpeningLot {
  readonly asset: string;
  readonly quantity: number;
  /** Total, account currency. */
  readonly cost: number;
  /** UTC ms, before the run's start. */
  readonly acquired: number;
}

/** A deposit (positive) or withdrawal at one moment, or at every calendar boundary. */
export type Flow =
  | { readonly time: number; readonly amount: number }
  | { readonly every: 'day' | 'week' | 'month' | 'quarter' | 'year'; readonly amount: number };

/** The account as an experiment describes it; every default is applied before the engine sees it. */
export interface AccountConfig {
  readonly currency: string;
  readonly cash: number;
  readonly lots: readonly OpeningLot[];
  readonly collateral: 'cash' | 'coin' | 'multi-asset';
  readonly leverage: number;
  readonly margin: 'cross' | 'isolated';
  readonly marginCall: { readonly at: number; readonly to: number; readonly from: 'spot' | 'cash' | 'none' };
  readonly shortfall: 'pro-rata' | 'largest' | 'least-tax';
  readonly onInsufficientMargin: 'cut' | 'refuse';
  readonly insurance: boolean;
  /** `correlated`: in a bar all marks reach their highs, or all their lows; `independent` also tries each position's own adverse extreme. */
  readonly intrabar: 'independent' | 'correlated';
  readonly missingFunding: 'stop' | 'zero' | 'carry';
  /** Yearly rates, simple, act/365, per bar. */
  readonly interest: { readonly cash: number; readonly borrow: number };
  readonly borrowLimit: number;
  readonly riskFree: number;
  /** What cash is to the tax office. */
  readonly cashIs: CashKind;
  readonly flows: readonly Flow[];
}

/** What one run takes: everything resolved, nothing read from disk. */
export interface RunConfig {
  readonly id: string;
  readonly market: Market;
  readonly strategy: Strategy;
  /** As the user gave them; the strategy's schema is applied by the run. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Source text of the strategy file, for its hash. */
  readonly strategySource: string;
  readonly target: Target;
  readonly account: AccountConfig;
  readonly venue: Venue;
  readonly tax: TaxSetup;
  readonly fill: 'next-open' | 'close';
  readonly seed: number;
  readonly records: 'full' | 'lean';
}
