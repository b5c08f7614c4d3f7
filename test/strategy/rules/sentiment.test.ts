import { expect, test } from 'vitest';
import {
  carryCost,
  drawdownFrom,
  fundingPercentile,
  fundingPerYear,
  openInterestChange,
} from '../../../src/strategy/rules/sentiment.ts';
import type { MarketView } from '../../../src/strategy/types.ts';
import { dailyClose, marketOf } from '../../support/market.ts';
import { plainRun } from '../../support/run.ts';
import { script } from '../../support/script.ts';

const RATES = [0.0003, 0.0001, -0.0002, 0.0002];

/** What a rule answers at the last of five daily bars, with one settlement at each close but the first. */
function answer(read: (market: MarketView) => number): number {
  let value = NaN;
  const price = [100, 150, 120, 110, 90];
  const market = marketOf({
    spot: { BTC: price },
    perps: { 'BTC-PERP': price },
    funding: RATES.map((rate, i) => ({ time: dailyClose(i + 1), rate })),
    openInterest: { BTC: [10, 20, 25, 30, 40] },
  });
  plainRun(market, script(['BTC', 'BTC-PERP'], { 4: ({ market: view }) => void (value = read(view)) }));
  return value;
}

test('funding is what was settled in the days that are asked for, a year', () => {
  expect(answer((market) => fundingPerYear(market, 'BTC-PERP', 2))).toBeCloseTo(((-0.0002 + 0.0002) / 2) * 365.25, 12);
  expect(answer((market) => fundingPerYear(market, 'BTC-PERP', 3))).toBeCloseTo((0.0001 / 3) * 365.25, 12);
});

test('funding of a young history is spread over its own days', () => {
  expect(answer((market) => fundingPerYear(market, 'BTC-PERP', 4))).toBeCloseTo((0.0004 / 4) * 365.25, 12);
  expect(answer((market) => fundingPerYear(market, 'BTC-PERP', 90))).toBeCloseTo((0.0004 / 4) * 365.25, 12);
});

test('a long pays positive funding and a short receives it', () => {
  expect(answer((market) => carryCost(market, 'BTC-PERP', 500, 4))).toBeCloseTo((0.0004 / 4) * 365.25, 12);
  expect(answer((market) => carryCost(market, 'BTC-PERP', -500, 4))).toBeCloseTo((-0.0004 / 4) * 365.25, 12);
});

test('the percentile of the last rate counts itself and what is not above it', () => {
  // 0.0002 of −0.0002, 0.0001, 0.0002, 0.0003
  expect(answer((market) => fundingPercentile(market, 'BTC-PERP', 30))).toBe(0.75);
});

test('open interest grows over the days asked for, and is unknown beyond its history', () => {
  expect(answer((market) => openInterestChange(market, 'BTC', 2))).toBeCloseTo(40 / 25 - 1, 12);
  expect(answer((market) => openInterestChange(market, 'BTC', 9))).toBeNaN();
  expect(answer((market) => openInterestChange(market, 'ETH', 2))).toBeNaN();
});

test('a drawdown is measured from the highest mark of the days', () => {
  expect(answer((market) => drawdownFrom(market, 'BTC', 5))).toBeCloseTo(0.4, 12);
  expect(answer((market) => drawdownFrom(market, 'BTC', 3))).toBeCloseTo(0.25, 12);
});
