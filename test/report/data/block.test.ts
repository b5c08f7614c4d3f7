import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/analysis/compare.ts';
import { HOUR } from '../../../src/core/time.ts';
import type { RunResult } from '../../../src/result/run-result.ts';
import { dataBlock } from '../../../src/report/data/block.ts';
import { unpackColumn, unpackIntegers } from '../../../src/report/data/codec.ts';
import { openView } from '../../../src/report/view.ts';
import { fakeResult } from '../../support/result.ts';

function blockOf(results: readonly RunResult[]) {
  return dataBlock(openView(compareRuns({ name: 'block', results, benchmark: results[0]!.id, seed: 1, resamples: 10 })));
}

describe('the page’s data', () => {
  test('holds every bar of every run, on one clock', () => {
    const result = fakeResult({ bars: 300, seed: 6, family: 'hedge' });
    const { clock, bars, runs } = JSON.parse(JSON.stringify(blockOf([result])));
    expect(clock).toEqual({ start: result.time[0], step: result.step, count: 300 });
    expect(bars).toBeUndefined();
    const equity = unpackColumn(runs[0].columns.equity);
    expect(equity).toHaveLength(300);
    equity.forEach((value, bar) => expect(value / result.equity[bar]!).toBeCloseTo(1, 5));
    expect(unpackColumn(runs[0].columns.afterLiquidation)).toHaveLength(300);
  });

  test('tells when events happened', () => {
    const result = fakeResult({ bars: 1500, seed: 6, family: 'hedge', liquidateAt: 700 });
    const bars = result.full!.events.filter(({ kind }) => kind === 'liquidation').map(({ bar }) => bar);
    expect(bars.length).toBeGreaterThan(0);
    expect([...unpackIntegers(blockOf([result]).runs[0]!.events['liquidation']!)]).toEqual(bars);
  });

  test('has deposits where there are any, and no tax view of lean records', () => {
    const lean = blockOf([fakeResult({ bars: 50, records: 'lean' })]).runs[0]!.columns;
    expect(Object.keys(lean)).toEqual(['equity']);
    const paid = blockOf([fakeResult({ bars: 50, flows: { 20: 5_000 } })]).runs[0]!.columns;
    expect(unpackColumn(paid['flows']!)[20]).toBeCloseTo(5_000, 1);
  });

  test('of a very long run keeps the last bar of every day and the hours around what ends accounts', () => {
    const result = fakeResult({ bars: 24_000, step: HOUR });
    const moment = result.time[12_345]!;
    const event = { kind: 'margin-call', time: moment, bar: 12_345, symbol: null, amount: 1, message: '' } as const;
    const block = blockOf([{ ...result, full: { ...result.full!, events: [event] } }]);
    const kept = unpackIntegers(block.bars!);
    expect(kept.length).toBeLessThan(1_100);
    expect([...kept]).toEqual(expect.arrayContaining([0, 23, 47, 12_340, 12_345, 12_350, 23_999]));
    expect(unpackColumn(block.runs[0]!.columns['equity']!)).toHaveLength(kept.length);
  });
});
