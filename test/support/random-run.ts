import { z } from 'zod';
import type { AccountConfig } from '../../src/engine/config.ts';
import { createRandom } from '../../src/core/random.ts';
import { HOUR } from '../../src/core/time.ts';
import type { Market } from '../../src/market/market.ts';
import { defineStrategy, type Strategy } from '../../src/strategy/define.ts';
import type { VenueSetting } from '../../src/venue/setting.ts';
import { dailyClose, marketOf, type MarketSpec } from './market.ts';

export const COSTLY: VenueSetting = {
  preset: 'none',
  fees: { spot: { maker: 0.0005, taker: 0.001 }, perpetual: { maker: 0.0002, taker: 0.0005 } },
  slippage: { halfSpread: 0.0005 },
  maintenance: 0.01,
  liquidationFee: 0.01,
};

export interface RandomMarketOptions {
  readonly bars?: number;
  /** Daily volatility. */
  readonly sigma?: number;
  /** Chance of a bar without trade. */
  readonly gaps?: number;
  readonly scale?: number;
  /** Names of the two coins, in the order of the market. */
  readonly coins?: readonly [string, string];
}

/** Two coins, a perpetual of each, 8-hour funding: seeded, positive prices, highs and lows around open and close. */
export function randomMarket(
  seed: number,
  { bars = 40, sigma = 0.06, gaps = 0, scale = 1, coins = ['BTC', 'ETH'] }: RandomMarketOptions = {},
): Market {
  const walk = (name: string, first: number) => {
    const random = createRandom(seed, name);
    const spot = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
    const perp = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
    let price = first * scale;
    for (let i = 0; i < bars; i++) {
      const open = price * (1 + 0.003 * random.normal());
      const close = Math.max(open * Math.exp(sigma * random.normal()), 1e-6 * scale);
      const high = Math.max(open, close) * (1 + Math.abs(0.3 * sigma * random.normal()));
      const low = Math.min(open, close) / (1 + Math.abs(0.3 * sigma * random.normal()));
      const quiet = i > 0 && random.uniform() < gaps;
      const basis = 1 + 0.002 * random.normal();
      for (const [field, value] of Object.entries({ open, high, low, close }) as [keyof typeof spot, number][]) {
        spot[field].push(quiet ? NaN : value);
        perp[field].push(value * basis);
      }
      if (!quiet) price = close;
    }
    return { spot, perp };
  };
  const first = walk('first', 100);
  const second = walk('second', 10);
  const rates = createRandom(seed, 'funding');
  const funding: MarketSpec['funding'] = coins.flatMap((coin) =>
    Array.from({ length: 3 * (bars - 1) }, (_, k) => ({
      symbol: `${coin}-PERP`,
      time: dailyClose(0) + (k + 1) * 8 * HOUR,
      rate: 0.001 * rates.normal(),
    })),
  );
  return marketOf({
    spot: { [coins[0]]: first.spot, [coins[1]]: second.spot },
    perps: { [`${coins[0]}-PERP`]: first.perp, [`${coins[1]}-PERP`]: second.perp },
    funding,
  });
}

/**
 * Orders of every kind at random bars, drawn from the bar's number and not from the market, so that two markets see like decisions.
 *
 * @param unit - what a notional of 1 is: scales with the account
 * @param contracts - whether contracts are traded as well
 */
export function randomTrader(
  seed: number,
  { unit = 1, contracts = true, coins = ['BTC', 'ETH'] as readonly [string, string] } = {},
): Strategy {
  return defineStrategy({
    name: 'random-trader',
    summary: 'Trades at random.',
    params: z.object({}),
    needs: () => ({ symbols: [coins[0], coins[1], `${coins[0]}-PERP`, `${coins[1]}-PERP`] }),
    setup: () => ({
      onBar({ market, portfolio, orders }) {
        const random = createRandom(seed, `bar ${market.bar}`);
        const coin = coins[random.integer(2)]!;
        const size = (random.uniform() - 0.5) * 600 * unit;
        const kind = random.integer(contracts ? 7 : 4);
        const why = { tag: `kind ${kind}` };
        const price = market.mark(coin);
        if (kind === 0) orders.targetWeights({ [coins[0]]: random.uniform() * 0.5, [coins[1]]: random.uniform() * 0.5 }, why);
        if (kind === 1) orders.market(coin, size / price, why);
        if (kind === 2) orders.limit(coin, size / price, price * (1 - 0.03 * Math.sign(size)), { ...why, timeInForceBars: 3 });
        if (kind === 3) orders.target(coin, Math.max(0, portfolio.quantity(coin) / 2), why);
        if (kind >= 4) orders.targetNotional(`${coin}-PERP`, 1.5 * size, { ...why, reduceOnly: kind === 6 });
      },
    }),
  });
}

export const RANDOM_ACCOUNT: Partial<AccountConfig> = {
  cash: 1_000,
  leverage: 3,
  marginCall: { at: 0.5, to: 1, from: 'spot' },
  lots: [
    { asset: 'BTC', quantity: 3, cost: 150, acquired: Date.UTC(2022, 5, 1) },
    { asset: 'ETH', quantity: 20, cost: 260, acquired: Date.UTC(2023, 9, 1) },
  ],
  interest: { cash: 0.01, borrow: 0.1 },
  flows: [{ time: dailyClose(20), amount: 100 }],
};
