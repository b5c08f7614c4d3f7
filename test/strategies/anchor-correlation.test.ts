import { describe, expect, test } from 'vitest';
import anchorCorrelation from '../../strategies/anchor-correlation.ts';
import { createRandom } from '../../src/core/random.ts';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';

const target = { weights: { BTC: 0.3, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' } as const;
const DAYS = 100;

/** ETH follows BTC with beta 2, as far as the noise lets it; then prices stand still for some days. */
function market(noise: number) {
  const random = createRandom(3, 'prices');
  const [btc, eth] = [[100], [10]];
  for (let i = 1; i <= DAYS; i++) {
    const shock = 0.02 * random.normal();
    btc.push(btc[i - 1]! * Math.exp(shock));
    eth.push(eth[i - 1]! * Math.exp(2 * shock + noise * random.normal()));
  }
  // Normalised, so that a quantity is a value at the end.
  const flat = (prices: number[]) => [...prices.map((price) => price / prices.at(-1)!), 1, 1, 1, 1];
  const prices = { BTC: flat(btc), ETH: flat(eth) };
  return marketOf({ spot: prices, perps: { 'BTC-PERP': prices.BTC, 'ETH-PERP': prices.ETH }, first: DAYS });
}
const account = {
  cash: 500,
  lots: [
    { asset: 'BTC', quantity: 400, cost: 100, acquired: Date.UTC(2020, 0, 1) },
    { asset: 'ETH', quantity: 100, cost: 100, acquired: Date.UTC(2020, 0, 1) },
  ],
};
const symbols = (noise: number, params: Record<string, unknown>) =>
  fillRows(plainRun(market(noise), anchorCorrelation, { target, account, params })).map(([, symbol]) => symbol);

describe('anchor-correlation', () => {
  test('hedges with Bitcoin while the others move with it', () => {
    const rows = fillRows(plainRun(market(0.001), anchorCorrelation, { target, account, params: { objective: 'btcWeight' } }));
    expect(rows).toContainEqual([1, 'BTC-PERP', expect.closeTo(-100, 6)]);
  });

  test('trades the coins back to target while they do not', () => {
    const result = plainRun(market(0.2), anchorCorrelation, { target, account });
    expect(result.full.fills.tag[0]).toContain('Bitcoin is no stand-in');
    expect(result.full.columns.weights['BTC']!.at(-1)).toBeCloseTo(0.3, 9);
    expect(result.full.columns.weights['ETH']!.at(-1)).toBeCloseTo(0.3, 9);
  });

  test('hedges each coin on its own perpetual, if told so', () => {
    const { full } = plainRun(market(0.2), anchorCorrelation, { target, account, params: { fallback: 'twoLeg' } });
    expect(full.columns.exposure['BTC']!.at(-1)).toBeCloseTo(0.3, 9);
    expect(full.columns.exposure['ETH']!.at(-1)).toBeCloseTo(0.3, 9);
    expect(full.fills.symbol.toSorted()).toEqual(['BTC-PERP', 'ETH-PERP']);
  });

  test('leaves the drift, if told so', () => {
    expect(symbols(0.2, { fallback: 'none' })).toEqual([]);
  });

  test('asks for as much correlation and beta as it is told', () => {
    const spot = ['BTC', 'ETH'];
    expect(symbols(0.001, { minBeta: 2.5 }).toSorted()).toEqual(spot);
    expect(symbols(0.2, { minCorrelation: -1, minBeta: -10, objective: 'btcWeight' })).toContain('BTC-PERP');
  });

  test('closes the Bitcoin hedge when the others stop moving with it', () => {
    const random = createRandom(5, 'later');
    const base = market(0.001);
    const lead = Array.from(base.columns.close.slice(0, DAYS + 1));
    const follow = Array.from(base.columns.close.slice(base.length, base.length + DAYS + 1));
    for (let i = 0; i < 60; i++) {
      lead.push(lead.at(-1)!);
      follow.push(follow.at(-1)! * Math.exp(0.15 * random.normal()));
    }
    const changing = marketOf({
      spot: { BTC: lead, ETH: follow },
      perps: { 'BTC-PERP': lead },
      first: DAYS,
    });
    const params = { objective: 'btcWeight', fallback: 'none' };
    const tags = plainRun(changing, anchorCorrelation, { target, account, params }).full.fills.tag;
    expect(tags).toContain('Bitcoin is no stand-in for the others');
  });
});
