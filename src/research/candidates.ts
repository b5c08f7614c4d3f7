import type { Locate } from '../core/schema.ts';
import { shortPath } from '../core/short-path.ts';
import type { AccountConfig } from '../engine/config.ts';
import { isStrategyPath, loadStrategy, type LoadedStrategy } from '../strategy/load.ts';
import { askNeeds } from '../strategy/needs.ts';
import { readParams, typedParams } from '../strategy/params.ts';
import type { Needs, StrategyTarget } from '../strategy/types.ts';
import { accountFor } from './account.ts';
import { strategyEntry, type StrategyEntry } from './entries.ts';
import type { Experiment } from './experiment.ts';
import type { FaultList } from './faults.ts';

/** A strategy of an experiment, loaded and asked what it needs. */
export interface Candidate {
  readonly entry: StrategyEntry;
  readonly loaded: LoadedStrategy;
  /** As given: the defaults are not filled in. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly needs: Needs;
  readonly account: AccountConfig;
}

export interface Candidates {
  /** Those that could be loaded, in the experiment's order; a benchmark that it does not list comes last. */
  readonly all: readonly Candidate[];
  /** One of them; undefined when it could not be loaded. */
  readonly benchmark: Candidate | undefined;
}

/**
 * Loads every strategy of an experiment, and its benchmark where it is not one of them. Faults are noted, not thrown, but for those of
 * the command line.
 *
 * @param flags - parameters of the command line: for every strategy that has them, over the experiment's own
 * @throws {UsageError} `param-wrong`
 */
export async function loadCandidates(
  experiment: Experiment,
  target: StrategyTarget,
  flags: ReadonlyMap<string, string>,
  faults: FaultList,
): Promise<Candidates> {
  const load = async (entry: StrategyEntry): Promise<Candidate | undefined> =>
    faults.attempt(experiment.place(entry.path, 'value'), () => candidateFor(entry, experiment, target, flags));
  const { strategies, benchmark: named } = experiment.settings;
  const entries = strategies.map(strategyEntry);
  const listed: (Candidate | undefined)[] = [];
  for (const entry of entries) listed.push(await load(entry));
  const known = listed.filter((candidate) => candidate !== undefined);

  // By what the experiment calls it; or, since a file may be called otherwise than its strategy, by the strategy's own name.
  const index = entries.findIndex((entry) => (entry.label ?? entry.use) === named);
  const namesake = known.find(({ entry, loaded }) => entry.label === undefined && loaded.strategy.name === named);
  const benchmark = index >= 0 ? listed[index] : (namesake ?? (await load(benchmarkEntry(named))));
  return { all: benchmark === undefined || known.includes(benchmark) ? known : [...known, benchmark], benchmark };
}

function benchmarkEntry(use: string): StrategyEntry {
  return { use, label: undefined, params: {}, account: {}, path: ['benchmark'], paramsPath: ['benchmark'] };
}

async function candidateFor(
  entry: StrategyEntry,
  { settings, directory, place }: Experiment,
  target: StrategyTarget,
  flags: ReadonlyMap<string, string>,
): Promise<Candidate> {
  // What the command line names has no place in the file, and is meant from where one types it.
  const typed = place(entry.path, 'value').file === undefined;
  const loaded = await loadStrategy(entry.use, typed ? process.cwd() : directory);
  const { strategy, file } = loaded;
  const locate: Locate = ([name, ...rest], part) =>
    place([...entry.paramsPath, ...(name === undefined ? [] : [name]), ...rest], part);
  const params = { ...entry.params, ...typedParams(strategy, flags) };
  const use = isStrategyPath(entry.use) ? shortPath(file) : entry.use;
  const used = readParams(strategy, params, { locate, use, flags });
  const needs = askNeeds(strategy, used, { target, hasLots: settings.account.lots.length > 0 }, file);
  return { entry, loaded, params, needs, account: accountFor(settings.account, entry.account) };
}
