import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrapDifferences, drawDays } from '../../src/analysis/bootstrap.ts';
import { COMPARED_METRICS } from '../../src/analysis/comparison.ts';
import { dayEnds } from '../../src/analysis/daily.ts';
import { dayBlocks, measureDays, type DayBlocks } from '../../src/analysis/day-blocks.ts';
import { measure } from '../../src/analysis/measure.ts';
import { createRandom } from '../../src/core/random.ts';
import { HOUR } from '../../src/core/time.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { fakeResult, literalColumns, literalFull, literalResult } from '../support/result.ts';

const blocksOf = (result: RunResult): DayBlocks => dayBlocks(result, dayEnds(result.time));
const inOrder = ({ days }: DayBlocks) => Int32Array.from({ length: days }, (_, day) => day);

describe('days of a run', () => {
  test.each([
    ['daily bars', fakeResult({ family: 'spot', bars: 300 })],
    ['hourly bars', fakeResult({ family: 'hedge', bars: 1000, step: HOUR })],
    ['flows', fakeResult({ family: 'spot', bars: 300, flows: { 10: 5_000, 200: -20_000 } })],
  ])('in their own order have exactly the measures of the run: %s', (_name, result) => {
    const blocks = blocksOf(result);
    const [days, bars] = [measureDays(blocks, inOrder(blocks)), measure(result)];
    for (const metric of COMPARED_METRICS) expect(days[metric]).toBeCloseTo(bars[metric]!, 9);
  });

  test('in any order have the measures of the path they make', () => {
    const result = fakeResult({ family: 'spot', bars: 24 * 6 + 1, step: HOUR });
    const blocks = blocksOf(result);
    const ends = dayEnds(result.time);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: blocks.days - 1 }), { minLength: blocks.days, maxLength: blocks.days }),
        (days) => {
          // The same path bar by bar.
          const equity = [1];
          for (const day of days) {
            for (let bar = ends[day]! + 1; bar <= ends[day + 1]!; bar++) {
              equity.push((equity.at(-1)! * result.equity[bar]!) / result.equity[bar - 1]!);
            }
          }
          const path = measure(literalResult(equity, { step: HOUR }));
          const measured = measureDays(blocks, Int32Array.from(days));
          expect((1 + measured.cagr) ** blocks.years).toBeCloseTo(1 + path.totalReturn!, 9);
          expect(measured.volatility).toBeCloseTo(path.volatility!, 9);
          expect(measured.maxDrawdown).toBeCloseTo(path.maxDrawdown!, 9);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('start with what bar 0’s own fills cost, whichever days follow', () => {
    const afterLiquidation = Float64Array.of(80, 80, 80);
    const result = literalResult([90, 90, 90], { full: literalFull(literalColumns(3, { afterLiquidation })) });
    const blocks = blocksOf({ ...result, totals: { ...result.totals, initialEquity: 100, initialAfterLiquidation: 100 } });
    const measured = measureDays(blocks, Int32Array.of(1, 1));
    expect(measured.maxDrawdown).toBeCloseTo(0.1, 15);
    expect(measured.growthAfterLiquidation * blocks.years).toBeCloseTo(Math.log(0.8), 14);
  });

  test('have no fall where rounding alone makes one', () => {
    const blocks = blocksOf(literalResult([100, 110, 110 * (1 - 2 ** -52), 110]));
    expect(measureDays(blocks, Int32Array.of(0, 1, 2))).toMatchObject({ maxDrawdown: 0, calmar: NaN });
  });

  test('with a total loss among them end with nothing', () => {
    const blocks = blocksOf(literalResult([100, 50, 0, 0]));
    expect(measureDays(blocks, Int32Array.of(0, 1, 0))).toMatchObject({ cagr: -1, maxDrawdown: 1 });
    expect(measureDays(blocks, Int32Array.of(0, 0, 2)).maxDrawdown).toBeCloseTo(0.75, 15);
  });
});

describe('drawing days', () => {
  test('gives runs of consecutive days, circularly, of the mean length asked for', () => {
    const picked = new Int32Array(200_000);
    drawDays(picked, 8, createRandom(1, 'test'));
    let breaks = 1;
    for (let i = 1; i < picked.length; i++) if (picked[i] !== (picked[i - 1]! + 1) % picked.length) breaks++;
    expect(picked.length / breaks).toBeGreaterThan(7.8);
    expect(picked.length / breaks).toBeLessThan(8.2);
  });

  test('of mean length 1 draws each day alone', () => {
    const picked = new Int32Array(100_000);
    drawDays(picked, 1, createRandom(1, 'test'));
    let consecutive = 0;
    for (let i = 1; i < picked.length; i++) if (picked[i] === picked[i - 1]! + 1) consecutive++;
    expect(consecutive).toBeLessThan(20);
  });

  test('draws every day about equally often', () => {
    const counts = new Int32Array(20);
    const picked = new Int32Array(20);
    const random = createRandom(7, 'test');
    for (let i = 0; i < 5_000; i++) {
      drawDays(picked, 4, random);
      for (const day of picked) counts[day]!++;
    }
    for (const count of counts) expect(Math.abs(count / 5_000 - 1)).toBeLessThan(0.05);
  });
});

describe('intervals of paired differences', () => {
  const benchmark = blocksOf(fakeResult({ family: 'spot' }));
  const candidate = blocksOf(fakeResult({ family: 'hedge', interest: 0.02 }));
  const intervals = () => bootstrapDifferences(candidate, benchmark, createRandom(42, 'bootstrap'), 200);

  test('are the same for the same seed', () => {
    expect(intervals()).toEqual(intervals());
  });

  test('of a run against itself are exactly zero', () => {
    for (const interval of Object.values(bootstrapDifferences(candidate, candidate, createRandom(1, 'x'), 50))) {
      expect(interval).toEqual({ low: 0, high: 0 });
    }
  });

  test('turn around when the runs change places', () => {
    const back = bootstrapDifferences(benchmark, candidate, createRandom(42, 'bootstrap'), 200);
    const there = intervals();
    for (const metric of COMPARED_METRICS) {
      expect(back[metric]!.low).toBeCloseTo(-there[metric]!.high, 12);
      expect(back[metric]!.high).toBeCloseTo(-there[metric]!.low, 12);
    }
  });

  test('are paired: what both runs share widens nothing', () => {
    // The candidate is the benchmark with a little less risk, so that the difference varies far less than either.
    const apart = intervals().volatility!;
    expect(apart.high - apart.low).toBeLessThan(0.01);
  });

  test('are not drawn from less than 30 days', () => {
    const short = blocksOf(fakeResult({ bars: 30 }));
    expect(Object.values(bootstrapDifferences(short, short, createRandom(1, 'x'), 50)).every((each) => each === null)).toBe(true);
  });

  test('are null for what some resample leaves undefined', () => {
    const still = blocksOf(literalResult(Array.from({ length: 50 }, () => 100)));
    const lost = blocksOf(literalResult(Array.from({ length: 50 }, (_, bar) => (bar < 25 ? 100 + (bar % 2) : 0))));
    const against = bootstrapDifferences(lost, still, createRandom(1, 'x'), 50);
    expect(against).toMatchObject({ growthAfterLiquidation: null, sharpe: null, calmar: null });
    expect(against.cagr!.low).toBe(-1);
  });
});
