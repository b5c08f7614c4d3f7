import { expect, test } from 'vitest';
import { follow } from '../../../src/strategy/indicators/follow.ts';
import { simpleAverage, exponentialAverage } from '../../../src/strategy/indicators/indicator.ts';
import type { Step } from '../../../src/strategy/types.ts';
import { marketOf } from '../../support/market.ts';
import { plainRun } from '../../support/run.ts';
import { script } from '../../support/script.ts';

const seen = (bars: readonly number[], read: (step: Step) => unknown, market: ReturnType<typeof marketOf>) => {
  const values: unknown[] = [];
  const at = Object.fromEntries(bars.map((bar) => [bar, (step: Step) => void values.push(read(step))]));
  plainRun(market, script(['BTC'], at));
  return values;
};

test('an average of bars has its warm-up from the look-back and keeps up', () => {
  const market = marketOf({ spot: { BTC: [1, 2, 3, 4, 5, 6] }, first: 2 });
  const average = follow(simpleAverage(3), 'BTC', 'bar');
  expect(average.lookback).toEqual({ lookbackBars: 3 });
  expect(seen([0, 1, 3], ({ market: view }) => average.read(view), market)).toEqual([2, 3, 5]);
});

test('is null while history is shorter than its warm-up', () => {
  const market = marketOf({ spot: { BTC: [1, 2, 3, 4] } });
  const average = follow(simpleAverage(3), 'BTC', 'bar');
  expect(seen([0, 1, 2], ({ market: view }) => average.read(view), market)).toEqual([null, null, 2]);
});

test('of days takes the mark at each midnight, whatever the bars', () => {
  // 6-hour bars: days end at bars 3, 7, 11 with 4, 8 and 12.
  const market = marketOf({ spot: { BTC: Array.from({ length: 14 }, (_, i) => i + 1) }, interval: '6h' });
  const average = follow(simpleAverage(2), 'BTC');
  expect(average.lookback).toEqual({ lookbackDays: 2 });
  expect(seen([3, 8, 10, 12], ({ market: view }) => average.read(view), market)).toEqual([null, 6, 6, 10]);
});

test('does not depend on how much look-back there is, nor on bars in which nobody reads', () => {
  const prices = Array.from({ length: 60 }, (_, i) => 100 + 20 * Math.sin(i));
  const average = () => follow(exponentialAverage(3), 'BTC', 'bar');
  const [long, short, seldom] = [average(), average(), average()];
  const every = Array.from({ length: 30 }, (_, i) => i);
  const whole = marketOf({ spot: { BTC: prices }, first: 30 });
  const cut = marketOf({ spot: { BTC: prices.slice(15) }, first: 15 });
  const first = seen(every, ({ market }) => long.read(market), whole);
  expect(seen(every, ({ market }) => short.read(market), cut)).toEqual(first);
  expect(seen([0, 29], ({ market }) => seldom.read(market), whole)).toEqual([first[0], first[29]]);
});
