import type { Comparison, JudgedRun } from '../analysis/comparison.ts';
import { regimeOf } from '../analysis/regimes.ts';
import { apart, listed, points } from '../analysis/words.ts';
import { signed } from '../core/figures.ts';
import { money, percent } from './format.ts';

/**
 * What stands beside figures of runs under several tax regimes: what the law alone makes for the benchmark, and where growth begins at
 * other values. Empty where there is one regime.
 */
export function regimeNotes(comparison: Comparison): string[] {
  return [...lawNote(comparison), ...startNote(comparison)];
}

function lawNote(comparison: Comparison): string[] {
  const laws = comparison.headline.elsewhere.map(({ benchmark }) => lawText(comparison, benchmark));
  return laws.length === 0 ? [] : [`What the law alone makes for the benchmark, after selling everything: ${laws.join('; ')}.`];
}

function lawText({ benchmark, differences }: Comparison, counterpart: string): string {
  const found = differences.find(
    ({ id, benchmark: to, metric }) => id === counterpart && to === benchmark && metric === 'growthAfterLiquidation',
  );
  if (!found || found.difference === null) return `not defined for ${counterpart} against ${benchmark}`;
  const { difference, low, high, level } = found;
  if (difference === 0) return `${counterpart} and ${benchmark} kept the same`;
  const interval =
    low === null || high === null ? '' : ` (${percent(level, 0)} interval ${signed(points(low))} to ${signed(points(high))})`;
  return `${counterpart} kept ${apart(difference)} than ${benchmark}${interval}`;
}

/** One sentence where the tax on what was held at the start makes growth begin at other values; else none. */
export function startNote({ runs, benchmark, headline }: Comparison): string[] {
  const base = runs.find(({ result }) => result.id === benchmark)!;
  const counterparts = headline.elsewhere.map(({ regime, benchmark: id }) => ({
    regime,
    run: runs.find(({ result }) => result.id === id)!,
  }));
  const covered = new Set([regimeOf(base), ...counterparts.map(({ run }) => regimeOf(run))]);
  const firsts = [...new Set(runs.map(regimeOf))]
    .filter((regime) => !covered.has(regime))
    .flatMap((regime) => {
      const run = runs.find((each) => regimeOf(each) === regime && startsAs(each, base));
      return run ? [{ regime, run }] : [];
    });
  const starts = [{ regime: regimeOf(base), run: base }, ...counterparts, ...firsts].map(({ regime, run }) => ({
    regime,
    value: money(run.result.totals.initialAfterLiquidation, run.result.assumptions.currency),
  }));
  if (new Set(starts.map(({ value }) => value)).size === 1) return [];
  const values = listed(starts.map(({ regime, value }) => `${value} under ${regime}`));
  return [
    `Growth is measured from what selling everything at the start would have left, ${values}: the tax deferred in gains held then differs by regime.`,
  ];
}

function startsAs({ metrics }: JudgedRun, base: JudgedRun): boolean {
  return metrics.initialEquity === base.metrics.initialEquity;
}
