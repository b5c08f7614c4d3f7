import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defineStrategy, z } from '../../src/index.ts';
import { compensatedSum } from '../../src/core/numeric.ts';
import { parseDate } from '../../src/core/time.ts';
import { loadMarket } from '../../src/market/load/load-market.ts';
import { plainRun } from '../support/run.ts';

const DATA = '../shared/data';
const FUNDING = `${DATA}/funding/BINANCE-BTCUSDT.csv`;
const PERPETUAL = 'BTC-PERP';

const shortOne = defineStrategy({
  name: 'short-one',
  summary: 'Short one Bitcoin at the first decision and keep it.',
  params: z.object({}),
  needs: () => ({ symbols: ['BTC'], perpetuals: ['BTC'] }),
  setup: () => ({
    onBar({ market, orders }) {
      if (market.bar === 0) orders.target(PERPETUAL, -1, { tag: 'short one' });
    },
  }),
});

describe.skipIf(!existsSync(FUNDING))('on the real settlements of BTCUSDT, 2020 to 2024 (skipped without ../shared)', () => {
  test('a constant short of 1 BTC receives the sum of rate × mark', async () => {
    const market = await loadMarket({
      catalog: DATA,
      interval: '1d',
      from: parseDate('2020-01-01'),
      to: parseDate('2024-12-31'),
      venue: 'binance',
      spot: ['BTC'],
      derivatives: [PERPETUAL],
      perpetuals: [],
      lookbackDays: 0,
      missingFunding: 'stop',
      cacheDir: null,
      verify: false,
    });
    const { totals, full } = plainRun(market, shortOne, { account: { cash: 1_000_000 } });

    // Decided at the close of 1 January, filled at the open of 2 January: the settlement of that very moment is not the short's.
    const [opened, ended] = [Date.UTC(2020, 0, 2), Date.UTC(2025, 0, 1)];
    const receipts = readFileSync(FUNDING, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .filter(([time]) => Date.parse(time!) > opened && Date.parse(time!) <= ended)
      .map(([, rate, mark]) => Number(rate) * Number(mark));
    // Three a day for five years, two of them leap, less the first day and a third.
    expect(receipts).toHaveLength(3 * (2 * 366 + 3 * 365 - 1) - 1);

    const sum = compensatedSum(receipts);
    expect(sum).toBeGreaterThan(0);
    expect(Math.abs(totals.attribution.funding / sum - 1)).toBeLessThan(1e-9);
    expect(full.fills.quantity).toEqual(Float64Array.of(-1));
    expect(totals.liquidations).toBe(0);
  });
});
