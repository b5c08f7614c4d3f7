import { describe, expect, test } from 'vitest';
import { DAY, parseDate } from '../../src/core/time.ts';
import type { Step } from '../../src/strategy/types.ts';
import type { Assessment, Regime, Taxation } from '../../src/tax/regime.ts';
import { marketOf } from '../support/market.ts';
import { plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';
import { anyMethod } from '../support/tax.ts';

/** Days at 100, then at 200. */
const doubling = (days: number, start = '2023-12-01') =>
  marketOf({
    spot: { BTC: Array.from({ length: days }, (_, day) => (day < 2 ? 100 : 200)), ETH: new Array<number>(days).fill(50) },
    start,
  });

const flat = (rate: number): (() => Assessment) => {
  return () => ({ bill: (results) => Math.max(0, rate * results[0]!), carry: () => undefined });
};

function regime(changes: Partial<Taxation>): Regime {
  return anyMethod({
    classes: [
      { name: 'gains', meaning: 'gains' },
      { name: 'withheld', meaning: 'tax withheld' },
      { name: 'income', meaning: 'income' },
    ],
    carried: [],
    profiles: { 'us-high': [{ from: 0, figures: {} }] },
    spot: { short: 'gains', long: 'gains', longAfterYears: null },
    contracts: [{ name: 'own', meaning: 'gains', recognised: 'close', classes: [{ class: 'gains', share: 1 }] }],
    fundingIncome: { received: 'income', paid: null, bothWays: 'income' },
    assess: flat(0.3),
    ...changes,
  });
}

describe('tax withheld from a sale', () => {
  const withholding = regime({ withholding: { rate: 0.01, above: 0, class: 'withheld' } });
  const days = (parseDate('2024-04-15') - parseDate('2023-12-01')) / DAY + 2;

  test('leaves cash at once and is credited against the bill', () => {
    const run = plainRun(
      doubling(days),
      script(['BTC'], {
        0: ({ orders }) => orders.market('BTC', 5, because),
        5: ({ orders }) => orders.market('BTC', -5, because),
      }),
      { tax: { regime: withholding } },
    );
    const taxes = run.full.events.filter(({ kind }) => kind === 'tax');
    expect(taxes.map(({ amount, message }) => [amount, message])).toEqual([
      [10, 'withheld from a sale'],
      [0.3 * 500 - 10, 'paid from cash'],
    ]);
    expect(run.totals.attribution.taxes).toBe(150);
    expect(run.taxAccrued[6]).toBeCloseTo(140, 12);
    expect(run.full.taxYears[0]!.results).toMatchObject({ gains: 500, withheld: 10 });
  });

  test('leaves less for what the sale was to pay for', () => {
    const run = plainRun(
      doubling(8),
      script(['BTC', 'ETH'], {
        0: ({ orders }) => orders.targetWeights({ BTC: 1 }, because),
        5: ({ orders }) => orders.targetWeights({ BTC: 0, ETH: 1 }, because),
      }),
      { tax: { regime: withholding } },
    );
    // 10 BTC bring 2 000, of which 20 stay with the tax office.
    expect(run.full.lots.map(({ asset, quantity }) => [asset, quantity])).toEqual([['ETH', 1_980 / 50]]);
  });
});

describe('a swap of coin for coin', () => {
  test('is untaxed under the portfolio method, and a sale for money is not', () => {
    const france = anyMethod({ swaps: 'untaxed' });
    const swap = script(['BTC', 'ETH'], {
      0: ({ orders }) => orders.targetWeights({ BTC: 1 }, because),
      4: ({ orders }) => orders.targetWeights({ BTC: 0.5, ETH: 0.5 }, because),
      6: ({ orders }) => orders.targetWeights({ BTC: 0.25, ETH: 0.5 }, because),
    });
    const tax = { regime: france, lots: 'fr-portfolio', rates: { short: 0.3, long: 0.3 } } as const;
    const run = plainRun(doubling(10), swap, { tax });
    // 1 000 became 2 000. Half was swapped for ETH; then 500 were sold for money: 500 − 1 000 × 500 / 2 000.
    expect(run.taxAccrued[5]).toBe(0);
    expect(run.taxAccrued[7]).toBeCloseTo(0.3 * 250, 9);
    expect(run.full.gains.rule).toEqual(['portfolio']);
    expect(run.totals.taxableDisposals).toBe(1);
    const usual = plainRun(doubling(10), swap, { tax: { regime: 'us', rates: { short: 0.3, long: 0.3 } } });
    expect(usual.taxAccrued[5]).toBeCloseTo(0.3 * 500, 9);
    expect(usual.totals.taxableDisposals).toBe(2);
  });
});

describe('an order that names its lots', () => {
  test('sells them under specific identification', () => {
    const run = plainRun(
      doubling(8),
      script(['BTC'], {
        0: ({ orders }) => orders.market('BTC', 1, because),
        3: ({ orders }) => orders.market('BTC', 1, because),
        5: ({ orders, portfolio }) => orders.market('BTC', -1, { ...because, lots: [portfolio.lots('BTC')[1]!.id!] }),
      }),
      { tax: { regime: 'us', lots: 'specific-id' } },
    );
    expect([...run.full.gains.cost]).toEqual([200]);
  });

  test('keeps them to itself, also where it never fills or another order of the bar fills first', () => {
    const second = ({ portfolio }: Step): number => portfolio.lots('BTC')[1]!.id!;
    const run = plainRun(
      doubling(8),
      script(['BTC'], {
        0: ({ orders }) => orders.market('BTC', 1, because),
        3: ({ orders }) => orders.market('BTC', 1, because),
        // The limit lies far above the market.
        4: (context) => context.orders.limit('BTC', -1, 1_000_000, { ...because, lots: [second(context)] }),
        5: (context) => {
          context.orders.market('BTC', -0.25, { ...because, lots: [second(context)] });
          context.orders.market('BTC', -0.5, because);
        },
      }),
      { tax: { regime: 'us', lots: 'specific-id' } },
    );
    // Larger sells go first: half of the first lot, then a quarter of the second.
    expect([...run.full.gains.cost]).toEqual([50, 50]);
    expect([...run.full.gains.quantity]).toEqual([0.5, 0.25]);
  });

  test('is refused where a lot is not open', () => {
    const unknown = script(['BTC'], {
      0: ({ orders }) => orders.market('BTC', 1, because),
      3: ({ orders }) => orders.market('BTC', -1, { ...because, lots: [7] }),
    });
    expect(() => plainRun(doubling(8), unknown, { tax: { regime: 'us', lots: 'specific-id' } })).toThrow(
      expect.objectContaining({ code: 'order-lot-unknown' }),
    );
  });
});

describe('the fee of a sale', () => {
  test.each([
    ['us', 'USD', 0.388, 0.388 * 3 * (180 - 110)],
    // It counts on neither side.
    ['india', 'INR', 0, 0.312 * 3 * (200 - 100)],
    // Off the price, but not off the share of the portfolio of 1 000 that is sold; all of it cost 660.
    ['france', 'EUR', 0.314, 0.314 * (540 - 660 * (600 / 1_000))],
  ])('is foreseen as it is taxed in %s', (regime, currency, rateOfFee, tax) => {
    const foreseen: number[] = [];
    const run = plainRun(
      doubling(8),
      script(['BTC', 'ETH'], {
        0: ({ orders }) => {
          orders.market('BTC', 4, because);
          orders.market('ETH', 4, because);
        },
        4: ({ orders, portfolio }) => {
          foreseen.push(portfolio.taxIfSold('BTC', 3));
          orders.market('BTC', -3, because);
        },
        5: ({ orders }) => orders.market('ETH', -4, because),
      }),
      { venue: { preset: 'none', fees: { spot: { maker: 0, taker: 0.1 } } }, account: { currency }, tax: { regime } },
    );
    expect(foreseen[0]).toBeCloseTo(tax, 9);
    expect(run.taxAccrued[5]).toBeCloseTo(tax, 9);
    // One BTC is left on the last day: equity less what has accrued, its fee, and tax on what is left of it.
    const { afterLiquidation, taxDeferred } = run.full.columns;
    const deferredAfterFee = taxDeferred[7]! - rateOfFee * 20;
    expect(afterLiquidation[7]).toBeCloseTo(run.equity[7]! - run.taxAccrued[7]! - 20 - deferredAfterFee, 9);
  });
});

describe('a regime of another currency', () => {
  test('pays its bill at the rate of the day and notes a rate that kedge ships', () => {
    const run = plainRun(
      doubling(8),
      script(['BTC'], {
        0: ({ orders }) => orders.market('BTC', 5, because),
        5: ({ orders }) => orders.market('BTC', -5, because),
      }),
      { account: { currency: 'EUR' }, tax: { regime: 'us', rates: { short: 0.4, long: 0.2 } } },
    );
    expect(run.taxAccrued[6]).toBeCloseTo(200, 9);
    expect(run.notices.map(({ code }) => code)).toContain('tax-fx-shipped');
  });
});

describe('gain lines of one decision', () => {
  const symbols = ['ADA', 'BTC', 'ETH', 'LTC'];
  // ADA and LTC are twins; BTC is worth most.
  const market = marketOf({ spot: { ADA: [10, 10, 10], BTC: [100, 100, 100], ETH: [50, 50, 50], LTC: [10, 10, 10] } });
  const lots = symbols.flatMap((asset) => [1, 2].map((quantity) => ({ asset, quantity, cost: 1, acquired: quantity * DAY })));
  const trim = script(symbols, {
    0: ({ orders }) => orders.targetWeights({ ADA: 0.02, BTC: 0.1, ETH: 0.1, LTC: 0.02 }, because),
  });

  test.each([
    { regime: 'us' },
    { regime: 'us', lots: 'hifo' },
    { regime: 'us', straddles: true },
    { regime: 'france', fx: { EUR: 1 } },
    { regime: 'switzerland', fx: { CHF: 1 } },
    { regime: 'uk', fx: { GBP: 1 } },
    { regime: 'canada', fx: { CAD: 1 } },
    { regime: 'japan', fx: { JPY: 1 } },
    { regime: 'india', fx: { INR: 1 } },
  ] as const)('come in the order of its fills, ties as submitted: $regime', (tax) => {
    const { fills, gains } = plainRun(market, trim, { account: { cash: 0, lots }, tax }).full;
    expect(fills.symbol).toEqual(['BTC', 'ETH', 'ADA', 'LTC']);
    const numbers = [...gains.disposal];
    expect([...new Set(gains.asset)]).toEqual(fills.symbol);
    expect(numbers).toEqual([...numbers].sort());
    expect(gains.asset.map((asset) => fills.symbol.indexOf(asset))).toEqual(numbers);
  });

  test('are told to the strategy in that order too', () => {
    const heard: string[] = [];
    const listener = script(
      symbols,
      { 0: ({ orders }) => orders.targetWeights({ ADA: 0.02, BTC: 0.1, ETH: 0.1, LTC: 0.02 }, because) },
      { onFill: ({ symbol }) => void heard.push(symbol) },
    );
    plainRun(market, listener, { account: { cash: 0, lots } });
    expect(heard).toEqual(['BTC', 'ETH', 'ADA', 'LTC']);
  });
});
