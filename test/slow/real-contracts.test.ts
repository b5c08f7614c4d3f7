import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addsUp, attributedChange } from '../../src/analysis/attribution.ts';
import { caveatOf } from '../../src/analysis/caveat.ts';
import { measure } from '../../src/analysis/measure.ts';
import { DAY, HOUR, formatDate, parseDate } from '../../src/core/time.ts';
import { loadMarket } from '../../src/market/load/load-market.ts';
import type { Market } from '../../src/market/market.ts';
import type { MarketRequest } from '../../src/market/request.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { defineStrategy, z } from '../../src/index.ts';
import { plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const DATA = '../shared/data';

/** Spot and contracts of the development catalog, or another, hourly. */
function load(from: string, to: string, more: Partial<MarketRequest>): Promise<Market> {
  return loadMarket({
    ...{ catalog: DATA, interval: '1h', from: parseDate(from), to: parseDate(to), venue: 'binance', spot: ['BTC'] },
    ...{ derivatives: [], perpetuals: [], lookbackDays: 0, missingFunding: 'stop', cacheDir: null, verify: false, ...more },
  });
}

/** The development catalog's data with an inverse perpetual derived from the linear one. */
function catalogWithDerived(): string {
  const { series, ...rest } = JSON.parse(readFileSync(join(DATA, 'catalog.json'), 'utf8')) as { series: object[] };
  const folder = mkdtempSync(join(tmpdir(), 'kedge-derived-'));
  for (const name of ['prices-1h', 'prices-1d', 'perp-1h', 'perp-1d', 'mark-1h', 'funding', 'dated-futures', 'open-interest']) {
    symlinkSync(resolve(DATA, name), join(folder, name));
  }
  const derived = {
    ...{ symbol: 'BTC-USD-PERP', kind: 'perpetual', contract: 'inverse', base: 'BTC', quote: 'USD', venue: 'binance' },
    ...{ priceFrom: 'BTC-PERP', fundingFrom: 'BTC-PERP' },
  };
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify({ ...rest, series: [...series, derived] }));
  return folder;
}

const ONE_COIN: PlainRun['account'] = { lots: [{ asset: 'BTC', quantity: 1, cost: 5_000, acquired: Date.UTC(2019, 0, 1) }] };
const FREE = { preset: 'none' as const, maintenance: 0.004 };

/** Shorts half of one coin at the first decision. */
function halfHedge(symbol: string, inverse: boolean) {
  return script(['BTC', symbol], {
    0: ({ market, orders }) => orders.target(symbol, -0.5 * (inverse ? market.mark(symbol) : 1), because),
  });
}

/** First row of the column and the last, at bar 1's open and the end: a position opened at the first open and kept. */
function kept(
  market: Market,
  symbol: string,
): { entry: number; last: number; spot: number; settled: { rate: number; mark: number }[] } {
  const j = market.instruments.findIndex((instrument) => instrument.symbol === symbol);
  const at = (column: Float64Array, row: number, bar: number): number => column[row * market.length + bar]!;
  const { funding, columns } = market;
  const opened = market.start + (market.first + 1) * market.step;
  const settled = [...funding.time.keys()]
    .filter((k) => funding.instrument[k] === j && funding.time[k]! > opened)
    .map((k) => ({ rate: funding.rate[k]!, mark: funding.mark[k]! }));
  return {
    entry: at(columns.open, j, market.first + 1),
    last: at(columns.mark, j, market.length - 1),
    spot: at(columns.mark, 0, market.length - 1),
    settled,
  };
}

/** What a coin-margined position is worth in the end, from prices and settlements alone. */
function inverseEnd(market: Market, symbol: string, notional: number): number {
  const { entry, last, spot, settled } = kept(market, symbol);
  const coins = settled.reduce((sum, { rate, mark }) => sum - (notional * rate) / mark, 1 + notional * (1 / entry - 1 / last));
  return coins * spot;
}

