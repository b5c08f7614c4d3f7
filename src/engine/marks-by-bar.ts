import type { Market } from '../market/market.ts';

const known = new WeakMap<Market, Float64Array>();

/**
 * The closing marks of all coins, bar after bar: `[bar × spotCount + asset]`. A bar then lies in one place in memory, where the market's own
 * columns are as many places as there are coins; made once for all runs on a market.
 */
export function marksByBar(market: Market): Float64Array {
  let marks = known.get(market);
  if (!marks) known.set(market, (marks = transposed(market)));
  return marks;
}

function transposed({ columns: { mark }, spotCount, length }: Market): Float64Array {
  const marks = new Float64Array(spotCount * length);
  for (let asset = 0; asset < spotCount; asset++) {
    for (let bar = 0, at = asset; bar < length; bar++, at += spotCount) marks[at] = mark[asset * length + bar]!;
  }
  return marks;
}
