import { createRandom } from '../../src/core/random.ts';
import { DAY } from '../../src/core/time.ts';

export const COINS = ['BTC', 'ETH'] as const;
export type Coin = (typeof COINS)[number];

/** Made-up prices on one clock, close by close: two coins and a perpetual on the first. */
export interface FakeMarket {
  readonly step: number;
  readonly time: Float64Array;
  readonly spot: Readonly<Record<Coin, Float64Array>>;
  readonly perpetual: Float64Array;
  /** Funding rate per settlement (every 8 hours). */
  readonly fundingRate: Float64Array;
}

/** The same seed gives the same market, so runs made with it may be compared. */
export function fakeMarket({ seed, bars, step, start }: { seed: number; bars: number; step: number; start: number }): FakeMarket {
  const random = createRandom(seed, 'fake market');
  const time = Float64Array.from({ length: bars }, (_, i) => start + (i + 1) * step);
  const BTC = new Float64Array(bars);
  const ETH = new Float64Array(bars);
  const perpetual = new Float64Array(bars);
  const fundingRate = new Float64Array(bars);
  const deviation = 0.03 * Math.sqrt(step / DAY);
  const drift = 0.0005 * (step / DAY);
  let btc = Math.log(20_000);
  let eth = Math.log(1_500);
  let basis = 0.0005;
  for (let i = 0; i < bars; i++) {
    BTC[i] = Math.exp(btc);
    ETH[i] = Math.exp(eth);
    perpetual[i] = BTC[i]! * (1 + basis);
    fundingRate[i] = 0.0001 + 0.2 * basis;
    const common = drift + deviation * random.normal();
    btc += common;
    eth += 1.1 * common - 0.4 * drift + 0.6 * deviation * random.normal();
    basis = 0.9 * basis + 0.00005 + 0.0003 * random.normal();
  }
  return { step, time, spot: { BTC, ETH }, perpetual, fundingRate };
}
