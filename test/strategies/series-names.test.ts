import { beforeAll, describe, expect, test } from 'vitest';
import anchorBand from '../../strategies/anchor-band.ts';
import anchorCorrelation from '../../strategies/anchor-correlation.ts';
import anchorDated from '../../strategies/anchor-dated.ts';
import anchorVol from '../../strategies/anchor-vol.ts';
import cashHedge from '../../strategies/cash-hedge.ts';
import hold from '../../strategies/hold.ts';
import sellOrHedge from '../../strategies/sell-or-hedge.ts';
import spotBand from '../../strategies/spot-band.ts';
import spotCalendar from '../../strategies/spot-calendar.ts';
import spotTaxAware from '../../strategies/spot-tax-aware.ts';
import syntheticBuy from '../../strategies/synthetic-buy.ts';
import syntheticSell from '../../strategies/synthetic-sell.ts';
import { measure } from '../../src/analysis/measure.ts';
import { parseDate } from '../../src/core/time.ts';
import { loadMarket } from '../../src/market/load/load-market.ts';
import type { Market } from '../../src/market/market.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import { shippedStrategies } from '../../src/strategy/load.ts';
import { plainRun } from '../support/run.ts';

const TARGET = { weights: { BTC: 0.5, ETH: 0.25, SOL: 0.15 }, band: 0.05, bandKind: 'absolute' } as const;
const LOTS = [
  { asset: 'BTC', quantity: 4, cost: 20_000, acquired: parseDate('2020-03-01') },
  { asset: 'ETH', quantity: 60, cost: 12_000, acquired: parseDate('2020-06-01') },
];
/** What a catalog may call the series of the sample's coins. */
const NAMES: Readonly<Record<string, string>> = {
  BTC: 'XBT',
  ETH: 'ETH-USDT',
  SOL: 'solana',
  'BTC-PERP': 'XBTUSDM',
  'ETH-PERP': 'ETHUSDTM',
  'SOL-PERP': 'sol-swap',
  'BTC-USD-PERP': 'XBTUSD',
};

const nameOf = (symbol: string): string => NAMES[symbol] ?? symbol;
const renamed = (market: Market): Market => ({
  ...market,
  instruments: market.instruments.map((instrument) => ({ ...instrument, symbol: nameOf(instrument.symbol) })),
});
/** A text of the renamed market, in plain names. */
const plainly = (text: string): string =>
  Object.entries(NAMES).reduce((plain, [symbol, name]) => plain.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), symbol), text);

const CASES: readonly (readonly [Strategy, Readonly<Record<string, unknown>>])[] = [
  [hold, {}],
  [spotCalendar, {}],
  [spotBand, { to: 'edge' }],
  [spotTaxAware, {}],
  ...['literal', 'btcWeight', 'matchBeta', 'minVariance', 'twoLeg'].map((objective) => [anchorBand, { objective }] as const),
  ...['trend', 'openInterest', 'funding'].map((confirm) => [anchorBand, { confirm, exit: 'profitToAlts' }] as const),
  [anchorBand, { twoSided: true, exit: 'untilLongTerm' }],
  [anchorBand, { collateral: 'coin' }],
  [syntheticSell, {}],
  [syntheticBuy, {}],
  [cashHedge, { size: 'portfolioBeta' }],
  [cashHedge, { signal: 'drawdown' }],
  [anchorDated, {}],
  [anchorVol, { risk: 'equalRisk' }],
  [anchorCorrelation, { minCorrelation: 0.75 }],
  [anchorCorrelation, { minCorrelation: 0.75, fallback: 'twoLeg' }],
  [sellOrHedge, {}],
  [sellOrHedge, { contract: 'dated' }],
];

describe('names of series', () => {
  let market: Market;
  beforeAll(async () => {
    market = await loadMarket({
      catalog: 'data',
      interval: '1d',
      from: parseDate('2021-01-01'),
      to: parseDate('2021-12-31'),
      venue: 'binance',
      spot: Object.keys(TARGET.weights),
      derivatives: [],
      perpetuals: [
        ...Object.keys(TARGET.weights).map((base) => ({ base, contract: 'linear' as const })),
        { base: 'BTC', contract: 'inverse' },
      ],
      futures: [{ base: 'BTC', contract: 'linear' }],
      lookbackDays: 366,
      missingFunding: 'stop',
      cacheDir: null,
      verify: false,
    });
  });

  test('every shipped strategy is tried', () => {
    const tried = new Set(CASES.map(([{ name }]) => name));
    expect([...tried].toSorted()).toEqual([...shippedStrategies()].toSorted());
  });

  test.each(CASES.map(([strategy, params]) => ({ strategy, params, name: strategy.name })))(
    '$name with $params trades, and measures, series of other names than their coins alike',
    ({ strategy, params }) => {
      const run = (on: Market, name: (symbol: string) => string) =>
        plainRun(on, strategy, {
          params,
          target: {
            ...TARGET,
            weights: Object.fromEntries(Object.entries(TARGET.weights).map(([coin, weight]) => [name(coin), weight])),
          },
          account: { cash: 12_000, leverage: 2, lots: LOTS.map((lot) => ({ ...lot, asset: name(lot.asset) })) },
          venue: 'binance',
          tax: { regime: 'us' },
        });
      const [plain, other] = [run(market, (symbol) => symbol), run(renamed(market), nameOf)];
      const { fills } = other.full;
      expect({ ...fills, symbol: fills.symbol.map(plainly), tag: fills.tag.map(plainly) }).toEqual(plain.full.fills);
      expect(other.full.columns.exposure).toEqual(plain.full.columns.exposure);
      expect(measure(other)).toEqual(measure(plain));
      if (strategy !== hold) expect(plain.full.fills.symbol.length).toBeGreaterThan(0);
    },
  );
});
