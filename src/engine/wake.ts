import { didYouMean } from '../core/suggest.ts';
import { StrategyError } from '../core/errors.ts';
import type { Market } from '../market/market.ts';
import type { Wake } from '../strategy/types.ts';
import { boundaryFlags } from './timeline.ts';

/** A strategy's declared condition for being called, as columns that the kernel tests itself. */
export interface CompiledWake {
  /** Calendar: 1 at the bars (of the market) at which to wake; null for a band. */
  readonly flags: Uint8Array | null;
  /** Band: assets and their target weights, in step. */
  readonly asset: Int32Array;
  readonly weight: Float64Array;
  /** Whether the assets are the market's first, in its order. */
  readonly inStep: boolean;
  readonly band: number;
  /** Whether the band is a share of the target value (relative) or of equity (absolute). */
  readonly relative: boolean;
}

/**
 * @throws {StrategyError} `symbol-unknown` when a band names something that is no spot series of the market
 */
export function compileWake(wake: Wake, market: Market): CompiledWake {
  switch (wake.kind) {
    case 'calendar':
      return {
        flags: boundaryFlags(market, wake.every),
        asset: new Int32Array(0),
        weight: new Float64Array(0),
        inStep: true,
        band: 0,
        relative: false,
      };
    case 'outside': {
      const spot = market.instruments.slice(0, market.spotCount).map((instrument) => instrument.symbol);
      const symbols = Object.keys(wake.weights);
      const asset = Int32Array.from(symbols, (symbol) => assetOf(symbol, spot));
      return {
        flags: null,
        asset,
        weight: Float64Array.from(Object.values(wake.weights)),
        inStep: asset.every((j, k) => j === k),
        band: wake.band,
        relative: wake.bandKind === 'relative',
      };
    }
    default:
      return wake satisfies never;
  }
}

function assetOf(symbol: string, spot: readonly string[]): number {
  const asset = spot.indexOf(symbol);
  if (asset >= 0) return asset;
  throw new StrategyError('symbol-unknown', `wake.weights: "${symbol}" is not held as spot here`, {
    hint: didYouMean(symbol, spot),
  });
}
