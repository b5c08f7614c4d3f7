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
  /** The band as a share of the target value (relative), or of equity (absolute); the other is 0. */
  readonly ofWanted: number;
  readonly ofEquity: number;
}

/** Whether any value lies outside of its band. */
export function leavesBand(
  { asset, weight, inStep, ofWanted, ofEquity }: CompiledWake,
  values: Float64Array,
  equity: number,
): boolean {
  if (inStep) {
    const even = weight.length & ~1;
    const slack = ofEquity * equity;
    for (let k = 0; k < even; k += 2) {
      const wanted = weight[k]! * equity;
      const other = weight[k + 1]! * equity;
      if (
        Math.abs(values[k]! - wanted) > ofWanted * wanted + slack ||
        Math.abs(values[k + 1]! - other) > ofWanted * other + slack
      )
        return true;
    }
    if (even === weight.length) return false;
    const wanted = weight[even]! * equity;
    return Math.abs(values[even]! - wanted) > ofWanted * wanted + slack;
  }
  for (let k = 0; k < weight.length; k++) {
    const wanted = weight[k]! * equity;
    if (Math.abs(values[asset[k]!]! - wanted) > ofWanted * wanted + ofEquity * equity) return true;
  }
  return false;
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
        ofWanted: 0,
        ofEquity: 0,
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
        ofWanted: wake.bandKind === 'relative' ? wake.band : 0,
        ofEquity: wake.bandKind === 'relative' ? 0 : wake.band,
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
