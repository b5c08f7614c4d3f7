import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { comparisonDocumentSchema, comparisonJsonSchema } from '../../src/analysis/document.ts';
import { comparisonDocument } from '../../src/analysis/json.ts';
import { SERIES_NAMES } from '../../src/analysis/series.ts';
import { fakeResult, literalResult } from '../support/result.ts';

// The names of the command line's contract (specification: cli.md, "What --json gives"), written out again on purpose.
const METRICS =
  `initialEquity finalEquity finalAfterTax finalAfterLiquidation growthAfterLiquidation totalReturn cagr volatility sharpe
  sortino maxDrawdown calmar ulcer underwaterDays cvar95 var95 turnover futuresTurnover fees slippage funding interest taxesPaid
  taxAccrued taxDeferred taxableDisposals forcedSales liquidations orders rejected minMarginRatio timeOutOfBand meanDrift betaToBtc
  hedgeR2 capitalInMarket`.split(/\s+/);

const comparison = compareRuns({
  name: 'test',
  results: [fakeResult({ family: 'hold' }), fakeResult({ family: 'spot' }), fakeResult({ family: 'hedge' })],
  benchmark: 'spot-band',
  seed: 42,
  resamples: 20,
});
const everything = comparisonDocument(comparison, { series: SERIES_NAMES, fills: true, lots: true, gains: true });

describe('the document of compare --json', () => {
  test('has the contract’s names, and nothing else at the top', () => {
    const document = comparisonDocument(comparison);
    expect(Object.keys(document)).toEqual(['schemaVersion', 'manifest', 'market', 'runs', 'benchmark', 'comparison']);
    expect(Object.keys(document.manifest)).toEqual([
      'dataHash',
      'configHash',
      'seed',
      'version',
      'node',
      'synthetic',
      'strategies',
    ]);
    expect(Object.keys(document.market)).toEqual(['symbols', 'interval', 'from', 'to', 'bars']);
    expect(Object.keys(document.runs[0]!)).toEqual(['id', 'strategy', 'params', 'tax', 'metrics', 'attribution', 'notices']);
    expect(Object.keys(document.comparison[0]!)).toEqual(['id', 'benchmark', 'metric', 'difference', 'low', 'high', 'level']);
  });

  test('has every metric of the contract in every run, null where undefined', () => {
    for (const { metrics } of everything.runs) {
      expect(Object.keys(metrics)).toEqual(expect.arrayContaining(METRICS));
      for (const value of Object.values(metrics)) expect(value === null || Number.isFinite(value)).toBe(true);
    }
    expect(everything.runs[0]!.metrics.minMarginRatio).toBeNull();
  });

  test('has attribution that adds up to the change in equity', () => {
    for (const { metrics, attribution } of everything.runs) {
      const { netFlows, spot, futures, funding, interest, fees, slippage, taxes, liquidation } = attribution;
      let sum = metrics.initialEquity + netFlows + funding + interest - fees - slippage - taxes - liquidation;
      for (const value of Object.values(spot)) sum += value;
      for (const { index, basis } of Object.values(futures)) sum += index + basis;
      expect(Math.abs(sum / metrics.finalEquity - 1)).toBeLessThan(1e-9);
    }
  });

  test('says which UTC days the bars cover, both inclusive', () => {
    expect(everything.market).toEqual({
      symbols: ['BTC', 'ETH', 'BTC-PERP'],
      interval: '1d',
      from: '2020-01-01',
      to: '2022-03-10',
      bars: 800,
    });
  });

  test('adds series as columns of the same length, gaps as null', () => {
    const { series } = everything.runs[1]!;
    expect(Object.keys(series!)).toEqual([...SERIES_NAMES]);
    expect(series!.equity).toHaveLength(800);
    expect(series!.marginRatio!.every((value) => value === null)).toBe(true);
    expect(Object.keys(series!.weights!)).toEqual(['BTC', 'ETH']);
    expect(series!.afterTax![799]).toBe(series!.equity![799]! - series!.taxAccrued![799]!);
  });

  test('adds fills with a side and a positive quantity', () => {
    const fills = everything.runs[1]!.fills!;
    const { quantity } = comparison.runs[1]!.result.full!.fills;
    expect(fills).toHaveLength(quantity.length);
    fills.forEach((fill, i) => expect(fill.side === 'buy' ? fill.quantity : -fill.quantity).toBe(quantity[i]));
    expect(Object.keys(fills[0]!).join()).toBe(
      'time,symbol,side,quantity,referencePrice,price,fee,feeCurrency,slippage,realised,tag,cause',
    );
  });

  test('adds lots and gains by the names of the contract', () => {
    const { lots, gains } = everything.runs[1]!;
    expect(Object.keys(lots![0]!).join()).toBe('asset,acquired,quantity,cost');
    expect(Object.keys(gains![0]!).join()).toBe('asset,kind,acquired,disposed,quantity,proceeds,cost,gain,class');
  });

  test('of lean runs has null series and no rows', () => {
    const lean = compareRuns({ name: 'lean', results: [literalResult([100, 110])], benchmark: 'literal', seed: 1 });
    const [run] = comparisonDocument(lean, { series: ['equity', 'cash'], fills: true, lots: true, gains: true }).runs;
    expect(run!.series).toEqual({
      time: [86_400_000, 172_800_000].map((day) => day + Date.UTC(2020, 0, 1)),
      equity: [100, 110],
      cash: null,
    });
    expect([run!.fills, run!.lots, run!.gains]).toEqual([[], [], []]);
  });

  test('stands for different hashes of its runs with one', () => {
    const other = { ...fakeResult({ id: 'b' }), manifest: { ...fakeResult().manifest, configHash: 'x'.repeat(64) } };
    const mixed = compareRuns({
      name: 'mixed',
      results: [fakeResult({ id: 'a' }), other],
      benchmark: 'a',
      seed: 1,
      resamples: 2,
    });
    const { configHash, dataHash } = comparisonDocument(mixed).manifest;
    expect(dataHash).toBe('d'.repeat(64));
    expect(configHash).toMatch(/^[0-9a-f]{64}$/);
    expect(['c'.repeat(64), 'x'.repeat(64)]).not.toContain(configHash);
  });
});

describe('docs/json/compare.schema.json', () => {
  test('describes the document', () => {
    expect(comparisonDocumentSchema.parse(JSON.parse(JSON.stringify(everything)))).toEqual(everything);
  });

  // After a change of the contract: npx vitest run test/analysis/json.test.ts --update
  test('is up to date', async () => {
    const text = `${JSON.stringify(comparisonJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../docs/json/compare.schema.json');
  });
});
