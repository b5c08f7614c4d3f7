import { StrategyError } from '../../core/errors.ts';
import { describeParameters } from '../../strategy/describe.ts';
import { strategyFile } from '../../strategy/load.ts';
import { loadPlannedMarket, type BeforeStep } from '../compare.ts';
import { readExperiment } from '../experiment.ts';
import { catalogDirectory } from '../market-request.ts';
import type { ExperimentOverrides } from '../overrides.ts';
import { planExperiment, type Plan } from '../plan.ts';
import { checkCost } from './cost.ts';
import { checkEdges, edgesOf } from './edges.ts';
import { CHECKS, skipped, type CheckFinding, type CheckName, type CheckResult } from './finding.ts';
import { checkLookAhead } from './look-ahead.ts';
import { checkOrders } from './orders.ts';
import { PurityGuard } from './purity.ts';
import { checkDeterminism, checkIsolation } from './repeat.ts';
import { loadAgain, trace, type Subject } from './subject.ts';
import { checkTypes } from './types.ts';
import { checkWarmUp } from './warm-up.ts';

/** What to check, and where to try it. */
export interface CheckRequest {
  /** A shipped name or the path of a file, relative to the working directory. */
  readonly strategy: string;
  /** Experiment whose market, account, venue and tax it is tried on. */
  readonly experiment: string;
  readonly overrides: ExperimentOverrides;
  /** `name=value` of the command line. */
  readonly params: readonly string[];
  readonly cacheDir: string | null;
}

/** Everything found. */
export interface StrategyCheck {
  /** The name it gives itself; null when it could not be loaded. */
  readonly strategy: string | null;
  readonly file: string;
  /** What it was tried on; null when it did not run. */
  readonly market: { readonly symbols: readonly string[]; readonly interval: string; readonly bars: number } | null;
  /** One of each kind, in the order of CHECKS. */
  readonly results: readonly CheckResult[];
  /** Of the strategy's own code; depends on the machine. */
  readonly microsecondsPerBar: number | null;
}

/** Why decisions cannot be compared. */
const UNSTEADY = 'it is not deterministic: decisions cannot be compared';

/**
 * Puts a strategy through everything that makes results untrue without a message: types, look-ahead, clock and files, state that leaks
 * from run to run, look-back that is not declared, parameters at their edges, orders that never fill.
 *
 * @throws {KedgeError} what keeps the strategy from running at all: a fault of the experiment, or of the file where the compiler has
 *   nothing to say about it
 */
export async function checkStrategy(request: CheckRequest, beforeStep: BeforeStep): Promise<StrategyCheck> {
  const file = strategyFile(request.strategy, process.cwd());
  await beforeStep('types', 0, CHECKS.length);
  const types = await checkTypes(file);
  try {
    return await checkRuns(request, types, (check) => beforeStep(check, CHECKS.indexOf(check), CHECKS.length));
  } catch (error) {
    // The compiler knows the line of what the run only stumbles over.
    if (!(error instanceof StrategyError) || types.verdict !== 'found') throw error;
    const findings: CheckFinding[] = [
      ...types.findings,
      { message: error.message, bar: null, time: null, at: error.at ?? { file } },
    ];
    const others = CHECKS.filter((name) => name !== 'types').map((name) => skipped(name, 'the strategy does not run'));
    return { strategy: null, file, market: null, results: [{ ...types, findings }, ...others], microsecondsPerBar: null };
  }
}

async function checkRuns(
  request: CheckRequest,
  types: CheckResult,
  before: (check: CheckName) => Promise<void>,
): Promise<StrategyCheck> {
  const planWith = (params: Readonly<Record<string, unknown>>): Promise<Plan> => planOf(request, params);
  const plan = await planWith({});
  const market = await loadPlannedMarket(plan);
  const guard = new PurityGuard(catalogDirectory(readExperiment(request.experiment, request.overrides)));
  return guard.during(async () => {
    const asPlanned: Subject = { plan, run: plan.runs[0]!, market, guard };
    const subject: Subject = { ...asPlanned, run: { ...asPlanned.run, loaded: await loadAgain(asPlanned) } };
    const { strategy, file } = subject.run.loaded;
    const own = trace(subject);
    // Every other run gets a module of its own, so that one fault is not told under many names.
    const fresh = async (): Promise<Subject> => ({ ...subject, run: { ...subject.run, loaded: await loadAgain(subject) } });
    await before('determinism');
    const determinism = checkDeterminism(await fresh(), own);
    const steady = determinism.verdict === 'passed';
    await before('look-ahead');
    const lookAhead = steady ? await checkLookAhead(fresh, own) : skipped('look-ahead', UNSTEADY);
    await before('warm-up');
    const warmUp = steady ? await checkWarmUp(fresh) : skipped('warm-up', UNSTEADY);
    await before('parameters');
    const edges = edgesOf(describeParameters(strategy.params));
    const parameters = await checkEdges(subject, edges, ({ name, value }) => planWith({ [name]: value }));
    await before('isolation');
    const isolation = steady ? checkIsolation(subject, own) : skipped('isolation', UNSTEADY);
    await before('cost');
    const { microsecondsPerBar, ...cost } = checkCost(await fresh());
    const results = [
      lenient(types, file),
      lookAhead,
      guard.result(),
      determinism,
      isolation,
      warmUp,
      parameters,
      checkOrders(own),
      cost,
    ];
    const { instruments, interval, length, first } = market;
    const symbols = instruments.map(({ symbol }) => symbol);
    return { strategy: strategy.name, file, market: { symbols, interval, bars: length - first }, results, microsecondsPerBar };
  });
}

// In JavaScript that runs, what the compiler doubts is advice.
function lenient(types: CheckResult, file: string): CheckResult {
  if (/\.m?ts$/.test(file) || types.verdict !== 'found') return types;
  const notes = types.findings.map(({ message, at }) => `line ${at?.line ?? '?'}: ${message}`);
  return { ...types, verdict: 'passed', findings: [], notes };
}

function planOf(
  { strategy, experiment, overrides, params, cacheDir }: CheckRequest,
  changed: Readonly<Record<string, unknown>>,
): Promise<Plan> {
  const read = readExperiment(experiment, {
    ...overrides,
    strategies: [{ use: strategy, params: changed }],
    benchmark: strategy,
  });
  const kept = params.filter((flag) => !Object.hasOwn(changed, flag.split('=', 1)[0]!));
  return planExperiment(read, { params: kept, cacheDir });
}
