import { sha256 } from '../core/hash.ts';
import { once } from '../core/once.ts';
import { PACKAGE_VERSION } from '../core/package.ts';
import type { Market } from '../market/market.ts';
import type { RunResult } from '../result/run-result.ts';
import type { Venue } from '../venue/venue.ts';
import { assumptionsOf } from './closing.ts';
import type { RunConfig } from './config.ts';

/**
 * What says how the run came about, made when it is first read: a sweep of a thousand runs reads none of it. It holds on to what was
 * configured, not to the kernel.
 */
export function describeRun(
  config: RunConfig,
  params: Record<string, unknown>,
): { assumptions: () => RunResult['assumptions']; manifest: () => RunResult['manifest'] } {
  const { market } = config;
  return {
    assumptions: once(() => assumptionsOf(config)),
    manifest: once(() => ({
      dataHash: market.hash,
      configHash: configHash(config, params),
      sourceHash: sourceHash(config),
      seed: config.seed,
      version: PACKAGE_VERSION,
      node: process.version,
      synthetic: market.synthetic,
      sources: market.sources,
    })),
  };
}

/** sha256 of everything that was chosen: not of the data, the strategy's text, or how the run was recorded. */
function configHash({ id, market, target, account, tax, fill, seed, venue }: RunConfig, params: Record<string, unknown>): string {
  return sha256(JSON.stringify({ id, params, target, account, tax, fill, seed, venue: venueHash(market, venue) }));
}

const venueHashes = new WeakMap<Market, WeakMap<Venue, string>>();

/** sha256 of a venue's name and every term it sets for a market's instruments; taken once per market and venue. */
function venueHash(market: Market, venue: Venue): string {
  let known = venueHashes.get(market);
  if (!known) venueHashes.set(market, (known = new WeakMap()));
  let hash = known.get(venue);
  if (hash === undefined) {
    hash = sha256(JSON.stringify([venue.name, venue.feeIn, market.instruments.map((instrument) => venue.terms(instrument))]));
    known.set(venue, hash);
  }
  return hash;
}

const sourceHashes = new WeakMap<RunConfig['strategy'], { readonly source: string; readonly hash: string }>();

function sourceHash({ strategy, strategySource }: RunConfig): string {
  let known = sourceHashes.get(strategy);
  if (known?.source !== strategySource) {
    known = { source: strategySource, hash: sha256(strategySource) };
    sourceHashes.set(strategy, known);
  }
  return known.hash;
}
