import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import type { Step } from '../../src/strategy/types.ts';
import { dailyClose, marketOf, type FundingSpec } from '../support/market.ts';
import { plainRun, type PlainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';
import { usSetup } from '../support/tax.ts';

/** An account of BTC, bought in 2023 unless told, and an inverse contract at like prices. */
function coinRun(
  prices: number[],
  acts: Readonly<Record<number, (step: Step) => void>>,
  {
    cost,
    acquired = Date.UTC(2023, 8, 1),
    funding = [],
    ...options
  }: PlainRun & { cost: number; acquired?: number; funding?: FundingSpec[] },
): ReturnType<typeof plainRun> {
  const market = marketOf({
    spot: { BTC: prices },
    perps: { 'BTC-USD': { close: prices, contract: 'inverse' } },
    funding: funding.map((event) => ({ ...event, symbol: 'BTC-USD' })),
  });
  const lots = [{ asset: 'BTC', quantity: 10, cost, acquired }];
  return plainRun(market, script(['BTC', 'BTC-USD'], acts), {
    ...options,
    account: { cash: 0, collateral: 'coin', leverage: 5, lots, ...options.account },
  });
}

describe('coins that an inverse contract takes, where tax is withheld from sales', () => {
  test('leave that tax at once', () => {
    const run = coinRun(
      [10_000, 10_000, 10_000, 10_000],
      {
        0: ({ orders }) => {
          orders.target('BTC-USD', 10_000, because);
          orders.market('BTC', -6, because);
        },
      },
      {
        cost: 20_000,
        funding: [{ time: dailyClose(2), rate: 0.01 }],
        account: { currency: 'INR' },
        tax: { regime: 'india' },
      },
    );
    // The sale of 60 000 passes 50 000; then 0.01 BTC pay funding of 100.
    const taxes = run.full.events.filter(({ kind }) => kind === 'tax');
    expect(taxes.map(({ amount }) => amount)).toEqual([600, expect.closeTo(1, 9)]);
    expect(run.totals.attribution.taxes).toBeCloseTo(601, 9);
    expect(run.taxAccrued[3]).toBeCloseTo(0.312 * (60_100 - 2_000 * 6.01) - 601, 9);
  });
});

describe('under the portfolio method', () => {
  const french = { account: { currency: 'EUR' }, tax: { regime: 'france' } } as const;

  test('coins that a contract brings are not bought with what the same open sells', () => {
    const run = coinRun(
      [100, 100, 50, 50, 50],
      {
        0: ({ orders }) => orders.target('BTC-USD', -1_000, because),
        2: ({ orders }) => {
          orders.target('BTC-USD', 0, because);
          orders.market('BTC', -2, because);
        },
      },
      { ...french, cost: 400 },
    );
    // The contract brings 10 BTC, worth 500: 20 that cost 900. Two of them are sold for money.
    const { gains } = run.full;
    expect([...gains.kind]).toEqual(['derivative', 'spot']);
    expect(gains.proceeds[1]).toBeCloseTo(100, 9);
    expect(gains.gain[1]).toBeCloseTo(100 - 900 * (100 / 1_000), 9);
  });

  test('coins that a contract takes are a share of what all coins are worth then', () => {
    const run = coinRun(
      [100, 100, 100, 200, 200],
      { 0: ({ orders }) => orders.target('BTC-USD', 1_000, because) },
      { ...french, cost: 400, funding: [{ time: dailyClose(3), rate: 0.01, mark: 200 }] },
    );
    // 0.05 BTC, at the close of 200.
    expect(run.full.gains.gain[run.full.gains.kind.indexOf('spot')]).toBeCloseTo(10 - 400 * (10 / 2_000), 9);
  });

  test('coins that a contract takes within a bar are worth the mark of that moment', () => {
    const run = coinRun(
      [100, 100, 100, 200, 200],
      { 0: ({ orders }) => orders.target('BTC-USD', 1_000, because) },
      { ...french, cost: 400, funding: [{ time: dailyClose(3) - 8 * HOUR, rate: 0.01, mark: 160 }] },
    );
    expect(run.full.gains.gain[run.full.gains.kind.indexOf('spot')]).toBeCloseTo(10 - 400 * (10 / 1_600), 9);
  });
});

describe('selling the coins that a contract would pay', () => {
  const fees = { spot: { maker: 0, taker: 0.01 }, perpetual: { maker: 0, taker: 0 } };
  // 10 BTC worth 16 000 that cost 5 000, and 2.5 more from the contract: costs of 160 and 40.
  const exit = (options: PlainRun & { acquired?: number }): number =>
    coinRun(
      [2_000, 2_000, 1_600, 1_600],
      { 0: ({ orders }) => orders.target('BTC-USD', -20_000, because) },
      { cost: 5_000, venue: { preset: 'none', fees }, ...options },
    ).totals.finalAfterLiquidation;

  test('costs what is taxed as coins, not as the contract', () => {
    const tax = 0.42 * (11_000 - 200) + 0.26375 * (4_000 - 1_000);
    expect(exit({ account: { currency: 'EUR' }, tax: { regime: 'germany' } })).toBeCloseTo(20_000 - 200 - tax, 9);
  });

  test.each([
    ['fifo', {}],
    ['of lots by name', { lots: 'specific-id' }],
  ] as const)('costs what is short-term, whatever is held of the coin (%s)', (_, lots) => {
    const tax = 0.2 * (11_000 - 160) + 0.4 * (4_000 - 40);
    expect(exit({ acquired: Date.UTC(2020, 8, 1), tax: usSetup(lots) })).toBeCloseTo(20_000 - 200 - tax, 9);
  });
});
