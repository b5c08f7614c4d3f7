import { didYouMean } from '../core/suggest.ts';
import { StrategyError } from '../core/errors.ts';
import type { Market } from '../market/market.ts';
import type { Wake } from '../strategy/types.ts';
import { boundaryFlags } from './timeline.ts';

/** A strategy's declared condition for being called, on the kernel's arrays. */
export interface CompiledWake {
  /** @param value - spot value per asset; @param equity - NAV; both at bar i's close */
  fires(i: number, value: Float64Array, equity: number): boolean;
}

/**
 * @throws {StrategyError} `symbol-unknown` when a band names something that is no spot series of the market
 */
export function compileWake(wake: Wake, market: Market): CompiledWake {
  switch (wake.kind) {
    case 'calendar': {
      const flags = boundaryFlags(market, wake.every);
      return { fires: (i) => flags[i] === 1 };
    }
    case 'outside':
      return new OutsideBand(wake, market);
    default:
      return wake satisfies never;
  }
}

/** Fires when any asset is out of its band: |value − w·V| > band·w·V (relative) or > band·V (absolute). */
class OutsideBand implements CompiledWake {
  readonly #asset: Int32Array;
  readonly #weight: Float64Array;
  readonly #band: number;
  readonly #relative: boolean;

  constructor(wake: Extract<Wake, { kind: 'outside' }>, market: Market) {
    const spot = market.instruments.slice(0, market.spotCount).map((instrument) => instrument.symbol);
    const entries = Object.entries(wake.weights);
    this.#asset = Int32Array.from(entries, ([symbol]) => {
      const asset = spot.indexOf(symbol);
      if (asset < 0)
        throw new StrategyError('symbol-unknown', `wake.weights: "${symbol}" is not held as spot here`, {
          hint: didYouMean(symbol, spot),
        });
      return asset;
    });
    this.#weight = Float64Array.from(entries, ([, weight]) => weight);
    this.#band = wake.band;
    this.#relative = wake.bandKind === 'relative';
  }

  fires(_i: number, value: Float64Array, equity: number): boolean {
    const asset = this.#asset;
    const weight = this.#weight;
    for (let k = 0; k < asset.length; k++) {
      const wanted = weight[k]! * equity;
      const allowed = this.#band * (this.#relative ? wanted : equity);
      if (Math.abs(value[asset[k]!]! - wanted) > allowed) return true;
    }
    return false;
  }
}
