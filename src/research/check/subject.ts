import { barTime, type Market } from '../../market/market.ts';
import type { RunResult } from '../../result/run-result.ts';
import { loadStrategy, type LoadedStrategy } from '../../strategy/load.ts';
import { runStrategy } from '../../engine/run.ts';
import type { RunConfig } from '../../engine/config.ts';
import { placing, runConfig } from '../compare.ts';
import type { Plan, PlannedRun } from '../plan.ts';
import { watched, type Decision, type Watcher } from './decisions.ts';
import type { PurityGuard } from './purity.ts';

/** The strategy under test with the market and account that it is tried on. */
export interface Subject {
  readonly plan: Plan;
  readonly run: PlannedRun;
  readonly market: Market;
  readonly guard: PurityGuard;
}

/** How a trial differs from the plan's own run. */
export interface Trial {
  readonly loaded?: LoadedStrategy;
  readonly market?: Market;
  readonly watcher?: Watcher;
  readonly change?: (config: RunConfig) => RunConfig;
}

/** What a trial left behind. */
export interface Trace {
  readonly decisions: readonly Decision[];
  readonly result: RunResult;
}

/** Runs the strategy once and notes what it decides; its own code runs under the guard. */
export function trace({ plan, run, market, guard }: Subject, trial: Trial = {}): Trace {
  const decisions: Decision[] = [];
  const { loaded = run.loaded, watcher, change = (config) => config } = trial;
  const config = runConfig(plan, { ...run, loaded }, trial.market ?? market);
  const strategy = watched(loaded.strategy, {
    enter: guard.enter,
    leave: guard.leave,
    onDecision: (decision) => decisions.push(decision),
    ...watcher,
  });
  return { decisions, result: placing({ ...run, loaded }, () => runStrategy(change({ ...config, strategy }))) };
}

/** The strategy's file as a new module, with fresh module scope. */
export function loadAgain({ run, guard }: Subject): Promise<LoadedStrategy> {
  return guard.whileLoading(() => loadStrategy(run.loaded.file, '.'));
}

/** Bar of a run and its close, for a finding. */
export function placeInTime(market: Market, bar: number): { readonly bar: number; readonly time: number } {
  return { bar, time: barTime(market, market.first + bar) };
}
