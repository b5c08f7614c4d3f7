import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KedgeError } from '../../src/core/errors.ts';
import { PACKAGE_ROOT } from '../../src/core/package.ts';
import { runPlan } from '../../src/research/compare.ts';
import { isCmeOpen } from '../../src/market/calendar/cme-hours.ts';
import { parseExperiment } from '../../src/research/experiment.ts';
import { planExperiment } from '../../src/research/plan.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { venuePresets } from '../../src/venue/resolve.ts';

const silent = (): Promise<void> => Promise.resolve();

/** `kedge run anchor-band --venue …` on a quarter of the bundled sample, at the account that makes it hedge. */
async function run(venue: string, strategy = 'anchor-band'): Promise<RunResult> {
  const text = `market: { catalog: ${join(PACKAGE_ROOT, 'data')}, from: 2021-01-01, to: 2021-03-31, venue: binance }
target: { weights: { BTC: 0.35, ETH: 0.15 } }
account:
  cash: 60000
  leverage: 3
  lots: [{ asset: BTC, quantity: 2.2, cost: 19000, acquired: 2020-01-20 }]
venue: ${venue}
tax: none
benchmark: ${strategy}
strategies: [${strategy}]
`;
  const experiment = parseExperiment(text, join(PACKAGE_ROOT, 'e.yaml'));
  const comparison = await runPlan(await planExperiment(experiment, { params: [], cacheDir: null }), silent);
  return comparison.runs[0]!.result;
}

async function refusal(venue: string): Promise<KedgeError> {
  const error: unknown = await run(venue).catch((thrown: unknown) => thrown);
  if (error instanceof KedgeError) return error;
  throw error instanceof Error ? error : new Error(`${venue} ran`);
}

/** What a preset does with a strategy on the linear BTC perpetual: null where it runs. */
const UNKNOWN: Readonly<Record<string, RegExp | null>> = {
  binance: null,
  none: null,
  bybit: /does not know maintenance of BTC-PERP .* up to 2,000,000 USDT/,
  okx: /does not know maintenance of BTC-PERP .* up to 10 BTC/,
  bingx: /does not know maintenance of BTC-PERP/,
  weex: /does not know maintenance of BTC-PERP/,
  mexc: /does not know maintenance of BTC-PERP/,
  deribit: /does not know maintenance of BTC-PERP/,
  kraken: /does not know maintenance of BTC-PERP/,
  cme: /lists no linear perpetual, which BTC-PERP is; it lists linear future/,
  bitmex: /lists no linear perpetual, which BTC-PERP is; it lists inverse perpetual, inverse future/,
};

describe('anchor-band under every preset', () => {
  test.each(Object.keys(venuePresets))('%s runs, or names the very fact that it does not know', async (name) => {
    const unknown = UNKNOWN[name];
    expect(unknown).not.toBeUndefined();
    if (!unknown) {
      const result = await run(name);
      expect(result.assumptions.venue).toBe(name);
      expect(result.totals.futuresTraded).toBeGreaterThan(0);
      return;
    }
    const error = await refusal(name);
    expect(error.message).toMatch(unknown);
    expect(error.hint).toContain(`preset: ${name}`);
    expect(error.at).toMatchObject({ line: 7, column: 8 });
  });

  const perpetuals = Object.entries(UNKNOWN).filter(([, unknown]) => unknown?.source.includes('maintenance'));
  test.each(perpetuals.map(([name]) => name))('%s runs when it is given a maintenance rate', async (name) => {
    const { assumptions, totals } = await run(`{ preset: ${name}, maintenance: 0.01 }`);
    expect(totals.futuresTraded).toBeGreaterThan(0);
    const used = assumptions.venueSources.map(({ figure }) => figure);
    expect(used).toEqual(expect.arrayContaining(['fees: linear perpetual (BTC)', 'maintenance: linear perpetual (BTC)']));
    for (const { source, asOf } of assumptions.venueSources) expect([source, asOf].every((text) => text !== '')).toBe(true);
  });

  test('dated futures of CME do not trade at weekends', async () => {
    const cme = '{ preset: cme, fees: { future: { maker: 0.0001, taker: 0.0001 } }, maintenance: 0.3 }';
    const { assumptions, full, notices } = await run(cme, 'anchor-dated');
    expect(assumptions.venue).toBe('cme, spot binance');
    const futures = full!.fills.symbol.flatMap((symbol, k) => (symbol.startsWith('BTC-') ? [full!.fills.time[k]!] : []));
    expect(futures.length).toBeGreaterThan(0);
    expect(futures.filter((time) => !isCmeOpen(time))).toEqual([]);
    expect(notices.map(({ code }) => code)).toContain('venue-closed');
  });

  test('spot strategies run under every preset, the spot leg of one without spot at binance', async () => {
    for (const [name, { products }] of Object.entries(venuePresets)) {
      const { assumptions } = await run(name, 'spot-band');
      expect(assumptions.venue).toBe(products.includes('spot') ? name : `${name}, spot binance`);
      expect(assumptions.fees['BTC']!.taker).toBe(assumptions.fees['ETH']!.taker);
    }
  });
});
