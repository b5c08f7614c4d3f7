import { openMarket } from './buffer.ts';
import type { Market } from './market.ts';

/** The same market with every funding rate negated: a counterfactual, for whoever has the sign the wrong way round. */
export function reverseFunding(market: Market): Market {
  const copy = new SharedArrayBuffer(market.buffer.byteLength);
  new Uint8Array(copy).set(new Uint8Array(market.buffer));
  const { rate } = openMarket(copy, '').funding;
  for (let row = 0; row < rate.length; row++) rate[row] = -rate[row]!;
  return openMarket(copy);
}
