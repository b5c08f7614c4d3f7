import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import type { Bars } from '../../../src/market/bars.ts';
import { findFundingGaps, findIntervalChanges, findLargeRates } from '../../../src/market/check/rules/funding.ts';
import { findGaps } from '../../../src/market/check/rules/gaps.ts';
import { findJumps } from '../../../src/market/check/rules/jumps.ts';
import { findStaleRuns } from '../../../src/market/check/rules/stale.ts';
import { findZeroVolume } from '../../../src/market/check/rules/volume.ts';
import { findWicks } from '../../../src/market/check/rules/wicks.ts';

const START = Date.UTC(2024, 0, 1);

/** Bars one after the other that open and close at these prices. */
function barsOf(closes: readonly number[], { step = DAY, volume }: { step?: number; volume?: readonly number[] } = {}): Bars {
  const close = Float64Array.from(closes);
  const opens = close.map((_, i) => START + i * step);
  return {
    file: 'test.csv',
    step,
    opens,
    open: close,
    high: close,
    low: close,
    close,
    volume: Float64Array.from(volume ?? closes),
  };
}

function without(bars: Bars, ...gone: readonly number[]): Bars {
  const keep = (column: Float64Array) => column.filter((_, i) => !gone.includes(i));
  const { opens, open, high, low, close, volume } = bars;
  return {
    ...bars,
    opens: keep(opens),
    open: keep(open),
    high: keep(high),
    low: keep(low),
    close: keep(close),
    volume: keep(volume),
  };
}

/** A price that wanders by about 2 % a bar. */
function wandering(length: number): number[] {
  const random = createRandom(1, 'wandering');
  let price = 100;
  return Array.from({ length }, () => (price *= Math.exp(0.02 * random.normal())));
}

describe('gaps', () => {
  test('are counted bar by bar and placed at the bar after the first', () => {
    const bars = without(barsOf([1, 2, 3, 4, 5, 6, 7, 8]), 2, 5, 6);
    expect(findGaps(bars)).toMatchObject([{ code: 'bars-missing', severity: 'warning', count: 3, row: 2 }]);
    expect(findGaps(bars)[0]!.message).toBe(
      '1d bars missing: 3; places: 2, at most 2 in one; the first from 2024-01-03T00:00Z on',
    );
  });

  test.each([[[]], [[1]], [[1, 2, 3]]])('are not seen in %j', (closes) => {
    expect(findGaps(barsOf(closes))).toEqual([]);
  });
});

describe('jumps', () => {
  test('are found where a decimal point slipped', () => {
    const closes = wandering(400).map((price, i) => (i >= 200 ? price * 10 : price));
    expect(findJumps(barsOf(closes))).toMatchObject([{ code: 'price-jump', severity: 'warning', count: 1, row: 200 }]);
  });

  test('are found where one bar leaves the path and the next comes back, once for both', () => {
    const closes = wandering(400).map((price, i) => (i === 200 ? price * 1.5 : price));
    expect(findJumps(barsOf(closes))).toMatchObject([{ count: 1, row: 200 }]);
  });

  test('are not seen in a crash of a quarter that the volatility around carries', () => {
    const closes = wandering(400).map((price, i) => (i >= 200 ? price * 0.75 : price));
    expect(findJumps(barsOf(closes))).toEqual([]);
  });

  test('are measured against their own surroundings: calm ones make a move a jump', () => {
    const calm = wandering(400).map((price) => 100 * (price / 100) ** 0.1);
    expect(findJumps(barsOf(calm.map((price, i) => (i >= 200 ? price * 1.2 : price))))).toMatchObject([{ count: 1, row: 200 }]);
  });

  test.each([[[]], [[100]], [[100, 100, 100]]])('are not seen in %j', (closes) => {
    expect(findJumps(barsOf(closes))).toEqual([]);
  });
});

describe('wicks', () => {
  const bars = barsOf(wandering(400));

  test('are found on either side, where they stick out of a bar', () => {
    const low = bars.low.map((price, i) => (i === 150 ? price / 10 : price));
    const high = bars.high.map((price, i) => (i === 300 ? price * 10 : price));
    expect(findWicks({ ...bars, low, high })).toMatchObject([{ code: 'price-wick', severity: 'warning', count: 2, row: 150 }]);
  });

  test('are not seen in a bar of a crash', () => {
    expect(findWicks({ ...bars, low: bars.low.map((price, i) => (i === 150 ? price * 0.75 : price)) })).toEqual([]);
    expect(findWicks(barsOf([]))).toEqual([]);
  });
});

