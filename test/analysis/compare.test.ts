import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { COMPARED_METRICS } from '../../src/analysis/comparison.ts';
import { HOUR } from '../../src/core/time.ts';
import { fakeResult, literalColumns, literalFull, literalResult } from '../support/result.ts';

const results = [fakeResult({ family: 'hold' }), fakeResult({ family: 'spot' }), fakeResult({ family: 'hedge' })];
const request = { name: 'test', results, benchmark: 'spot-band', seed: 42, resamples: 100 };

describe('a comparison', () => {
  const comparison = compareRuns(request);

  test('judges every run in the order given', () => {
    expect(comparison.runs.map(({ result }) => result.id)).toEqual(['hold', 'spot-band', 'anchor-band']);
    expect(comparison.runs[2]!.attribution).toBe(results[2]!.totals.attribution);
  });

  test('holds every compared metric of every run but the benchmark, at 95 %', () => {
    expect(comparison.differences.map(({ id, metric }) => `${id} ${metric}`)).toEqual(
      ['hold', 'anchor-band'].flatMap((id) => COMPARED_METRICS.map((metric) => `${id} ${metric}`)),
    );
    expect(comparison.differences.every(({ benchmark, level }) => benchmark === 'spot-band' && level === 0.95)).toBe(true);
  });

  test('has differences of the metrics themselves, candidate less benchmark', () => {
    const [, benchmark, candidate] = comparison.runs;
    for (const { id, metric, difference } of comparison.differences) {
      if (id === 'anchor-band') expect(difference).toBe(candidate!.metrics[metric]! - benchmark!.metrics[metric]!);
    }
  });

  test('is the same for the same seed, and its intervals move with another', () => {
    expect(compareRuns(request)).toEqual(comparison);
    const other = compareRuns({ ...request, seed: 43 });
    expect(other.differences[0]!.low).not.toBe(comparison.differences[0]!.low);
    expect(other.differences[0]!.difference).toBe(comparison.differences[0]!.difference);
  });

  test('gives a candidate the same interval whoever else is compared', () => {
    const pair = compareRuns({ ...request, results: results.slice(1) });
    expect(pair.differences).toEqual(comparison.differences.filter(({ id }) => id === 'anchor-band'));
  });

  test('finds no winner in what rounding makes', () => {
    const run = (id: string, drift: number) => {
      const equity = Array.from({ length: 60 }, (_, bar) => 100 + bar * drift);
      const full = literalFull(literalColumns(60, { afterLiquidation: Float64Array.from(equity) }));
      return { ...literalResult(equity, { full }), id };
    };
    const [plain, rounded] = [run('plain', 0), run('rounded', 2 ** -45)];
    const { differences, headline } = compareRuns({ ...request, results: [plain, rounded], benchmark: 'plain' });
    expect(differences[0]).toMatchObject({ metric: 'growthAfterLiquidation', difference: 0, low: 0, high: 0 });
    expect(headline.winner).toBeNull();
    expect(headline.sentence).toBe('rounded and plain kept the same after selling everything.');
  });

  test('is synthetic as soon as one run is', () => {
    expect(comparison.synthetic).toBe(false);
    const [first, ...others] = results;
    const synthetic = { ...first!, manifest: { ...first!.manifest, synthetic: true } };
    expect(compareRuns({ ...request, results: [synthetic, ...others] }).synthetic).toBe(true);
  });

  test('of five strategies over five years takes little time', { timeout: 60_000 }, () => {
    const long = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, k) =>
      fakeResult({ id, bars: 1_826, family: (['hold', 'spot', 'hedge'] as const)[k % 3]! }),
    );
    const start = performance.now();
    compareRuns({ name: 'long', results: long, benchmark: 'a', seed: 1 });
    // 0.6 s alone on the machine it was written on; the limit allows for a busy one.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('what cannot be compared', () => {
  test('is a benchmark that is not among the runs; the nearest is offered', () => {
    expect(() => compareRuns({ ...request, benchmark: 'spot-bnad' })).toThrow(
      expect.objectContaining({ code: 'benchmark-unknown', hint: 'Did you mean "spot-band"?' }),
    );
  });

  test('is two runs of one name', () => {
    expect(() => compareRuns({ ...request, results: [...results, fakeResult()] })).toThrow(
      expect.objectContaining({ code: 'run-id-duplicate', message: expect.stringContaining('"hold"') }),
    );
  });

  test('is runs on other bars, all named at once', () => {
    const others = [fakeResult({ id: 'short', bars: 700 }), fakeResult({ id: 'hourly', step: HOUR })];
    expect(() => compareRuns({ ...request, results: [...results, ...others] })).toThrow(
      expect.objectContaining({
        code: 'runs-not-comparable',
        faults: [
          { message: expect.stringContaining('short covers 700 bars of 1d') as string },
          { message: expect.stringContaining('hourly covers 800 bars of 1h') as string },
        ],
      }),
    );
  });

  test('is runs kept in different currencies', () => {
    const euro = fakeResult({ id: 'euro' });
    const other = { ...euro, assumptions: { ...euro.assumptions, currency: 'EUR' } };
    expect(() => compareRuns({ ...request, results: [...results, other] })).toThrow(
      expect.objectContaining({ code: 'runs-not-comparable', message: 'euro is kept in EUR, spot-band in USD', faults: [] }),
    );
  });
});
