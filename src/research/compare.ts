import { compareRuns } from '../analysis/compare.ts';
import type { Comparison } from '../analysis/comparison.ts';
import { KedgeError, StrategyError } from '../core/errors.ts';
import { interruptible } from '../core/interruptible.ts';
import type { RunConfig } from '../engine/config.ts';
import { runStrategy } from '../engine/run.ts';
import { loadMarket } from '../market/load/load-market.ts';
import { checkAccountCurrency } from '../market/load/quotes.ts';
import type { Market } from '../market/market.ts';
import { withTradingHours } from '../market/trading-hours.ts';
import { handlerPlace } from '../strategy/check.ts';
import type { RunResult } from '../result/run-result.ts';
import { checkTerms } from '../venue/check-terms.ts';
import { withPlace } from './faults.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { readTaxOtherwise } from './tax-readings.ts';

/** Called before each step of a comparison; may stop the work by throwing. */
export type BeforeStep = (step: string, done: number, total: number) => Promise<void>;

/**
 * Runs a plan: one market is read, every run is replayed on it, the results are compared.
 *
 * @param beforeStep - for progress and Ctrl-C: steps are the market, each run, and the comparison
 */
export async function runPlan(plan: Plan, beforeStep: BeforeStep): Promise<Comparison> {
  const total = plan.runs.length + 2;
  await beforeStep('read the market', 0, total);
  const market = await loadPlannedMarket(plan);
  const results: RunResult[] = [];
  for (const [index, run] of plan.runs.entries()) {
    await beforeStep(run.id, index + 1, total);
    results.push(replay(plan, run, market));
  }
  await beforeStep('compare', total - 1, total);
  return compareRuns({ name: plan.name, results, benchmark: plan.benchmark, seed: plan.seed });
}

/**
 * Reads the market of a plan as its venue trades it, with what the plan has to say of it.
 *
 * @throws {KedgeError} as `loadMarket`, `quote-currencies-mixed`; `venue-fact-unknown` and `venue-without-product` where the venue lacks what
 *   an instrument needs
 */
export async function loadPlannedMarket(plan: Plan): Promise<Market> {
  const { market: request, marketPlace, venue, venuePlace, notices } = plan;
  let market: Market;
  try {
    const loaded = await loadMarket(request);
    market = { ...loaded, notices: [...loaded.notices, ...notices] };
    for (const { account } of plan.runs) checkAccountCurrency(account.currency, market.instruments);
  } catch (error) {
    throw error instanceof KedgeError && error.at === undefined ? withPlace(error, marketPlace) : error;
  }
  try {
    checkTerms(venue, market.instruments);
  } catch (error) {
    throw error instanceof KedgeError ? withPlace(error, venuePlace) : error;
  }
  return venue.isOpen === null ? market : withTradingHours(market, venue.isOpen);
}

function replay(plan: Plan, run: PlannedRun, market: Market): RunResult {
  return placing(run, () => {
    const config = runConfig(plan, run, market);
    const result = runStrategy(config);
    const readings = readTaxOtherwise(config, result);
    return readings.length === 0 ? result : { ...result, readings };
  });
}

/**
 * What `work` gives; an error of the engine, which knows neither the strategy's file nor the experiment, gets its place. Ctrl-C stops it.
 */
export function placing<T>(run: PlannedRun, work: () => T): T {
  try {
    return interruptible(work);
  } catch (error) {
    if (!(error instanceof KedgeError) || error.at !== undefined) throw error;
    const { file, files, source } = run.loaded;
    // Of several files joined, lines are not those of the first.
    const text = files.length > 1 ? '' : source;
    throw withPlace(error, error instanceof StrategyError ? handlerPlace(error, file, text) : run.place);
  }
}

/** What the engine takes for one run of a plan; everything is recorded. */
export function runConfig(
  { target, venue, fill, seed }: Plan,
  { id, loaded, params, account, tax }: PlannedRun,
  market: Market,
): RunConfig {
  return {
    id,
    market,
    strategy: loaded.strategy,
    params,
    strategySource: loaded.source,
    target,
    account,
    venue,
    tax,
    fill,
    seed,
    records: 'full',
  };
}
