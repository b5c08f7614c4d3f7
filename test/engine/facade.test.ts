import { describe, expect, test } from 'vitest';
import { StrategyError } from '../../src/core/errors.ts';
import type { OrderOptions, Step } from '../../src/strategy/types.ts';
import { DAY, parseDate } from '../../src/core/time.ts';
import { defineStrategy } from '../../src/strategy/define.ts';
import { z } from 'zod';
import { dailyClose, marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const symbols = ['BTC', 'ETH', 'BTC-PERP'];
const three = () =>
  marketOf({
    spot: { BTC: [100, 100, 120], ETH: [10, NaN, 30] },
    perps: { 'BTC-PERP': [101, 101, 121] },
    funding: [{ time: dailyClose(0), rate: 0.0003 }],
    openInterest: { BTC: [5, 6, 7] },
  });

/** Runs `look` at bar 2, after 4 BTC were bought and 1 contract sold short at bar 1's open. */
function look(at: (step: Step) => void, more: Parameters<typeof plainRun>[2] = {}): void {
  const open = ({ orders }: Step) => {
    orders.market('BTC', 4, because);
    orders.target('BTC-PERP', -1, because);
  };
  plainRun(three(), script(symbols, { 0: open, 2: at }), more);
}

describe('portfolio', () => {
  test('answers by symbol what columns answer by index', () =>
    look(({ portfolio }) => {
      expect(portfolio.equity).toBe(1_000 + 80 - 20);
      expect(portfolio.weight('BTC')).toBeCloseTo(480 / 1_060, 12);
      expect([...portfolio.weights]).toEqual(symbols.map((symbol) => portfolio.weight(symbol)));
      expect([...portfolio.quantities]).toEqual([4, 0, -1]);
      expect(portfolio.value('BTC-PERP')).toBe(-121);
      expect(portfolio.exposure('BTC')).toBeCloseTo((480 - 121) / 1_060, 12);
      expect(portfolio.unrealizedGain('BTC')).toBeCloseTo(80, 12);
      expect(portfolio.unrealizedGain('BTC-PERP')).toBeCloseTo(-20, 12);
    }));

  test('answers what a hedger must know', () =>
    look(
      ({ portfolio }) => {
        // Cash 600, −20 unrealised, 121 of initial margin.
        expect(portfolio.freeMargin).toBeCloseTo(459, 9);
        expect(portfolio.marginRatio).toBeCloseTo(580 / 1.21, 9);
        // 600 + 101 − price = 1 % of price
        expect(portfolio.liquidationPrice('BTC-PERP')).toBeCloseTo(701 / 1.01, 9);
        expect(portfolio.liquidationPrice('BTC')).toBeNull();
      },
      { venue: { preset: 'none', maintenance: 0.01 } },
    ));

  test('prices a sale’s tax and shows lots', () =>
    look(
      ({ portfolio }) => {
        expect(portfolio.taxIfSold('BTC', 1)).toBeCloseTo(0.4 * 20, 9);
        expect(portfolio.taxIfSold('BTC', 99)).toBeCloseTo(0.4 * 80, 9);
        expect(portfolio.taxIfSoldLongTerm('BTC', 1)).toBeCloseTo(0.2 * 20, 9);
        expect(portfolio.taxIfSoldLongTerm('BTC-PERP', 1)).toBe(0);
        expect(portfolio.longTermFrom(parseDate('2023-04-05'))).toBe(parseDate('2024-04-06'));
        expect(portfolio.lossesCountAtOnce).toBe(true);
        expect(portfolio.lotMethod).toBe('fifo');
        expect(portfolio.leverage).toBe(1);
        expect(portfolio.lots('BTC')).toMatchObject([{ asset: 'BTC', quantity: 4, cost: 400, longTerm: false }]);
        expect(portfolio.lots('BTC-PERP')).toEqual([]);
        expect(portfolio.afterTax).toBe(portfolio.equity);
      },
      { tax: { regime: 'us', rates: { short: 0.4, long: 0.2 } } },
    ));

  test('a sale without gain is not taxed, whatever rounding leaves', () => {
    const taxes: number[] = [];
    const ask = script(['BTC'], {
      1: ({ portfolio }) => {
        for (const quantity of [0.2, 0.45, 0.65]) taxes.push(portfolio.taxIfSold('BTC', quantity));
      },
    });
    const lots = [{ asset: 'BTC', quantity: 3, cost: 3 * 0.3, acquired: Date.UTC(2023, 5, 1) }];
    plainRun(marketOf({ spot: { BTC: [0.3, 0.3, 0.3] } }), ask, { tax: { regime: 'us' }, account: { lots } });
    expect(taxes).toEqual([0, 0, 0]);
  });
});

describe('market', () => {
  test('tells what a market order costs: the taker fee and half the spread', () =>
    look(({ market }) => expect(market.tradingCost('BTC')).toBeCloseTo(0.0012, 12), {
      venue: { preset: 'none', fees: { spot: { maker: 0, taker: 0.001 } }, slippage: { halfSpread: 0.0002 } },
    }));

  test('ends at the current bar', () =>
    look(({ market }) => {
      expect(market.bar).toBe(2);
      expect(market.time).toBe(dailyClose(2));
      expect(market.close('BTC')).toBe(120);
      expect([...market.closes('BTC', 2)]).toEqual([100, 120]);
      expect([...market.closes('BTC', 99)]).toEqual([100, 100, 120]);
      expect([...market.marks('ETH', 2)]).toEqual([10, 30]);
      expect([...market.closesNow]).toEqual([120, 30, 121]);
      expect(market.mark('BTC-PERP')).toBe(121);
      expect(market.tradable('ETH')).toBe(true);
      expect(market.fundingRate('BTC-PERP')).toBe(0.0003);
      expect(market.perpetual('BTC')).toBe('BTC-PERP');
      expect(market.perpetual('ETH')).toBeNull();
      expect(market.openInterest('BTC')).toBe(7);
      expect([...market.openInterests('BTC', 2)]).toEqual([6, 7]);
      expect([...market.openInterests('ETH', 2)]).toEqual([]);
      expect([...market.fundingRates('BTC-PERP', 9)]).toEqual([0.0003]);
      expect([...market.fundingRates('BTC-PERP', 2)]).toEqual([]);
      expect(market.step).toBe(DAY);
      expect(market.beta('ETH', 90)).toBeNaN();
      expect(market.volatility('BTC', 90)).toBeNaN();
      expect(market.correlation('BTC', 'ETH', 90)).toBeNaN();
    }));

  test('boundaries hold at bar 0 and at the first close at or after each', () => {
    const seen: string[] = [];
    const market = marketOf({ spot: { BTC: new Array<number>(70).fill(1) }, start: '2024-01-10' });
    const calendar = defineStrategy({
      name: 'calendar',
      summary: 'Notes months.',
      params: z.object({}),
      needs: () => ({ symbols: ['BTC'] }),
      setup: () => ({
        onBar: ({ market: view }) => void (view.isBoundary('month') && seen.push(new Date(view.time).toISOString().slice(0, 10))),
      }),
    });
    plainRun(market, calendar);
    expect(seen).toEqual(['2024-01-11', '2024-02-01', '2024-03-01']);
  });
});

describe('misuse throws, naming strategy, bar and account', () => {
  const wrong: [string, (step: Step) => void, string][] = [
    ['an unknown symbol', ({ portfolio }) => portfolio.weight('BTX'), 'symbol-unknown'],
    ['no symbol at all', ({ orders }) => orders.target(undefined as never, 1, because), 'symbol-unknown'],
    ['waiting for a promise', () => Promise.resolve() as never, 'strategy-handlers-wrong'],
    ['a quantity that is not a number', ({ orders }) => orders.market('BTC', NaN, because), 'order-not-a-number'],
    ['weights over 1', ({ orders }) => orders.targetWeights({ BTC: 0.7, ETH: 0.4 }, because), 'weights-over-one'],
    ['a negative weight', ({ orders }) => orders.targetWeights({ BTC: -0.1 }, because), 'order-not-a-number'],
    ['a weight for a contract', ({ orders }) => orders.targetWeights({ 'BTC-PERP': 0.1 }, because), 'weight-of-contract'],
    [
      'a misspelt option',
      ({ orders }) => orders.market('BTC', 1, { tag: 'x', reduceonly: true } as OrderOptions),
      'order-option-unknown',
    ],
    ['an order without a tag', ({ orders }) => orders.market('BTC', 1, { tag: '' }), 'order-tag-missing'],
    ['a limit at no price', ({ orders }) => orders.limit('BTC', 1, 0, because), 'order-price-wrong'],
    [
      'a time in force of no bars',
      ({ orders }) => orders.market('BTC', 1, { ...because, timeInForceBars: 0 }),
      'order-time-in-force-wrong',
    ],
    ['leverage of nothing', ({ orders }) => orders.target('BTC-PERP', 1, { ...because, leverage: 0 }), 'order-leverage-wrong'],
    ['a window without a length', ({ market }) => market.closes('ETH', NaN), 'window-wrong'],
    ['open interest of less than no bars', ({ market }) => market.openInterests('BTC', -1), 'window-wrong'],
    ['a calendar unit that does not exist', ({ market }) => market.isBoundary('months' as 'month'), 'calendar-unknown'],
    [
      'whatever the strategy throws itself',
      () => {
        throw new Error('oh no');
      },
      'strategy-threw',
    ],
  ];
  test.each(wrong)('%s', (_, act, code) => {
    const run = () => look(act);
    expect(run).toThrow(StrategyError);
    try {
      run();
    } catch (error) {
      expect(error).toMatchObject({ code });
      expect((error as StrategyError).message).toContain('at bar 2 (2024-01-04T00:00Z)');
      expect((error as StrategyError).hint).toContain('equity 1,060.00, cash 600.00, holds BTC 4, BTC-PERP -1');
    }
  });

  test('what the account held is told without the dust of floating point', () => {
    const lots = [1.2, 0.6, 0.4].map((quantity) => ({ asset: 'BTC', quantity, cost: 1, acquired: parseDate('2020-01-01') }));
    const throwing = script(['BTC'], {
      0: () => {
        throw new Error('oh no');
      },
    });
    expect(() => plainRun(three(), throwing, { account: { lots } })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('holds BTC 2.2') as string }) as Error,
    );
  });

  test('weights that threw are not sent, and do not stand in for those that were sent before', () => {
    const half = Object.freeze({ BTC: 0.5, ETH: 0.5 });
    const wrongOnce = script(['BTC', 'ETH'], {
      0: ({ orders }) => orders.targetWeights(half, because),
      2: ({ orders }) => expect(() => orders.targetWeights({ ETH: 0.1, BTC: -1 }, because)).toThrow(),
      3: ({ orders }) => orders.targetWeights(half, because),
      4: ({ orders }) => expect(() => orders.targetWeights({ ETH: 0.1, BTC: 0.91 }, because)).toThrow(),
    });
    const run = plainRun(marketOf({ spot: { BTC: [100, 100, 120, 120, 120, 120], ETH: [10, 10, 10, 10, 10, 10] } }), wrongOnce);
    expect([...run.equity]).toEqual([1_000, 1_000, 1_100, 1_100, 1_100, 1_100]);
    expect(fillRows(run).map(([bar, symbol]) => `${bar} ${symbol}`)).toEqual(['1 BTC', '1 ETH', '4 BTC', '4 ETH']);
  });

  test('weights that threw beside other orders are not sent in part', () => {
    const wrongOnce = script(['BTC', 'ETH'], {
      0: ({ orders }) => {
        orders.market('BTC', 2, because);
        expect(() => orders.targetWeights({ ETH: 0.5, BTC: 0.6 }, because)).toThrow();
        expect(() => orders.targetWeights({ ETH: 0.5, BTC: NaN }, because)).toThrow();
      },
    });
    const run = plainRun(marketOf({ spot: { BTC: [100, 100, 100], ETH: [10, 10, 10] } }), wrongOnce);
    expect(fillRows(run)).toEqual([[1, 'BTC', 2]]);
  });

  test('weights that exceed 1 by rounding pass', () => {
    look(({ orders }) => expect(orders.targetWeights({ BTC: 0.5, ETH: 0.5 + 1e-12 }, because).ok).toBe(true));
  });
});

