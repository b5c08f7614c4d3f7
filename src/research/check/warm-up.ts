import { DAY, formatTime } from '../../core/time.ts';
import { coinsOf } from '../../market/instrument.ts';
import { sliceMarket } from '../../market/slice.ts';
import { askNeeds } from '../../strategy/needs.ts';
import { readParams } from '../../strategy/params.ts';
import type { RunConfig } from '../../engine/config.ts';
import { describeDifference, firstDifference } from './difference.ts';
import { result, skipped, type CheckResult } from './finding.ts';
import { trace, type Subject, type Trace } from './subject.ts';

/** More look-back than is asked for, days. */
const EXTRA_DAYS = 120;
/** Relative difference of numbers that is rounding. */
const TOLERANCE = 1e-9;

/**
 * Whether the declared look-back is enough: the same start and account, once with exactly the look-back that `needs` names and once with
 * more. Whoever reads further back than he declares decides differently.
 *
 * Both runs start some months into the period, where the market holds the longer look-back; impact is off, since the venue's own σ and
 * volume would look back too.
 */
export async function checkWarmUp(fresh: () => Promise<Subject>): Promise<CheckResult> {
  const { market, run, plan } = await fresh();
  const { strategy, file } = run.loaded;
  const target = { ...plan.target, coins: coinsOf(market.instruments) };
  const context = { target, hasLots: run.account.lots.length > 0 };
  const { lookbackDays = 0 } = askNeeds(strategy, readParams(strategy, run.params), context, file);
  const barsOf = (days: number): number => Math.ceil((days * DAY) / market.step);
  const first = Math.max(market.first, barsOf(lookbackDays + EXTRA_DAYS));
  if (first > market.first + 0.8 * (market.length - market.first)) {
    return skipped('warm-up', `the market is too short to hold ${lookbackDays + EXTRA_DAYS} days before a run`);
  }
  const started = async (from: number): Promise<Trace> =>
    trace(await fresh(), { market: sliceMarket(market, { from, first, to: market.length }), change: withoutImpact });
  const short = await started(Math.max(0, first + 1 - Math.max(1, barsOf(lookbackDays))));
  const long = await started(0);
  const summary = `one run with the ${lookbackDays} days of look-back that needs names, one with at least ${EXTRA_DAYS} more`;
  const difference = firstDifference(short.decisions, long.decisions, Infinity, TOLERANCE);
  if (difference === undefined) return result('warm-up', summary, []);
  const { first: earliest, left, right } = describeDifference(difference);
  const { bar, time, place } = earliest;
  const message = `at ${formatTime(time)} it decided ${left}; with more history before the run, ${right}: lookbackDays in needs is too short`;
  return result('warm-up', summary, [{ message, bar, time, at: place ?? null }]);
}

function withoutImpact(config: RunConfig): RunConfig {
  const { venue } = config;
  return { ...config, venue: { ...venue, terms: (instrument) => ({ ...venue.terms(instrument), impact: 0 }) } };
}