function linearEnd(market: Market, symbol: string, quantity: number, cash: number): number {
  const { entry, last, spot, settled } = kept(market, symbol);
  return settled.reduce((sum, { rate, mark }) => sum - quantity * mark * rate, cash + spot + quantity * (last - entry));
}

/** The difference of two final equities, by category; both start with the same coin, and cash is taken off. */
function explained(a: RunResult, b: RunResult): number {
  return attributedChange(a.totals.attribution) - attributedChange(b.totals.attribution);
}

describe.skipIf(!existsSync(DATA))('on real history (skipped without ../shared)', () => {
  test('a coin-margined hedge of half the coin on BitMEX, beside a linear one, 2020 to November', async () => {
    const period = ['2020-01-01', '2020-11-05'] as const;
    const inverse = await load(...period, {
      ...{ derivatives: ['BTC-PERP'], venue: { BTC: 'binance', 'BTC-PERP': 'bitmex' }, missingFunding: 'carry' },
    });
    const linear = await load(...period, { derivatives: ['BTC-PERP'] });
    const coin = plainRun(inverse, halfHedge('BTC-PERP', true), {
      venue: FREE,
      account: { ...ONE_COIN, cash: 0, collateral: 'coin' },
    });
    const cash = plainRun(linear, halfHedge('BTC-PERP', false), { venue: FREE, account: { ...ONE_COIN, cash: 50_000 } });
    const notional = coin.full.fills.quantity[0]!;
    expect(coin.totals.finalEquity).toBeCloseTo(inverseEnd(inverse, 'BTC-PERP', notional), 2);
    expect(cash.totals.finalEquity).toBeCloseTo(linearEnd(linear, 'BTC-PERP', -0.5, 50_000), 2);
    const difference = coin.totals.finalEquity - (cash.totals.finalEquity - 50_000);
    expect(Math.abs(difference)).toBeGreaterThan(1);
    expect(explained(coin, cash)).toBeCloseTo(difference, 2);
    expect(addsUp(coin.totals)).toBe(true);
    expect(coin.totals.liquidations).toBe(0);
  });

  test('the same on the derived inverse, 2020 to 2024', async () => {
    const market = await load('2020-01-01', '2024-12-31', {
      catalog: catalogWithDerived(),
      derivatives: ['BTC-USD-PERP', 'BTC-PERP'],
    });
    expect(market.notices.find(({ code }) => code === 'contract-derived')?.message).toContain('BTC-USD-PERP');
    const coin = plainRun(market, halfHedge('BTC-USD-PERP', true), {
      venue: FREE,
      account: { ...ONE_COIN, cash: 0, collateral: 'coin' },
    });
    const cash = plainRun(market, halfHedge('BTC-PERP', false), { venue: FREE, account: { ...ONE_COIN, cash: 100_000 } });
    const notional = coin.full.fills.quantity[0]!;
    expect(coin.totals.finalEquity).toBeCloseTo(inverseEnd(market, 'BTC-USD-PERP', notional), 2);
    expect(cash.totals.finalEquity).toBeCloseTo(linearEnd(market, 'BTC-PERP', -0.5, 100_000), 2);
    expect(explained(coin, cash)).toBeCloseTo(coin.totals.finalEquity - (cash.totals.finalEquity - 100_000), 2);
  });

  test('Bitcoin quarterlies rolled eight days before expiry split into index and basis', async () => {
    const market = await load('2023-06-26', '2024-12-31', { futures: [{ base: 'BTC', contract: 'linear' }] });
    const roll = defineStrategy({
      name: 'roller',
      summary: 'Shorts one coin and rolls.',
      params: z.object({}),
      needs: () => ({ symbols: ['BTC'], futures: ['BTC'] }),
      setup: () => ({
        onBar({ market: now, portfolio, orders }) {
          const listed = now.futures('BTC');
          const held = listed.find(({ symbol }) => portfolio.quantity(symbol) !== 0);
          const next = listed.find(({ days, tradable, symbol }) => days > 8 && tradable && symbol !== held?.symbol);
          if (!held && next) orders.target(next.symbol, -1, because);
          else if (held && held.days <= 8 + 1 / 24 && next) orders.roll(held.symbol, next.symbol, { tag: 'eight days left' });
        },
      }),
    });
    const run = plainRun(market, roll, { account: { cash: 200_000 } });
    const { fills } = run.full;
    const rolls = fills.symbol.filter((_, k) => fills.cause[k] === 'roll');
    expect([fills.symbol[0]!, ...rolls.filter((_, k) => k % 2 === 1)]).toEqual([
      ...['BTC-230929', 'BTC-231229', 'BTC-240329', 'BTC-240628', 'BTC-240927', 'BTC-241227', 'BTC-250328'],
    ]);
    fills.symbol.forEach((symbol, k) => {
      if (fills.quantity[k]! < 0) return;
      const { expiry } = market.instruments.find((instrument) => instrument.symbol === symbol)!;
      expect(expiry! - fills.time[k]!).toBeGreaterThanOrEqual(8 * DAY - HOUR);
    });
    // One coin short of the index all the way: what it moved from the first fill to the end, whatever was rolled when.
    const { futures } = run.totals.attribution;
    const index = Object.values(futures).reduce((sum, each) => sum + each.index, 0);
    const spot = market.columns.mark;
    const opened = Math.round((fills.time[0]! - market.start) / market.step);
    expect(index).toBeCloseTo(-(spot[market.length - 1]! - market.columns.markOpen[opened]!), 2);
    const basis = Object.values(futures).reduce((sum, each) => sum + each.basis, 0);
    expect(index + basis).toBeCloseTo(run.totals.finalEquity - run.totals.initialEquity, 2);
    // Sold dearer than spot again and again: the short earned the premium.
    expect(basis).toBeGreaterThan(0);
  });

  describe('a cash-margined 1x short of 1 October 2020', () => {
    const short = script(['BTC', 'BTC-PERP'], { 0: ({ orders }) => orders.target('BTC-PERP', -1, because) });
    const run = async (from: 'none' | 'spot', funded = true): Promise<ReturnType<typeof plainRun>> => {
      const market = await load('2020-10-01', '2020-12-31', { derivatives: ['BTC-PERP'] });
      const { columns, length } = market;
      const cash = columns.open[length + 1]!;
      if (!funded) market.funding.rate.fill(0);
      return plainRun(market, short, {
        venue: { preset: 'none', maintenance: 0.004 },
        tax: { regime: 'us' },
        account: { ...ONE_COIN, cash, shortfall: 'least-tax', marginCall: { at: 0.5, to: 1, from } },
      });
    };

    test('is liquidated on 17 December when nothing meets its margin calls, a day earlier without its funding', async () => {
      const [none, unfunded] = [await run('none'), await run('none', false)];
      const day = ({ full }: ReturnType<typeof plainRun>): string[] =>
        full.events.filter(({ kind }) => kind === 'liquidation').map(({ time }) => formatDate(time - (time % DAY)));
      expect(day(none)).toEqual(['2020-12-17']);
      expect(day(unfunded)).toEqual(['2020-12-16']);
    });

    test('survives by selling coins, which attribution, notices and the verdict’s caveat name', async () => {
      const called = await run('spot');
      expect(called.totals.liquidations).toBe(0);
      expect(called.totals.forcedSales).toBeGreaterThan(0);
      expect(called.totals.taxableDisposals).toBe(called.totals.forcedSales);
      expect(called.totals.taxAccrued).toBeGreaterThan(0);
      expect(called.notices.map(({ code }) => code)).toContain('forced-sale');
      expect(addsUp(called.totals)).toBe(true);
      const judged = { result: called, metrics: measure(called), attribution: called.totals.attribution };
      expect(caveatOf(judged, judged, { drawn: false, candidates: 1, unranked: 0, further: [] })).toMatch(
        /had spot sold by force/,
      );
    });
  });
});