describe('what the market refuses is a value', () => {
  test('zero, short spot, and what has no price yet', () => {
    const market = marketOf({ spot: { BTC: [100, 100], ETH: [NaN, 10] } });
    const said: unknown[] = [];
    const run = plainRun(
      market,
      script(['BTC', 'ETH'], {
        0: ({ orders }) =>
          said.push(
            orders.market('BTC', 0, because),
            orders.target('BTC', -1, because),
            orders.targetNotional('ETH', 100, because),
            orders.target('BTC', 0, because),
          ),
      }),
    );
    expect(said).toEqual([
      { ok: false, reason: 'a quantity of zero' },
      { ok: false, reason: 'spot cannot be held short; hedge with a contract' },
      { ok: false, reason: 'it has not traded yet, so it has no price' },
      { ok: true, order: 1 },
    ]);
    expect(run.totals.rejected).toBe(3);
  });

  test('what is delisted or expired, by quantity or by weight, now or while it waits', () => {
    const market = marketOf({
      spot: { BTC: [100, 100, 100, 100, 100], ETH: { close: [10, 10, NaN, NaN, NaN], delisted: dailyClose(1) } },
    });
    const run = plainRun(
      market,
      script(['BTC', 'ETH'], {
        1: ({ orders }) => void orders.market('ETH', 1, because),
        2: ({ orders }) => void orders.targetWeights({ BTC: 0.5, ETH: 0.2 }, because),
      }),
    );
    expect(run.full.fills.symbol).toEqual(['BTC']);
    expect(run.full.events.map(({ kind, symbol, message }) => [kind, symbol, message])).toEqual([
      ['rejected', 'ETH', 'it is delisted'],
      ['rejected', 'ETH', 'it is delisted'],
    ]);
  });

  test('target is net of what is pending, and a newer target replaces an older one', () => {
    const market = marketOf({ spot: { BTC: [100, 100, 100] } });
    const run = plainRun(
      market,
      script(['BTC'], {
        0: ({ orders }) => {
          orders.market('BTC', 1, because);
          orders.target('BTC', 7, because);
          orders.targetNotional('BTC', 300, because);
        },
      }),
    );
    expect(run.full.columns.cash[1]).toBe(700);
  });
});

