import { ANCHOR } from '../../analysis/claims/market-days.ts';
import type { JudgedClaim, JudgedClaims } from '../../analysis/claims/judged.ts';
import { verdictOf } from '../../analysis/claims/verdict.ts';
import { KedgeError, UsageError } from '../../core/errors.ts';
import { runStrategy } from '../../engine/run.ts';
import { coinsOf } from '../../market/instrument.ts';
import { readCatalog } from '../../market/load/catalog.ts';
import { loadMarket } from '../../market/load/load-market.ts';
import type { Market } from '../../market/market.ts';
import type { MarketRequest } from '../../market/request.ts';
import { reverseFunding } from '../../market/reverse-funding.ts';
import type { RunResult } from '../../result/run-result.ts';
import { placing, runConfig, type BeforeStep } from '../compare.ts';
import { readExperiment } from '../experiment.ts';
import type { ExperimentOverrides } from '../overrides.ts';
import { planExperiment, type Plan } from '../plan.ts';
import type { Claim } from './claim.ts';
import { ClaimGround } from './ground.ts';
import { MECHANICS } from './mechanics.ts';
import { REBALANCING } from './rebalancing.ts';
import { CLAIM_RUNS, type ClaimRun, type ClaimRunId } from './runs.ts';
import { SCENARIOS } from './scenarios.ts';
import { TACTIC } from './tactic.ts';

/** Every claim of the source article, in its order. */
export const CLAIMS: readonly Claim[] = [...REBALANCING, ...SCENARIOS, ...MECHANICS, ...TACTIC];

/** Where claims are measured. */
export interface ClaimsRequest {
  /** Experiment whose market, target, account, venue and tax hold. */
  readonly experiment: string;
  readonly overrides: ExperimentOverrides;
  readonly cacheDir: string | null;
}

/**
 * Makes every run that claims are measured by, where the market has what it needs, and judges each claim by the rule that stands beside it.
 *
 * @throws {KedgeError} what is wrong with the experiment itself
 */
export async function judgeClaims(request: ClaimsRequest, beforeStep: BeforeStep): Promise<JudgedClaims> {
  const ids = Object.keys(CLAIM_RUNS) as ClaimRunId[];
  const total = ids.length + CLAIMS.length + 1;
  await beforeStep('read the market', 0, total);
  const plan = await planOf(request, 'spot-band', CLAIM_RUNS['spot-band']);
  const markets = new Markets();
  const market = await withPerpetuals(plan.market, markets);

  const runs = new Map<ClaimRunId, RunResult>();
  const failures = new Map<ClaimRunId, string>();
  for (const [k, id] of ids.entries()) {
    await beforeStep(id, k + 1, total);
    try {
      runs.set(id, await replay(request, id, CLAIM_RUNS[id], markets));
    } catch (error) {
      if (!(error instanceof KedgeError) || error instanceof UsageError) throw error;
      failures.set(id, error.message);
    }
  }
  const { venue, target, seed } = plan;
  const ground = new ClaimGround({ market, venue, target, seed, runs });
  const claims: JudgedClaim[] = [];
  for (const [k, claim] of CLAIMS.entries()) {
    await beforeStep(`claim ${claim.id}`, ids.length + 1 + k, total);
    claims.push(judge(claim, ground, runs, failures));
  }
  const { instruments, interval, length, first } = market;
  const symbols = instruments.map(({ symbol }) => symbol);
  return {
    name: plan.name,
    synthetic: market.synthetic,
    dataHash: market.hash,
    market: { symbols, interval, from: plan.market.from, to: plan.market.to, bars: length - first },
    claims,
  };
}

function judge(
  { id, section, claim, test, note }: Claim,
  ground: ClaimGround,
  runs: ReadonlyMap<ClaimRunId, RunResult>,
  failures: ReadonlyMap<ClaimRunId, string>,
): JudgedClaim {
  const heading = { id, section, claim, note };
  if (test === null) {
    const nothing = { measure: null, effect: null, low: null, high: null, threshold: null, direction: null, missing: null };
    return { ...heading, ...nothing, verdict: 'not testable here', regimes: [], variants: [], runs: [] };
  }
  const { measure, direction, threshold } = test;
  const estimate = test.effect(ground);
  const failed = ground.takeAsked();
  const variants = (test.variants ?? []).flatMap(({ name, measure: of }) => {
    const { effect, low, high } = of(ground) ?? {};
    return effect === undefined ? [] : [{ name, effect, low: low ?? null, high: high ?? null }];
  });
  const asked = [...new Set([...failed, ...ground.takeAsked()])];
  const reasons = failed.flatMap((run) => failures.get(run) ?? []);
  return {
    ...heading,
    verdict: verdictOf(estimate, threshold, direction),
    measure,
    effect: estimate?.effect ?? null,
    low: estimate?.low ?? null,
    high: estimate?.high ?? null,
    threshold,
    direction,
    regimes: estimate?.regimes ?? [],
    variants,
    runs: asked.flatMap((run) => {
      const result = runs.get(run);
      return result ? [{ id: run, hash: result.manifest.configHash }] : [];
    }),
    missing: estimate === null ? (reasons[0] ?? 'the market at hand does not hold what this measure needs') : null,
  };
}

async function replay(request: ClaimsRequest, id: ClaimRunId, claimRun: ClaimRun, markets: Markets): Promise<RunResult> {
  const plan = await planOf(request, id, claimRun);
  const loaded = await markets.load(plan.market);
  const market = claimRun.fundingReversed ? reverseFunding(loaded) : loaded;
  const run = plan.runs[0]!;
  return placing(run, () => runStrategy(runConfig(plan, run, market)));
}

function planOf({ experiment, overrides, cacheDir }: ClaimsRequest, label: string, run: ClaimRun): Promise<Plan> {
  const { use, params = {}, account = {}, untaxed } = run;
  const read = readExperiment(experiment, {
    ...overrides,
    strategies: [{ use, label, params, account }],
    benchmark: label,
    ...(untaxed && { tax: ['none'] }),
  });
  return planExperiment(read, { params: [], cacheDir });
}

/** Markets by what they hold: most runs share one. */
class Markets {
  readonly #loaded = new Map<string, Market>();

  async load(request: MarketRequest): Promise<Market> {
    const key = JSON.stringify(request);
    const known = this.#loaded.get(key);
    if (known) return known;
    const market = await loadMarket(request);
    this.#loaded.set(key, market);
    return market;
  }
}

/** The market with the perpetuals of all its coins, of Bitcoin alone, or of none: as much as the catalog covers. */
async function withPerpetuals(request: MarketRequest, markets: Markets): Promise<Market> {
  const { series } = await readCatalog(request.catalog);
  const coins = coinsOf(series);
  const bases = [...new Set(request.spot.map((symbol) => coins[symbol]!))].filter((coin) =>
    series.some(({ kind, base, contract }) => kind === 'perpetual' && base === coin && contract !== 'inverse'),
  );
  const choices = [bases, bases.filter((base) => base === ANCHOR), []];
  for (const [k, choice] of choices.entries()) {
    const perpetuals = choice.map((base) => ({ base, contract: 'linear' as const }));
    try {
      return await markets.load({ ...request, perpetuals });
    } catch (error) {
      if (k === choices.length - 1 || !(error instanceof KedgeError)) throw error;
    }
  }
  throw new Error('unreachable: the last choice is returned or thrown');
}
