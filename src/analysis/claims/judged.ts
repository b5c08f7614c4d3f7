import type { Direction, Effect, RegimeEffect, Verdict } from './verdict.ts';

/** A run behind a verdict: `kedge run` makes it again, and its configuration has this hash. */
export interface ClaimRunRecord {
  readonly id: string;
  readonly hash: string;
}

/** One claim with what it came to. */
export interface JudgedClaim {
  readonly id: number;
  readonly section: string;
  readonly claim: string;
  readonly verdict: Verdict;
  readonly measure: string | null;
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly threshold: number | null;
  readonly direction: Direction | null;
  readonly regimes: readonly RegimeEffect[];
  readonly variants: readonly ({ readonly name: string } & Effect)[];
  readonly runs: readonly ClaimRunRecord[];
  readonly note: string;
  /** Why nothing was measured here; null where something was, or where nothing can be. */
  readonly missing: string | null;
}

/** All claims on one market. */
export interface JudgedClaims {
  readonly name: string;
  readonly synthetic: boolean;
  readonly dataHash: string;
  readonly market: {
    readonly symbols: readonly string[];
    readonly interval: string;
    readonly from: number;
    readonly to: number;
    readonly bars: number;
  };
  readonly claims: readonly JudgedClaim[];
}
