import { resolve } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import { DAY, parseInterval } from '../core/time.ts';
import { coinsOf } from '../market/instrument.ts';
import type { Catalog } from '../market/load/catalog.ts';
import type { MarketRequest } from '../market/request.ts';
import type { Target } from '../result/run-result.ts';
import type { Needs } from '../strategy/types.ts';
import { IMPACT_DAYS } from '../venue/trailing.ts';
import type { Candidate } from './candidates.ts';
import type { Experiment } from './experiment.ts';

/** A series some part of an experiment asks for, and where it does. */
interface Wish {
  readonly symbol: string;
  readonly by: string;
  readonly path: readonly PropertyKey[];
  /** Only spot will do: a target and a lot are coins. */
  readonly spotOnly: boolean;
}

/** Directory of an experiment's catalog. */
export function catalogDirectory({ directory, settings }: Experiment): string {
  return resolve(directory, settings.market.catalog);
}

/**
 * One market for all runs: the coins of the target and of the lots, and what each strategy needs. Series the catalog does not have are
 * noted as `symbol-unknown`, at the line that asks for them.
 *
 * @param cacheDir - where binary caches go; null: none are kept
 */
export function marketRequest(
  experiment: Experiment,
  target: Target,
  candidates: readonly Candidate[],
  catalog: Catalog,
  cacheDir: string | null,
): MarketRequest {
  const { market, account } = experiment.settings;
  const wishes = wishesOf(experiment, target, candidates);
  const coins = coinsOf(catalog.series);
  const spot = new Set(Object.keys(coins));
  const derivatives = symbolsOf(catalog, 'perpetual', 'future');
  noteUnknown(wishes, coins, derivatives, catalog.name, experiment);
  const symbols = [...new Set(wishes.map(({ symbol }) => symbol))];
  const asked = symbols.filter((symbol) => spot.has(symbol));
  return {
    catalog: catalog.directory,
    interval: market.interval,
    from: market.from,
    to: market.to,
    venue: market.venue,
    spot: [...new Set([...asked, ...marginCoins(candidates, catalog, asked)])],
    derivatives: symbols.filter((symbol) => derivatives.has(symbol)),
    perpetuals: wantedContracts(candidates, 'perpetuals'),
    futures: wantedContracts(candidates, 'futures'),
    lookbackDays: Math.max(0, ...candidates.map(({ needs }) => lookbackOf(needs, parseInterval(market.interval)))),
    // Always, whatever strategies ask for: the costs of one do not hang on what another looks back.
    leadDays: IMPACT_DAYS + 1,
    missingFunding: account.missingFunding,
    funding: market.funding,
    cacheDir,
    verify: false,
  };
}

function lookbackOf({ lookbackDays = 0, lookbackBars = 0 }: Needs, step: number): number {
  return Math.max(lookbackDays, (lookbackBars * step) / DAY);
}

function symbolsOf({ series }: Catalog, ...kinds: readonly string[]): Set<string> {
  return new Set(series.filter(({ kind }) => kinds.includes(kind)).map(({ symbol }) => symbol));
}

function wishesOf({ settings }: Experiment, { weights }: Target, candidates: readonly Candidate[]): Wish[] {
  const { lots } = settings.account;
  return [
    ...Object.keys(weights).map((symbol): Wish => {
      return { symbol, by: 'target.weights', path: ['target', 'weights', symbol], spotOnly: true };
    }),
    ...lots.map(({ asset }, i): Wish => {
      return { symbol: asset, by: `account.lots[${i}].asset`, path: ['account', 'lots', i, 'asset'], spotOnly: true };
    }),
    ...candidates.flatMap(({ needs, loaded, entry }) =>
      needs.symbols.map((symbol): Wish => ({
        symbol,
        by: `needs of ${loaded.strategy.name}`,
        path: entry.path,
        spotOnly: false,
      })),
    ),
  ];
}

// Each unknown symbol once, where it is asked for first.
function noteUnknown(
  wishes: readonly Wish[],
  coins: Readonly<Record<string, string>>,
  derivatives: ReadonlySet<string>,
  catalog: string,
  { place, faults }: Experiment,
): void {
  const spot = new Set(Object.keys(coins));
  const noted = new Set<string>();
  for (const { symbol, by, path, spotOnly } of wishes) {
    const fitting = spotOnly ? spot : new Set([...spot, ...derivatives]);
    if (fitting.has(symbol) || noted.has(symbol)) continue;
    noted.add(symbol);
    const what = spotOnly ? 'spot series' : 'series';
    const ofCoin = [...spot].filter((series) => coins[series] === symbol);
    faults.add(
      new ConfigError('symbol-unknown', `${by}: the catalog "${catalog}" has no ${what} ${symbol}`, {
        at: place(path, 'key'),
        hint: ofCoin.length > 0 ? `its spot of ${symbol} is called ${ofCoin.join(' or ')}` : didYouMean(symbol, fitting),
      }),
    );
  }
}

// An inverse contract is margined, and pays, in its coin: the coin belongs to the market, under the name that is asked for already.
function marginCoins(candidates: readonly Candidate[], { series }: Catalog, asked: readonly string[]): string[] {
  const inverse = (['perpetuals', 'futures'] as const)
    .flatMap((kind) => wantedContracts(candidates, kind))
    .filter(({ contract }) => contract === 'inverse');
  const named = candidates.flatMap(({ needs }) =>
    series.filter((each) => each.contract === 'inverse' && needs.symbols.includes(each.symbol)),
  );
  return [...inverse, ...named].flatMap(({ base }) => {
    const ofCoin = series.filter((each) => each.kind === 'spot' && each.base === base).map(({ symbol }) => symbol);
    return ofCoin.find((symbol) => asked.includes(symbol)) ?? ofCoin[0] ?? [];
  });
}

function wantedContracts(candidates: readonly Candidate[], kind: 'perpetuals' | 'futures'): MarketRequest['perpetuals'] {
  const byKey = candidates.flatMap(({ needs, account }) => {
    const contract = (needs.collateral ?? account.collateral) === 'coin' ? 'inverse' : 'linear';
    return (needs[kind] ?? []).map((base) => [`${base} ${contract}`, { base, contract }] as const);
  });
  return [...new Map(byKey).values()];
}