describe('a declared wake', () => {
  const waking = (wake: object) =>
    defineStrategy({
      name: 'waking',
      summary: 'Wakes when told.',
      params: z.object({}),
      needs: () => ({ symbols: ['BTC', 'ETH'] }),
      setup: () => ({
        wake: wake as never,
        onBar: ({ orders, market }) => void orders.targetWeights({ BTC: 0.5, ETH: 0.4 }, { tag: `bar ${market.bar}` }),
      }),
    });

  test('outside a relative band calls onBar at bar 0 and when an asset is out', () => {
    const market = marketOf({ spot: { BTC: [100, 100, 104, 120, 120], ETH: [10, 10, 10, 10, 10] } });
    const run = plainRun(market, waking({ kind: 'outside', weights: { BTC: 0.5, ETH: 0.4 }, band: 0.05, bandKind: 'relative' }));
    expect([...new Set(run.full.fills.tag)]).toEqual(['bar 0', 'bar 3']);
  });

  test('on a calendar', () => {
    const market = marketOf({ spot: { BTC: [100, 101, 102, 103], ETH: [10, 10, 10, 10] }, start: '2024-01-30' });
    const run = plainRun(market, waking({ kind: 'calendar', every: 'month' }));
    expect([...new Set(run.full.fills.tag)]).toEqual(['bar 0', 'bar 1']);
  });

  test('naming what is not held is refused', () => {
    const market = marketOf({ spot: { BTC: [100, 100], ETH: [1, 1] } });
    expect(() => plainRun(market, waking({ kind: 'outside', weights: { XRP: 0.5 }, band: 0.05, bandKind: 'absolute' }))).toThrow(
      /"XRP"/,
    );
  });
});

test('decisions wait until the look-back that a strategy needs has passed, with a notice', () => {
  const market = marketOf({ spot: { BTC: new Array<number>(20).fill(100) } });
  const bars: number[] = [];
  const patient = defineStrategy({
    name: 'patient',
    summary: 'Waits.',
    params: z.object({}),
    needs: () => ({ symbols: ['BTC'], lookbackDays: 10 }),
    setup: () => ({ onBar: ({ market: view }) => void bars.push(view.bar) }),
  });
  const run = plainRun(market, patient);
  expect(bars[0]).toBe(9);
  expect(run.notices).toMatchObject([{ code: 'decisions-start-late', first: parseDate('2024-01-01') + 10 * DAY }]);
});
