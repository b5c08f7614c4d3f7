import { describe, expect, test } from 'vitest';
import { type TaxEvent, replayEvents } from '../../src/tax/replay.ts';
import { anyMethod, at, usSetup } from '../support/tax.ts';

const buy = (seq: number, date: string, quantity: number, gross: number, more: Partial<TaxEvent> = {}): TaxEvent => {
  return { seq, time: at(date), type: 'buy', asset: 'BTC', quantity, gross, ...more };
};
const sell = (seq: number, date: string, quantity: number, gross: number, more: Partial<TaxEvent> = {}): TaxEvent => {
  return { ...buy(seq, date, quantity, gross, more), type: 'sell' };
};

describe('replaying records', () => {
  test('tells which purchase a sale took, fees in coin without proceeds, and what is left', () => {
    const { disposals, closing, years } = replayEvents(
      [sell(3, '2023-05-01', 1, 300, { fee: 3, feeInAsset: 0.5 }), buy(1, '2022-01-01', 1, 100), buy(2, '2023-01-01', 1, 200)],
      { tax: usSetup({ lots: 'fifo', scope: 'universal' }), currency: 'USD' },
    );
    expect(disposals).toHaveLength(1);
    expect(disposals[0]).toMatchObject({ seqs: [3], quantity: 1.5, proceeds: 297, cost: 200, gain: 97 });
    expect(disposals[0]!.parts.map(({ seq, quantity, class: name }) => [seq, quantity, name])).toEqual([
      [1, 1, 'long'],
      [2, 0.5, 'short'],
    ]);
    expect(closing.map(({ seq, quantity, cost }) => [seq, quantity, cost])).toEqual([[2, 0.5, 100]]);
    expect(years.map(({ tax }) => tax)).toEqual([0, expect.closeTo(0.2 * 97, 12)]);
  });

  test('keeps wallets apart where the law does', () => {
    const events = [
      buy(1, '2023-01-01', 1, 100, { wallet: 'a' }),
      buy(2, '2023-01-02', 1, 200, { wallet: 'b' }),
      sell(3, '2023-02-01', 1, 300, { wallet: 'b' }),
    ];
    const costs = (['universal', 'per-wallet'] as const).map(
      (scope) => replayEvents(events, { tax: usSetup({ scope }), currency: 'USD' }).disposals[0]!.cost,
    );
    expect(costs).toEqual([100, 200]);
  });

  test('merges the sales of a day under share matching, even sold before they were bought', () => {
    const tax = usSetup({ regime: anyMethod(), lots: 'uk-share-matching' });
    const events = [
      sell(1, '2023-06-23', 10, 100),
      { ...sell(2, '2023-06-23', 5, 80), time: at('2023-06-23', 12) },
      { ...buy(3, '2023-06-23', 16, 160), time: at('2023-06-23', 15) },
    ];
    const { disposals, closing } = replayEvents(events, { tax, currency: 'USD' });
    expect(disposals).toMatchObject([{ seqs: [1, 2], quantity: 15, proceeds: 180, cost: 150 }]);
    expect(disposals[0]!.parts.map(({ rule, quantity }) => [rule, quantity])).toEqual([['same-day', 15]]);
    expect(closing).toMatchObject([{ quantity: 1, cost: 10 }]);
  });

  test('refuses a sale of what is neither held nor bought within the window', () => {
    const tax = usSetup({ regime: anyMethod(), lots: 'uk-share-matching' });
    const events = [buy(1, '2023-06-01', 1, 10), sell(2, '2023-06-23', 3, 100)];
    expect(() => replayEvents(events, { tax, currency: 'USD' })).toThrow(expect.objectContaining({ code: 'lots-exceeded' }));
  });

  test('takes the legs of a swap together under the portfolio method', () => {
    const tax = usSetup({ regime: anyMethod({ swaps: 'untaxed' }), lots: 'fr-portfolio' });
    const events = [
      buy(1, '2023-01-01', 1, 1_000),
      sell(2, '2023-02-01', 0.5, 2_000, { swapId: 'x' }),
      { ...buy(3, '2023-02-01', 10, 2_000, { swapId: 'x' }), asset: 'ETH' },
      sell(4, '2023-03-01', 0.25, 1_000, { portfolioValue: 4_000 }),
    ];
    const { disposals, closing } = replayEvents(events, { tax, currency: 'USD' });
    expect(disposals).toMatchObject([{ seqs: [4], cost: 250, gain: 750 }]);
    expect(closing.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(750, 12);
  });

  test('closes tax years up to a moment and says what is provisional by then', () => {
    const tax = usSetup({ regime: anyMethod(), lots: 'uk-share-matching' });
    const events = [buy(1, '2023-01-01', 2, 20), sell(2, '2023-12-20', 1, 30)];
    const early = replayEvents(events, { tax, currency: 'USD', until: at('2024-01-05') });
    expect([early.disposals[0]!.provisional, early.years[0]!.provisional]).toEqual([true, true]);
    const late = replayEvents(events, { tax, currency: 'USD' });
    expect([late.disposals[0]!.provisional, late.years[0]!.provisional]).toEqual([false, false]);
  });
});
