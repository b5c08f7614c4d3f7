import { describe, expect, test } from 'vitest';
import spotBand from '../../strategies/spot-band.ts';
import spotCalendar from '../../strategies/spot-calendar.ts';
import { runStrategy } from '../../src/engine/run.ts';
import type { RunConfig } from '../../src/engine/config.ts';
import { boundaryFlags } from '../../src/engine/timeline.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import { bareLoop, counted } from '../bench/bare-loop.ts';
import type { BareWork } from '../bench/bare-loop.ts';
import { NO_TAX, PLAIN_ACCOUNT } from '../support/run.ts';
import {
  DAILY_10,
  HOURLY_10,
  MINUTE_1,
  namedWeights,
  yardstickMarket,
  yardstickRows,
  yardstickWeights,
} from '../support/yardstick.ts';
import type { PriceSet } from '../support/yardstick.ts';

// Final equities and order counts of an independent vectorised engine and a compiled loop, which agree with each other to 7e-16.
const W1 = { equity: 351768.01620363444, orders: 660 };
const W2 = { equity: 366301.17382530245, orders: 21_590 };
const W3 = { equity: 336694937.68254185, orders: 7_359_050 };
const W4 = { equity: 3036228.286255295, orders: 258 };

const TOLERANCE = 1e-12;
/** ms, for a busy machine; alone the longest takes 4 s. */
const PATIENCE = 120_000;
const EQUAL = namedWeights(Array.from({ length: 10 }, () => 0.098));

type Changes = Pick<RunConfig, 'market' | 'strategy'> & Partial<RunConfig>;

/** Fee 0.1 % of every trade, cash 1e6, fills at the close of the deciding bar, no tax. */
function final(changes: Changes): { equity: number; orders: number } {
  const { totals } = runStrategy({
    id: changes.strategy.name,
    params: {},
    strategySource: '',
    target: { weights: EQUAL, band: 0.05, bandKind: 'relative' },
    account: { ...PLAIN_ACCOUNT, cash: 1e6 },
    venue: resolveVenue({ preset: 'none', fees: { spot: { maker: 0.001, taker: 0.001 } } }),
    tax: NO_TAX,
    fill: 'close',
    seed: 1,
    records: 'lean',
    ...changes,
  });
  return { equity: totals.finalEquity, orders: totals.fills };
}

function expectClose(got: { equity: number; orders: number }, wanted: typeof W1): void {
  expect(Math.abs(got.equity / wanted.equity - 1)).toBeLessThan(TOLERANCE);
  expect(got.orders).toBe(wanted.orders);
}

describe('the yardstick is met to 1e-12', () => {
  test('W1: ten assets, daily bars, every month to equal weights', () => {
    expectClose(final({ market: yardstickMarket(DAILY_10), strategy: spotCalendar, params: { every: 'month' } }), W1);
  });

  test('W2: ten assets, hourly bars, relative bands of 5 %', () => {
    expectClose(final({ market: yardstickMarket(HOURLY_10), strategy: spotBand }), W2);
  });

  test('W3: the daily bars under 50 weight vectors and 20 relative bands', () => {
    const market = yardstickMarket(DAILY_10);
    const sum = { equity: 0, orders: 0 };
    for (const weights of yardstickWeights()) {
      for (let percent = 1; percent <= 20; percent++) {
        const target = { weights: namedWeights(weights), band: percent * 0.01, bandKind: 'relative' } as const;
        const { equity, orders } = final({ market, strategy: spotBand, target });
        sum.equity += equity;
        sum.orders += orders;
      }
    }
    expectClose(sum, W3);
  }, PATIENCE);

  test('W4: one asset, 2.6 million minute bars, every week to half', () => {
    const target = { weights: { A0: 0.5 }, band: 0.05, bandKind: 'relative' } as const;
    expectClose(final({ market: yardstickMarket(MINUTE_1), strategy: spotCalendar, params: { every: 'week' }, target }), W4);
  }, PATIENCE);
});

describe('the bare loop that speed is measured against does the same work', () => {
  function bare(set: PriceSet, rule: Pick<BareWork, 'schedule' | 'weights' | 'weightsAt' | 'band'>): { equity: number; orders: number } {
    const { assets, bars } = set;
    const equity = bareLoop({
      ...rule,
      prices: yardstickRows(set),
      bars,
      assets,
      fee: 0.001,
      cash: 1e6,
      feeInside: false,
      units: new Float64Array(assets),
      values: new Float64Array(assets),
      equity: new Float64Array(bars),
    });
    return { equity, orders: counted.orders };
  }

  test('W1 by its calendar, W2 by its band', () => {
    const schedule = boundaryFlags(yardstickMarket(DAILY_10), 'month').slice();
    schedule[0] = 1;
    const weights = new Float64Array(10).fill(0.098);
    expectClose(bare(DAILY_10, { schedule, weights, weightsAt: 0, band: -1 }), W1);
    expectClose(bare(HOURLY_10, { schedule: new Uint8Array(0), weights, weightsAt: 0, band: 0.05 }), W2);
  });

  test('a fee inside of what is traded comes off the units, not off the cash', () => {
    const units = new Float64Array(1);
    const one = { units, values: new Float64Array(1), equity: new Float64Array(1), schedule: Uint8Array.of(1), weights: Float64Array.of(0.5) };
    const work = { ...one, prices: Float64Array.of(100), bars: 1, assets: 1, weightsAt: 0, band: -1, fee: 0.01, cash: 1_000 };
    expect(bareLoop({ ...work, feeInside: true })).toBeCloseTo(500 + 500 / 1.01, 12);
    expect(units[0]).toBeCloseTo(5 / 1.01, 12);
    expect(bareLoop({ ...work, feeInside: false })).toBeCloseTo(995, 12);
    expect(units[0]).toBe(5);
  });
});
