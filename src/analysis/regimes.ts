import type { ComparedMetric, Comparison, Difference, JudgedRun } from './comparison.ts';

/** Runs under a tax regime other than the benchmark's, with the benchmark's counterpart there. */
export interface RegimeRuns {
  /** Its name; `germany#2` where an experiment has several of one name. */
  readonly regime: string;
  /** The same strategy with the same label, parameters and account under this regime. */
  readonly benchmark: JudgedRun;
  /** Measured against it: at least one. */
  readonly runs: readonly JudgedRun[];
}

export function regimeOf({ result }: JudgedRun): string {
  return result.assumptions.tax.regime;
}

/** Every other regime in which the benchmark has a counterpart and that something to be measured against; in the order of the runs. */
export function otherRegimes(runs: readonly JudgedRun[], benchmark: JudgedRun): RegimeRuns[] {
  const elsewhere = runs.filter((run) => regimeOf(run) !== regimeOf(benchmark));
  const found = elsewhere
    .filter((run) => isCounterpart(run, benchmark))
    .map((counterpart) => ({
      benchmark: counterpart,
      runs: elsewhere.filter((run) => run !== counterpart && sameTax(run, counterpart)),
    }))
    .filter((group) => group.runs.length > 0);
  const named = found.map((group) => regimeOf(group.benchmark));
  return found.map((group, index) => {
    const regime = named[index]!;
    const isAlone = named.filter((other) => other === regime).length === 1;
    return { regime: isAlone ? regime : taxed(group.benchmark).tax!, ...group };
  });
}

/** Id of the run that a run is measured against: its regime's benchmark where that has one; null for the benchmarks themselves. */
export function yardstickOf({ benchmark, headline }: Comparison, id: string): string | null {
  const own = headline.elsewhere.find((regime) => regime.benchmark === id || regime.runs.includes(id));
  const yardstick = own?.benchmark ?? benchmark;
  return yardstick === id ? null : yardstick;
}

/** The difference of a run to the one it is measured against. */
export function ownDifference(comparison: Comparison, id: string, metric: ComparedMetric): Difference | undefined {
  const yardstick = yardstickOf(comparison, id);
  return comparison.differences.find(
    (difference) => difference.id === id && difference.benchmark === yardstick && difference.metric === metric,
  );
}

// An experiment with several regimes calls its runs "label (regime)"; no other runs are taken for counterparts.
function taxed({ result }: JudgedRun): { readonly label: string; readonly tax: string | null } {
  const { id } = result;
  const own = id.lastIndexOf(` (${result.assumptions.tax.regime}`);
  // The name of a regime of one's own may have brackets in it; an alias (de) is not the name.
  const at = own > 0 ? own : id.lastIndexOf(' (');
  return at > 0 && id.endsWith(')') ? { label: id.slice(0, at), tax: id.slice(at + 2, -1) } : { label: id, tax: null };
}

function sameTax(a: JudgedRun, b: JudgedRun): boolean {
  return regimeOf(a) === regimeOf(b) && taxed(a).tax === taxed(b).tax;
}

function isCounterpart(run: JudgedRun, benchmark: JudgedRun): boolean {
  const [ours, theirs] = [taxed(run), taxed(benchmark)];
  return (
    ours.tax !== null && theirs.tax !== null && ours.label === theirs.label && sameButForTax(run) === sameButForTax(benchmark)
  );
}

function sameButForTax({ result }: JudgedRun): string {
  const { strategy, manifest, target, assumptions, totals } = result;
  const { tax: _, ...account } = assumptions;
  return JSON.stringify([strategy.name, strategy.params, manifest.sourceHash, target, account, totals.initialEquity]);
}
