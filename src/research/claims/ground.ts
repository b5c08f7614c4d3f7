import { compareRuns } from '../../analysis/compare.ts';
import type { ComparedMetric } from '../../analysis/comparison.ts';
import { marketDays, type MarketDays } from '../../analysis/claims/market-days.ts';
import { runDays, type RunDays } from '../../analysis/claims/run-days.ts';
import type { Estimate } from '../../analysis/claims/verdict.ts';
import type { Resampling } from '../../analysis/claims/estimate.ts';
import type { Market } from '../../market/market.ts';
import type { RunResult, Target } from '../../result/run-result.ts';
import type { Venue } from '../../venue/venue.ts';
import type { ClaimRunId } from './runs.ts';

export interface GroundParts {
  readonly market: Market;
  readonly venue: Venue;
  readonly target: Target;
  readonly seed: number;
  /** Those that could be made. */
  readonly runs: ReadonlyMap<ClaimRunId, RunResult>;
}

/** What claims are measured on: one market, and the runs that could be made on it. */
export class ClaimGround {
  readonly days: MarketDays | null;
  readonly market: Market;
  readonly venue: Venue;
  readonly target: Target;
  readonly seed: number;
  readonly #runs: ReadonlyMap<ClaimRunId, RunResult>;
  readonly #daysOf = new Map<ClaimRunId, RunDays | null>();
  readonly #pairs = new Map<string, ReturnType<typeof compareRuns>['differences']>();
  #asked = new Set<ClaimRunId>();

  constructor({ market, venue, target, seed, runs }: GroundParts) {
    this.days = marketDays(market);
    this.market = market;
    this.venue = venue;
    this.target = target;
    this.seed = seed;
    this.#runs = runs;
  }

  /** Runs asked for since the last call, whether they could be made or not: the claim's record. */
  takeAsked(): ClaimRunId[] {
    const asked = [...this.#asked];
    this.#asked = new Set();
    return asked;
  }

  resampling(windowDays = 1): Resampling {
    return { seed: this.seed, windowDays };
  }

  run(id: ClaimRunId): RunResult | null {
    this.#asked.add(id);
    return this.#runs.get(id) ?? null;
  }

  runDays(id: ClaimRunId): RunDays | null {
    const result = this.run(id);
    if (result === null) return null;
    const known = this.#daysOf.get(id);
    if (known !== undefined) return known;
    const days = runDays(result);
    this.#daysOf.set(id, days);
    return days;
  }

  /** Paired difference of a compared metric, candidate − benchmark, with its bootstrap interval. */
  difference(candidate: ClaimRunId, benchmark: ClaimRunId, metric: ComparedMetric): Estimate | null {
    const [a, b] = [this.run(candidate), this.run(benchmark)];
    if (a === null || b === null) return null;
    const key = `${candidate} − ${benchmark}`;
    let differences = this.#pairs.get(key);
    if (!differences) {
      ({ differences } = compareRuns({ name: key, results: [a, b], benchmark: b.id, seed: this.seed }));
      this.#pairs.set(key, differences);
    }
    const found = differences.find((difference) => difference.metric === metric);
    return found === undefined || found.difference === null
      ? null
      : { effect: found.difference, low: found.low, high: found.high };
  }

  /** Difference of a daily column of two runs, as a column. */
  daily(candidate: ClaimRunId, benchmark: ClaimRunId, of: (days: RunDays) => Float64Array): Float64Array | null {
    const [a, b] = [this.runDays(candidate), this.runDays(benchmark)];
    if (a === null || b === null) return null;
    const [left, right] = [of(a), of(b)];
    return left.map((value, day) => value - right[day]!);
  }
}
