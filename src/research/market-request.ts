import { resolve } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import type { Catalog } from '../market/load/catalog.ts';
import type { MarketRequest } from '../market/request.ts';
import type { Target } from '../result/run-result.ts';
import type { Candidate } from './candidates.ts';
import type { Experiment } from './experiment.ts';
import type { FaultList } from './faults.ts';

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
  faults: FaultList,
): MarketRequest {
  const { settings, place } = experiment;
  const { market, account } = settings;
  const names = (...kinds: readonly string[]): Set<string> =>
    new Set(catalog.series.filter(({ kind }) => kinds.includes(kind)).map(({ symbol }) => symbol));
  const spot = names('spot');
  const derivatives = names('perpetual', 'future');
  const known = new Set([...spot, ...derivatives]);
  const look = (symbol: string, within: ReadonlySet<string>, what: string, path: readonly PropertyKey[]): void => {
    if (within.has(symbol)) return;
    faults.add(
      new ConfigError('symbol-unknown', `${what}: the catalog "${catalog.name}" has no series ${symbol}`, {
        at: place(path, 'value'),
        hint: didYouMean(symbol, within),
      }),
    );
  };

  Object.keys(target.weights).forEach((symbol) => look(symbol, spot, 'target.weights', ['target', 'weights', symbol]));
  account.lots.forEach(({ asset }, i) => look(asset, spot, `account.lots[${i}].asset`, ['account', 'lots', i, 'asset']));
  for (const { needs, loaded, entry } of candidates) {
    needs.symbols.forEach((symbol) => look(symbol, known, `needs of ${loaded.strategy.name}`, entry.path));
  }

  const wanted = [
    ...Object.keys(target.weights),
    ...account.lots.map(({ asset }) => asset),
    ...candidates.flatMap(({ needs }) => needs.symbols),
  ];
  return {
    catalog: catalog.directory,
    interval: market.interval,
    from: market.from,
    to: market.to,
    venue: market.venue,
    spot: [...new Set(wanted.filter((symbol) => spot.has(symbol)))],
    derivatives: [...new Set(wanted.filter((symbol) => derivatives.has(symbol)))],
    perpetuals: wantedPerpetuals(candidates),
    lookbackDays: Math.max(0, ...candidates.map(({ needs }) => needs.lookbackDays ?? 0)),
    missingFunding: account.missingFunding,
    cacheDir,
    verify: false,
  };
}

function wantedPerpetuals(candidates: readonly Candidate[]): MarketRequest['perpetuals'] {
  const byKey = candidates.flatMap(({ needs, account }) => {
    const contract = account.collateral === 'coin' ? 'inverse' : 'linear';
    return (needs.perpetuals ?? []).map((base) => [`${base} ${contract}`, { base, contract }] as const);
  });
  return [...new Map(byKey).values()];
}
