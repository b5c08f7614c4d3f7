import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import type { AccountConfig } from '../../src/engine/config.ts';
import { marketOf, type BarSpec, type FundingSpec } from '../support/market.ts';
import { plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';
import type { Step } from '../../src/strategy/types.ts';
import { DAY } from '../../src/core/time.ts';

const BARS = 40;
const START = Date.UTC(2024, 0, 1);

/** Prices with gaps, jumps of up to 90 % either way, wicks, and bars without volume. */
function wild(random: () => number, start: number, near?: BarSpec): BarSpec {
  const [close, open, high, low, volume]: number[][] = [[], [], [], [], []];
  let last = start;
  for (let bar = 0; bar < BARS; bar++) {
    const gap = random() < 0.1 ? (random() < 0.5 ? 0.1 : 1.9) : 0.95 + 0.1 * random();
    const begin = near ? near.open![bar]! * (0.98 + 0.04 * random()) : last * gap;
    const end = near ? near.close[bar]! * (0.98 + 0.04 * random()) : begin * (0.9 + 0.2 * random());
    const trades = bar === 0 || random() > 0.08 || Number.isNaN(begin);
    last = end;
    close!.push(trades ? end : NaN);
    open!.push(trades ? begin : NaN);
    high!.push(trades ? Math.max(begin, end) * (1 + 0.3 * random() ** 4) : NaN);
    low!.push(trades ? Math.min(begin, end) * (1 - 0.3 * random() ** 4) : NaN);
    volume!.push(random() < 0.1 ? 0 : 1e5);
  }
  return { close: close!, open: open!, high: high!, low: low!, volume: volume! };
}

/** As `wild`, without gaps, to derive contracts from. */
function whole(bars: BarSpec): BarSpec {
  const fill = (column: readonly number[]): number[] => {
    let last = column[0]!;
    return column.map((value) => (last = Number.isNaN(value) ? last : value));
  };
  return { open: fill(bars.open!), close: fill(bars.close) };
}

function wildMarket(random: () => number) {
  const [btc, eth] = [wild(random, 100), wild(random, 10)];
  const near = (spot: BarSpec, more: Partial<BarSpec> = {}): BarSpec => ({ ...wild(random, 1, whole(spot)), ...more });
  const funding: FundingSpec[] = ['BTC-PERP', 'ETH-PERP', 'BTC-USD'].flatMap((symbol) =>
    Array.from({ length: 2 * BARS }, (_, k) => ({ symbol, time: START + (k + 1) * (DAY / 2), rate: 0.02 * (random() - 0.4) })),
  );
  return marketOf({
    spot: { BTC: { ...btc, ...(random() < 0.3 && { delisted: START + 30 * DAY }) }, ETH: eth },
    perps: { 'BTC-PERP': near(btc), 'ETH-PERP': near(eth), 'BTC-USD': near(btc, { contract: 'inverse' }) },
    futures: {
      'BTC-F1': { ...near(btc), expiry: START + 20 * DAY + DAY / 3, settlement: 50 + 100 * random() },
      'BTC-F2': { ...near(btc), expiry: START + 100 * DAY },
      'BTC-I1': { ...near(btc), contract: 'inverse', expiry: START + 25 * DAY, settlement: 50 + 100 * random() },
    },
    funding,
  });
}

const SYMBOLS = ['BTC', 'ETH', 'BTC-PERP', 'ETH-PERP', 'BTC-F1', 'BTC-F2'];
const INVERSE = ['BTC-USD', 'BTC-I1'];

function gambler(random: () => number, contracts: readonly string[]) {
  const act = ({ market, portfolio, orders }: Step): void => {
    const pick = contracts[Math.floor(random() * contracts.length)]!;
    const options = { ...because, leverage: 1 + Math.floor(5 * random()) };
    const notional = (random() - 0.6) * 1.5 * Math.abs(portfolio.equity);
    const kind = random();
    if (kind < 0.4 && market.mark(pick) > 0) orders.targetNotional(pick, Number.isFinite(notional) ? notional : 0, options);
    else if (kind < 0.5) orders.targetWeights({ BTC: 0.5 * random(), ETH: 0.4 * random() }, because);
    else if (kind < 0.6) orders.roll('BTC-F1', 'BTC-F2', because);
    else if (kind < 0.7) orders.market(pick, (random() - 0.5) * 3, { ...options, reduceOnly: random() < 0.5 });
    else if (kind < 0.8 && market.mark(pick) > 0) {
      orders.limit(pick, random() - 0.5, market.mark(pick) * (0.9 + 0.2 * random()), { ...options, timeInForceBars: 4 });
    }
    for (const symbol of contracts) {
      expect(Number.isNaN(portfolio.liquidationPrice(symbol) ?? 0)).toBe(false);
      expect(Number.isNaN(portfolio.unrealizedGain(symbol))).toBe(false);
    }
    expect(Number.isNaN(portfolio.freeMargin)).toBe(false);
    expect(Number.isNaN(portfolio.marginRatio)).toBe(false);
  };
  return script(contracts, Object.fromEntries(Array.from({ length: BARS }, (_, bar) => [bar, act])));
}

const MODES: Partial<AccountConfig>[] = [
  { margin: 'cross', collateral: 'cash' },
  { margin: 'isolated', collateral: 'cash' },
  { margin: 'cross', collateral: 'coin' },
  { margin: 'isolated', collateral: 'coin' },
  { margin: 'cross', collateral: 'multi-asset', borrowLimit: 1_000 },
];

describe('whatever prices and orders do', () => {
  test.each(MODES)('%o: the books add up, nothing is NaN, and lots are what is held', (mode) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const stream = createRandom(seed, 'wild');
        const random = (): number => stream.uniform();
        const market = wildMarket(random);
        const contracts = mode.collateral === 'coin' ? [...SYMBOLS, ...INVERSE] : SYMBOLS;
        const run = plainRun(market, gambler(random, contracts), {
          tax: { regime: 'us' },
          fill: random() < 0.3 ? 'close' : 'next-open',
          venue: {
            ...{ preset: 'none', maintenance: 0.01, liquidationFee: 0.01, slippage: { halfSpread: 0.001 } },
            ...{
              feeIn: random() < 0.5 ? 'quote' : 'received',
              collateral: { BTC: 0.95, ETH: [{ upTo: 5, rate: 0.9 }, { rate: 0.5 }] },
            },
            fees: { spot: FEE, perpetual: FEE, future: FEE },
          },
          account: {
            ...mode,
            ...{
              cash: 5_000,
              leverage: 3,
              insurance: random() < 0.7,
              shortfall: pick(random, ['pro-rata', 'largest', 'least-tax']),
            },
            marginCall: { at: 0.5, to: 1, from: pick(random, ['spot', 'cash', 'none']) },
            interest: { cash: 0.01, borrow: 0.1 },
            lots: ['BTC', 'ETH'].map((asset) => ({ asset, quantity: 20, cost: 900, acquired: Date.UTC(2023, 5, 1) })),
          },
        });
        expect([...run.equity].every(Number.isFinite)).toBe(true);
        for (const [coin, weight] of Object.entries(run.full.columns.weights)) {
          const j = market.instruments.findIndex(({ symbol }) => symbol === coin);
          const units = (weight.at(-1)! * run.equity.at(-1)!) / market.columns.mark[(j + 1) * market.length - 1]!;
          const lots = run.full.lots.filter(({ asset }) => asset === coin).reduce((sum, { quantity }) => sum + quantity, 0);
          expect(Math.abs(units - lots)).toBeLessThan(1e-6 * (1 + lots));
        }
        for (const column of Object.values(run.full.columns)) {
          if (column instanceof Float64Array && column !== run.full.columns.marginRatio)
            expect(column.every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const FEE = { maker: 0.0002, taker: 0.001 };

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}
