import { UsageError, type Place } from '../core/errors.ts';
import type { Notice } from '../core/notice.ts';
import type { Locate } from '../core/schema.ts';
import { didYouMean } from '../core/suggest.ts';
import type { AccountConfig } from '../engine/config.ts';
import { coinsOf } from '../market/instrument.ts';
import { readCatalog } from '../market/load/catalog.ts';
import type { MarketRequest } from '../market/request.ts';
import type { Target } from '../result/run-result.ts';
import type { LoadedStrategy } from '../strategy/load.ts';
import { splitParams } from '../strategy/params.ts';
import type { TaxSetup } from '../tax/setup.ts';
import type { Venue } from '../venue/venue.ts';
import { loadCandidates, type Candidate } from './candidates.ts';
import { uniqueIds } from './entries.ts';
import type { Experiment } from './experiment.ts';
import { catalogDirectory, marketRequest } from './market-request.ts';
import { targetOf } from './target.ts';
import { plannedTaxes, withExchangeRates, type PlannedTax } from './taxes.ts';
import { venueOf } from './venue-file.ts';
import { checkVenueNames } from './venue-names.ts';

/** One run of an experiment, ready but for the market. */
export interface PlannedRun {
  readonly id: string;
  readonly loaded: LoadedStrategy;
  /** As given; the run fills in the strategy's defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly account: AccountConfig;
  readonly tax: TaxSetup;
  /** Where the experiment asks for it. */
  readonly place: Place;
}

/** An experiment with everything it names found: what is left is to load the market and run. */
export interface Plan {
  readonly name: string;
  /** By regime, then in the experiment's order. */
  readonly runs: readonly PlannedRun[];
  /** Id of the run the others are measured against. */
  readonly benchmark: string;
  readonly market: MarketRequest;
  /** Where the experiment says what market. */
  readonly marketPlace: Place;
  readonly target: Target;
  readonly venue: Venue;
  /** Where the experiment names its venue. */
  readonly venuePlace: Place;
  /** What every run is to say of the experiment, beside what its market and its engine say. */
  readonly notices: readonly Notice[];
  readonly fill: 'next-open' | 'close';
  readonly seed: number;
}

export interface PlanOptions {
  /** `name=value` of the command line: for every strategy that has such a parameter, over the experiment's own. */
  readonly params: readonly string[];
  /** Where binary caches of market data go; null: none are kept. */
  readonly cacheDir: string | null;
}

/**
 * Finds what an experiment names: strategies with their parameters and needs, series, venue, regimes.
 *
 * @throws {KedgeError} the only fault, or `experiment-wrong` with all of them, each at its line
 * @throws {UsageError} `param-unknown` for a parameter on the command line that no strategy has, `param-wrong` for a value that one refuses
 */
export async function planExperiment(experiment: Experiment, { params, cacheDir }: PlanOptions): Promise<Plan> {
  const { settings, place, faults } = experiment;
  const flags = splitParams(params);
  const target = targetOf(settings.target);

  const venue = await faults.attempt(place(['venue'], 'value'), () => venueOf(settings.venue, experiment.directory));
  const named = await plannedTaxes(experiment);
  const catalog = await faults.attempt(place(['market', 'catalog'], 'value'), () => readCatalog(catalogDirectory(experiment)));
  const taxes = catalog ? await withExchangeRates(named, experiment, catalog, cacheDir) : named;
  const aim = { ...target, ...(catalog && { coins: coinsOf(catalog.series) }) };
  const candidates = await loadCandidates(experiment, aim, flags, faults);
  const { benchmark } = candidates;
  const market = catalog && marketRequest(experiment, target, candidates.all, catalog, cacheDir);
  const notices = catalog && venue ? checkVenueNames(experiment, catalog) : [];
  faults.throwIfAny();
  if (venue === undefined || benchmark === undefined || market === undefined) throw new Error('unreachable: faults were noted');
  refuseUnusedFlags(flags, candidates.all);

  return {
    name: settings.name,
    ...plannedRuns(candidates.all, benchmark, taxes, place),
    market,
    marketPlace: place(['market'], 'key'),
    target,
    venue,
    venuePlace: place(['venue'], 'value'),
    notices,
    fill: settings.fill,
    seed: settings.seed,
  };
}

function plannedRuns(
  all: readonly Candidate[],
  benchmark: Candidate,
  taxes: readonly PlannedTax[],
  place: Locate,
): Pick<Plan, 'runs' | 'benchmark'> {
  const ids = uniqueIds(all.map(({ entry, loaded }) => ({ label: entry.label, name: loaded.strategy.name })));
  const idUnder = (index: number, { name }: PlannedTax): string =>
    taxes.length === 1 ? ids[index]! : `${ids[index]!} (${name})`;
  const runs = taxes.flatMap((tax) =>
    all.map(({ entry, loaded, params, account }, index): PlannedRun => ({
      id: idUnder(index, tax),
      loaded,
      params,
      account,
      tax: tax.setup,
      place: place(entry.path, 'value'),
    })),
  );
  return { runs, benchmark: idUnder(all.indexOf(benchmark), taxes[0]!) };
}

function refuseUnusedFlags(flags: ReadonlyMap<string, string>, candidates: readonly Candidate[]): void {
  const names = new Set(candidates.flatMap(({ loaded }) => Object.keys(loaded.strategy.params.shape)));
  const strategies = [...new Set(candidates.map(({ loaded }) => loaded.strategy.name))].join(', ');
  for (const name of flags.keys()) {
    if (names.has(name)) continue;
    throw new UsageError(
      'param-unknown',
      `--param ${name}: no parameter of ${strategies} is called so. ${didYouMean(name, names)}`,
    );
  }
}
