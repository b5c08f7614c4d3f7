import { countWord, money, percent, signed, wholePercent } from '../core/figures.ts';
import { caveatOf } from './caveat.ts';
import type { Difference, Headline, JudgedRun, RegimeHeadline } from './comparison.ts';
import { regimeOf, type RegimeRuns } from './regimes.ts';
import { apart, points } from './words.ts';

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
 * Only runs under the benchmark's tax regime compete, unless there are none; those of every regime in `regimes` compete among themselves.
 * Every word comes from computed values.
 */
export function headlineOf(
  runs: readonly JudgedRun[],
  benchmark: JudgedRun,
  differences: readonly Difference[],
  regimes: readonly RegimeRuns[] = [],
): Headline {
  const { candidates, elsewhere } = competitors(runs, benchmark);
  const { winner, subject, run } = finding(candidates, benchmark, differences);
  const drawn = subject !== null && subject.low !== null;
  const others = regimes.map((regime) => ({ ...regime, ...finding(regime.runs, regime.benchmark, differences) }));
  const judged = new Set(regimes.flatMap((regime) => [regime.benchmark, ...regime.runs]));
  return {
    winner: winner?.run.result.id ?? null,
    subject: run.result.id,
    benchmark: benchmark.result.id,
    sentence: subject ? sentence(subject, benchmark, candidates.length) : sentenceWithout(run, benchmark),
    paragraph: paragraph(run, benchmark, subject),
    caveat: caveatOf(run, benchmark, {
      drawn,
      candidates: candidates.length,
      unranked: elsewhere.filter((each) => !judged.has(each)).length,
      further: others.flatMap((other) => [other.run, other.benchmark]),
    }),
    elsewhere: others.map((other): RegimeHeadline => ({
      regime: other.regime,
      benchmark: other.benchmark.result.id,
      runs: other.runs.map(({ result }) => result.id),
      winner: other.winner?.run.result.id ?? null,
      subject: other.run.result.id,
      sentence: other.subject
        ? sentence(other.subject, other.benchmark, other.runs.length, `Under ${other.regime}, `)
        : sentenceWithout(other.run, other.benchmark, `Under ${other.regime}, `),
    })),
  };
}

/** The best of the candidates that beat the benchmark for sure, else the best of all; `run` also where no difference is defined. */
function finding(candidates: readonly JudgedRun[], benchmark: JudgedRun, differences: readonly Difference[]) {
  const standings = candidates.flatMap((run) => standingOf(run, benchmark, differences));
  const winner = best(standings.filter(({ low }) => low !== null && low > 0));
  const subject = winner ?? best(standings);
  return { winner, subject, run: subject?.run ?? candidates[0] ?? benchmark };
}

function competitors(runs: readonly JudgedRun[], benchmark: JudgedRun): { candidates: JudgedRun[]; elsewhere: JudgedRun[] } {
  const others = runs.filter((run) => run !== benchmark);
  const same = others.filter((run) => regimeOf(run) === regimeOf(benchmark));
  if (same.length === 0) return { candidates: others, elsewhere: [] };
  return { candidates: same, elsewhere: others.filter((run) => !same.includes(run)) };
}

function standingOf(run: JudgedRun, benchmark: JudgedRun, differences: readonly Difference[]): Standing[] {
  const found = differences.find(
    ({ id, benchmark: to, metric }) => id === run.result.id && to === benchmark.result.id && metric === 'growthAfterLiquidation',
  );
  if (!found || found.difference === null) return [];
  return [{ run, difference: found.difference, low: found.low, high: found.high }];
}

function best(standings: readonly Standing[]): Standing | null {
  return standings.reduce<Standing | null>(
    (leader, each) => (leader === null || each.difference > leader.difference ? each : leader),
    null,
  );
}

/** @param lead - what the sentence begins with, up to where it goes on in small letters */
function sentence({ run, difference, low, high }: Standing, { result }: JudgedRun, candidates: number, lead = ''): string {
  const no = lead === '' ? 'No' : `${lead}no`;
  const { id } = run.result;
  const benchmark = result.id;
  const distance = apart(difference);
  const kept = `${id} kept ${distance} than ${benchmark} after selling everything`;
  if (difference === 0) return `${lead}${id} and ${benchmark} kept the same after selling everything.`;
  if (low === null || high === null) return `${no} verdict: ${kept}, but no interval could be drawn.`;
  if (low <= 0 && high >= 0) return `${no} clear winner: ${kept}, and the 95% interval holds zero.`;
  if (low > 0 || candidates === 1) return `${lead}${kept}.`;
  return `${no}ne of ${countWord(candidates)} strategies kept up with ${benchmark}: the nearest, ${id}, kept ${distance} after selling everything.`;
}

function sentenceWithout({ result, metrics }: JudgedRun, benchmark: JudgedRun, lead = ''): string {
  const { growthAfterLiquidation: growth } = metrics;
  if (result !== benchmark.result) {
    const lacking = growth !== null && benchmark.metrics.growthAfterLiquidation === null ? benchmark.result : result;
    return `${lead === '' ? 'No' : `${lead}no`} verdict: growth after selling everything is not defined for ${lacking.id}.`;
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
