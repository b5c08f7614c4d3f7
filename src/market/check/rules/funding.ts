import { formatInterval, formatTime, MINUTE } from '../../../core/time.ts';
import { fundingGaps } from '../../load/funding-gaps.ts';
import type { Observation } from '../finding.ts';
import { median } from '../usual-move.ts';

/** Settlements on each side that must agree before a wait counts as an interval: a single odd wait is a gap, not a schedule. */
const AGREEING = 3;

/**
 * Stretches of a perpetual's life without the settlements due in them.
 *
 * @param settlements - moments, ascending
 * @param from - trading begins; `to` it ends
 */
export function findFundingGaps(settlements: Float64Array, from: number, to: number): Observation[] {
  const gaps = fundingGaps(settlements, from, to);
  const [first] = gaps;
  if (first === undefined) return [];
  const count = gaps.reduce((sum, { due }) => sum + due.length, 0);
  const next = settlements.findIndex((time) => time >= first.to);
  const stretch = `the first between ${formatTime(first.from)} and ${formatTime(first.to)}`;
  const message = `funding settlements missing: ${count}; stretches: ${gaps.length}, ${stretch}`;
  const hint = 'a run that holds the contract there stops, unless account.missingFunding says otherwise';
  return [{ code: 'funding-missing', severity: 'warning', message, hint, count, row: next < 0 ? null : next }];
}

/** Changes of the time between settlements that last: 8 hours to 4, and back. */
export function findIntervalChanges(settlements: Float64Array): Observation[] {
  const wait = (i: number): number => Math.round((settlements[i + 1]! - settlements[i]!) / MINUTE) * MINUTE;
  const lasts = (i: number): boolean => Array.from({ length: AGREEING }, (_, k) => wait(i + k)).every((each) => each === wait(i));
  const changes: { readonly row: number; readonly from: number; readonly to: number }[] = [];
  let interval: number | undefined;
  for (let i = 0; i + AGREEING < settlements.length; i++) {
    if (wait(i) === interval || !lasts(i)) continue;
    if (interval !== undefined) changes.push({ row: i, from: interval, to: wait(i) });
    interval = wait(i);
  }
  const [first] = changes;
  if (first === undefined) return [];
  const { row, from, to } = first;
  const change = `at ${formatTime(settlements[row]!)}, from ${formatInterval(from)} to ${formatInterval(to)}`;
  const message = `changes of the time between settlements: ${changes.length}; the first ${change}`;
  const hint = 'runs read intervals from the data';
  return [{ code: 'funding-interval-changed', severity: 'info', message, hint, count: changes.length, row }];
}

/** No venue's usual rate comes near this: Binance's base is 0.0001 per 8 hours, its bounds ±0.003 for Bitcoin (docs/accounting.md). */
const LARGE_RATE = 0.003;

/** Rates that are large as a rule: percent or annual rates where fractions per settlement are meant. */
export function findLargeRates(rate: Float64Array): Observation[] {
  const usual = median(rate.map(Math.abs));
  if (!(usual > LARGE_RATE)) return [];
  const message = `rates are large: half of them beyond ±${usual}, a fraction of notional per settlement`;
  const hint = 'rates in percent must be divided by 100, annual ones by the settlements of a year';
  return [{ code: 'funding-large', severity: 'warning', message, hint, count: rate.length, row: 0 }];
}