describe('standstill', () => {
  const repeated = (count: number) => [1, 2, ...new Array<number>(count).fill(2), 3];

  test('is five bars that repeat the close before them', () => {
    expect(findStaleRuns(barsOf(repeated(4)))).toEqual([]);
    expect(findStaleRuns(barsOf(repeated(5)))).toMatchObject([{ code: 'price-stale', severity: 'warning', count: 5, row: 2 }]);
  });

  test('is four hours at least: minutes repeat without being stale', () => {
    expect(findStaleRuns(barsOf(repeated(239), { step: HOUR / 60 }))).toEqual([]);
    expect(findStaleRuns(barsOf(repeated(240), { step: HOUR / 60 }))).toMatchObject([{ count: 240 }]);
  });

  test('is found at the end of the data, and counted over several runs', () => {
    const closes = [...repeated(6), ...new Array<number>(5).fill(3)];
    expect(findStaleRuns(barsOf(closes))).toMatchObject([{ count: 11, row: 2 }]);
    expect(findStaleRuns(barsOf(closes))[0]!.message).toContain('runs: 2');
  });

  test('is not a bar that closes where it opened but traded elsewhere', () => {
    const bars = barsOf(repeated(10));
    expect(findStaleRuns({ ...bars, high: bars.high.map((price) => price + 1) })).toEqual([]);
  });

  test('is not seen in no bars at all', () => {
    expect(findStaleRuns(barsOf([]))).toEqual([]);
  });
});

describe('volume', () => {
  test('of zero is noted and counted', () => {
    const bars = barsOf([1, 2, 3, 4], { volume: [5, 0, 5, 0] });
    expect(findZeroVolume(bars)).toMatchObject([{ code: 'zero-volume', severity: 'info', count: 2, row: 1 }]);
  });

  test('that nobody recorded is not zero', () => {
    expect(findZeroVolume(barsOf([1, 2], { volume: [NaN, NaN] }))).toEqual([]);
  });
});

describe('funding', () => {
  const settlements = (hours: readonly number[]) => {
    let time = START;
    return Float64Array.from([time, ...hours.map((wait) => (time += wait * HOUR))]);
  };
  const eights = (count: number) => new Array<number>(count).fill(8);

  test('that is missing in the middle is counted by what was due', () => {
    const times = settlements([...eights(10), 24, ...eights(10)]);
    expect(findFundingGaps(times, times[0]!, times.at(-1)!)).toMatchObject([
      { code: 'funding-missing', severity: 'warning', count: 2, row: 11 },
    ]);
  });

  test('that ends before trading does is missing, after the last row', () => {
    const times = settlements(eights(10));
    expect(findFundingGaps(times, times[0]!, times.at(-1)! + DAY)).toMatchObject([{ count: 3, row: null }]);
  });

  test('that covers a contract has no gaps', () => {
    const times = settlements(eights(10));
    expect(findFundingGaps(times, times[0]! - 8 * HOUR, times.at(-1)! + 8 * HOUR)).toEqual([]);
  });

  test('changes its interval when three waits agree', () => {
    const times = settlements([...eights(5), 4, 4, 4, 4, ...eights(5)]);
    expect(findIntervalChanges(times)).toMatchObject([{ code: 'funding-interval-changed', severity: 'info', count: 2, row: 5 }]);
    expect(findIntervalChanges(times)[0]!.message).toContain('from 8h to 4h');
  });

  test('does not change its interval by one odd wait', () => {
    expect(findIntervalChanges(settlements([...eights(5), 16, ...eights(5)]))).toEqual([]);
    expect(findIntervalChanges(settlements([8]))).toEqual([]);
  });

  test('is suspected of being percent when its usual rate is beyond any venue', () => {
    expect(findLargeRates(Float64Array.of(0.01, -0.01, 0.01))).toMatchObject([
      { code: 'funding-large', severity: 'warning', count: 3 },
    ]);
    expect(findLargeRates(Float64Array.of(0.0001, 0.01, -0.0001))).toEqual([]);
    expect(findLargeRates(new Float64Array())).toEqual([]);
  });
});
