import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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
import type { AccountConfig } from '../../src/engine/config.ts';
import { civilDate, parseDate } from '../../src/core/time.ts';
import { loadMarket } from '../../src/market/load/load-market.ts';
import type { Market } from '../../src/market/market.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { plainRun } from '../support/run.ts';

// Beside each other in the file: what changes in one commit is read in one place. `npx vitest run test/golden -u` writes it anew; the
// commit says which number moved, and why it is now more right.
const GOLDEN = './sample.json';
const STRATEGIES = [
  ...[hold, spotCalendar, spotBand, spotTaxAware, anchorBand, syntheticSell, syntheticBuy, cashHedge],
  ...[anchorDated, anchorVol, anchorCorrelation, sellOrHedge],
];
const target = { weights: { BTC: 0.5, ETH: 0.25, SOL: 0.15 }, band: 0.05, bandKind: 'absolute' } as const;

const ACCOUNTS: Readonly<Record<string, Partial<AccountConfig>>> = {
  'from cash': { cash: 100_000 },
  'with coins': {
    cash: 12_000,
    leverage: 2,
    shortfall: 'least-tax',
    interest: { cash: 0.02, borrow: 0.08 },
    lots: [
      { asset: 'BTC', quantity: 4, cost: 20_000, acquired: parseDate('2020-03-01') },
      { asset: 'BTC', quantity: 2, cost: 18_000, acquired: parseDate('2020-11-15') },
      { asset: 'ETH', quantity: 60, cost: 12_000, acquired: parseDate('2020-06-01') },
    ],
  },
};

/** A run in a few figures, to ten digits: wealth at each year's end, where it came from, and what was done. */
function digest({ totals, time, equity, full, notices }: RunResult): unknown {
  const { attribution, ...rest } = totals;
  const yearEnds = Array.from(time, (moment, i) => ({ moment, i })).filter(({ moment, i }) => {
    const next = time[i + 1];
    return next === undefined || civilDate(next - 1).year !== civilDate(moment - 1).year;
  });
  return {
    ...rest,
    attribution,
    yearEnds: yearEnds.map(({ i }) => equity[i]),
    tags: new Set(full!.fills.tag.map((tag) => tag.replaceAll(/[-+]?\d+\.\d/g, '#'))).size,
    notices: Object.fromEntries(notices.map(({ code, count }) => [code, count])),
  };
}

function tenDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(10)) : value;
}

function sample(): Promise<Market> {
  return loadMarket({
    catalog: 'data',
    interval: '1d',
    from: parseDate('2021-01-01'),
    to: parseDate('2024-12-31'),
    venue: 'binance',
    spot: Object.keys(target.weights),
    derivatives: ['BTC-PERP'],
    perpetuals: [],
    futures: [{ base: 'BTC', contract: 'linear' }],
    lookbackDays: 366,
    missingFunding: 'stop',
    cacheDir: null,
    verify: false,
  });
}

describe.skipIf(!existsSync('data/catalog.json'))('the shipped strategies on the bundled sample', () => {
  test('leave what they left before', async () => {
    const market = await sample();
    const runs = Object.entries(ACCOUNTS).map(([name, account]) => [
      name,
      Object.fromEntries(
        STRATEGIES.map((strategy) => [
          strategy.name,
          digest(plainRun(market, strategy, { target, account, venue: 'binance', tax: { regime: 'us' } })),
        ]),
      ),
    ]);
    await expect(`${JSON.stringify(Object.fromEntries(runs), tenDigits, 2)}\n`).toMatchFileSnapshot(GOLDEN);
  });
});
