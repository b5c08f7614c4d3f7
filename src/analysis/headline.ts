import { countWord, money, percent, signed, wholePercent } from '../core/figures.ts';
import type { Difference, Headline, JudgedRun } from './comparison.ts';
import { caveatOf } from './caveat.ts';
import { points } from './words.ts';

/** How the candidate stands to the benchmark in annualised log growth of what is left after selling everything. */
interface Standing {
  readonly run: JudgedRun;
  readonly difference: number;
  /** Both null when no interval could be drawn. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The finding by its fixed rule (metrics.md, "Comparison and verdict"): the difference in growthAfterLiquidation against the benchmark,
 * with drawdown and time out of band beside it; no clear winner if its 95% interval holds 0.
 *
 * Only runs under the benchmark's tax regime compete, unless there are none. Every word comes from computed values.
 */
export function headlineOf(runs: readonly JudgedRun[], benchmark: JudgedRun, differences: readonly Difference[]): Headline {
  const { candidates, elsewhere } = competitors(runs, benchmark);
  const standings = candidates.flatMap((run) => standingOf(run, differences));
  const winner = best(standings.filter(({ low }) => low !== null && low > 0));
  const subject = winner ?? best(standings);
  const drawn = subject !== null && subject.low !== null;
  const run = subject?.run ?? candidates[0] ?? benchmark;
  return {
    winner: winner?.run.result.id ?? null,
    subject: run.result.id,
    benchmark: benchmark.result.id,
    sentence: subject ? sentence(subject, benchmark, candidates.length) : sentenceWithout(run, benchmark),
    paragraph: paragraph(run, benchmark, subject),
    caveat: caveatOf(run, benchmark, { drawn, candidates: candidates.length, elsewhere }),
  };
}

function competitors(runs: readonly JudgedRun[], benchmark: JudgedRun): { candidates: JudgedRun[]; elsewhere: number } {
  const others = runs.filter((run) => run !== benchmark);
  const same = others.filter((run) => regimeOf(run) === regimeOf(benchmark));
  return same.length > 0 ? { candidates: same, elsewhere: others.length - same.length } : { candidates: others, elsewhere: 0 };
}

function regimeOf({ result }: JudgedRun): string {
  return result.assumptions.tax.regime;
}

function standingOf(run: JudgedRun, differences: readonly Difference[]): Standing[] {
  const found = differences.find(({ id, metric }) => id === run.result.id && metric === 'growthAfterLiquidation');
  if (!found || found.difference === null) return [];
  return [{ run, difference: found.difference, low: found.low, high: found.high }];
}

function best(standings: readonly Standing[]): Standing | null {
  return standings.reduce<Standing | null>(
    (leader, each) => (leader === null || each.difference > leader.difference ? each : leader),
    null,
  );
}

function sentence({ run, difference, low, high }: Standing, { result }: JudgedRun, candidates: number): string {
  const { id } = run.result;
  const benchmark = result.id;
  const distance = `${points(Math.abs(difference))} points a year ${difference < 0 ? 'less' : 'more'}`;
  const kept = `${id} kept ${distance} than ${benchmark} after selling everything`;
  if (difference === 0) return `${id} and ${benchmark} kept the same after selling everything.`;
  if (low === null || high === null) return `No verdict: ${kept}, but no interval could be drawn.`;
  if (low <= 0 && high >= 0) return `No clear winner: ${kept}, and the 95% interval holds zero.`;
  if (low > 0 || candidates === 1) return `${kept}.`;
  return `None of ${countWord(candidates)} strategies kept up with ${benchmark}: the nearest, ${id}, kept ${distance} after selling everything.`;
}

function sentenceWithout({ result, metrics }: JudgedRun, benchmark: JudgedRun): string {
  const { growthAfterLiquidation: growth } = metrics;
  if (result !== benchmark.result) {
    const lacking = growth !== null && benchmark.metrics.growthAfterLiquidation === null ? benchmark.result : result;
    return `No verdict: growth after selling everything is not defined for ${lacking.id}.`;
  }
  if (growth === null) return `${result.id} ran alone, and its growth after selling everything is not defined.`;
  return `${result.id} kept ${points(growth)} points of growth a year after selling everything.`;
}

function paragraph(run: JudgedRun, benchmark: JudgedRun, standing: Standing | null): string {
  const alone = run === benchmark;
  const beside = (text: (run: JudgedRun) => string): string => (alone ? text(run) : `${text(run)} against ${text(benchmark)}`);
  const { currency } = run.result.assumptions;
  const sentences = [
    `Points a year are annualised log growth, 100 × ln(end / start) / years with flows removed, of what is left once every coin is sold, ` +
      `every contract closed and the tax on it paid: ${beside(growthText)}, ` +
      `which leaves ${beside(({ metrics }) => money(metrics.finalAfterLiquidation, currency))}.`,
  ];
  if (standing !== null && standing.low !== null && standing.high !== null && standing.difference !== 0) {
    sentences.push(
      `The 95% interval of the difference runs from ${signed(points(standing.low))} to ${signed(points(standing.high))} points; zero is ` +
        `${standing.low <= 0 && standing.high >= 0 ? 'inside' : 'outside'}.`,
    );
  }
  const discipline =
    run.metrics.timeOutOfBand === null
      ? ''
      : `; out of its target band ${beside(({ metrics }) => wholePercent(metrics.timeOutOfBand))} of the time`;
  sentences.push(`Deepest fall ${beside(({ metrics }) => percent(metrics.maxDrawdown))}${discipline}.`);
  return sentences.join(' ');
}

function growthText({ result, metrics }: JudgedRun): string {
  const { growthAfterLiquidation: growth } = metrics;
  return `${growth === null ? 'not defined' : points(growth)} for ${result.id}`;
}
