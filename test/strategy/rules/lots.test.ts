import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import {
  daysToLongTerm,
  isFreeToSell,
  quantityToHarvest,
  quantityWithoutShortTermGain,
} from '../../../src/strategy/rules/lots.ts';
import type { Portfolio } from '../../../src/strategy/types.ts';
import type { LotView } from '../../../src/tax/ledger.ts';
import type { LotMethod } from '../../../src/tax/methods.ts';

const lot = (quantity: number, unitCost: number, longTerm: boolean, acquired = 0): LotView => ({
  asset: 'BTC',
  acquired,
  quantity,
  cost: quantity * unitCost,
  longTerm,
});

/** An account of one coin; long-term after a year of 365 days, 10 of tax a unit. */
const holding = (
  lots: readonly LotView[],
  { taxPerUnit = 10, years = 1, lotMethod = 'hifo' }: { taxPerUnit?: number; years?: number | null; lotMethod?: LotMethod } = {},
): Portfolio =>
  ({
    lots: () => lots,
    lotMethod,
    taxIfSold: (_: string, quantity: number) => taxPerUnit * quantity,
    longTermFrom: (acquired: number) => (years === null ? null : acquired + years * 365 * DAY),
  }) as unknown as Portfolio;

describe('what can be sold without a short-term gain', () => {
  test('losses and long-term lots go, dearest first, up to the first short-term gain', () => {
    const lots = [lot(1, 50, true), lot(2, 120, false), lot(4, 90, true), lot(8, 80, false), lot(16, 70, true)];
    // At 100: 2 at a loss and 4 long-term; then the lot of 8 is a short-term gain.
    expect(quantityWithoutShortTermGain(lots, 100)).toBe(6);
  });

  test('go in the order of the lot method', () => {
    // At 100: an old gain, a new loss, a new gain.
    const lots = [lot(1, 50, true), lot(2, 120, false), lot(4, 90, false)];
    const free = (method: LotMethod) => quantityWithoutShortTermGain(lots, 100, method);
    expect(free('fifo')).toBe(3);
    expect(free('specific-id')).toBe(3);
    expect(free('hifo')).toBe(2);
    expect(free('lifo')).toBe(0);
    expect(free('lofo')).toBe(1);
    expect(isFreeToSell(holding(lots, { lotMethod: 'fifo' }), 'BTC', 1, 100)).toBe(true);
    expect(isFreeToSell(holding(lots, { lotMethod: 'lofo' }), 'BTC', 2, 100)).toBe(false);
  });

  test('nothing where the portfolio is one: what a coin has cost says nothing of its sale', () => {
    expect(quantityWithoutShortTermGain([lot(2, 120, false)], 100, 'fr-portfolio')).toBe(0);
  });

  test('a lot at cost is no gain', () => {
    expect(quantityWithoutShortTermGain([lot(3, 100, false)], 100)).toBe(3);
  });

  test('no lots, or only short-term gains, leave nothing', () => {
    expect(quantityWithoutShortTermGain([], 100)).toBe(0);
    expect(quantityWithoutShortTermGain([lot(1, 10, false)], 100)).toBe(0);
  });

  test('a quantity is free where it adds no tax, or where such lots cover it', () => {
    const account = holding([lot(2, 120, false), lot(8, 80, false)]);
    expect(isFreeToSell(account, 'BTC', 2, 100)).toBe(true);
    expect(isFreeToSell(account, 'BTC', 3, 100)).toBe(false);
    expect(isFreeToSell(holding([lot(8, 80, false)], { taxPerUnit: 0 }), 'BTC', 3, 100)).toBe(true);
    expect(isFreeToSell(account, 'BTC', 0, 100)).toBe(true);
  });
});

describe('days until a quantity is long-term', () => {
  const lots = [lot(1, 50, false, 100 * DAY), lot(2, 60, false, 40 * DAY), lot(4, 10, true, -900 * DAY)];
  const days = (quantity: number, account = holding(lots)) => daysToLongTerm(account, 'BTC', quantity, 100, 200 * DAY);

  test('wait for the lots that the method would sell, dearest first', () => {
    // 2 at 60 turn on day 405, the one at 50 on day 465.
    expect(days(2)).toBe(205);
    expect(days(3)).toBe(265);
    expect(days(7)).toBe(265);
  });

  test('wait for the oldest where those are sold first', () => {
    const account = holding(
      lots.toSorted((a, b) => a.acquired - b.acquired),
      { lotMethod: 'fifo' },
    );
    expect(days(4, account)).toBe(0);
    expect(days(5, account)).toBe(205);
  });

  test('are none where it is free already', () => {
    expect(days(1, holding([lot(1, 500, false)]))).toBe(0);
    expect(days(1, holding([lot(1, 50, true)]))).toBe(0);
  });

  test('are unknown where the regime does not look at time, or the lots do not suffice', () => {
    expect(days(1, holding([lot(1, 50, false)], { years: null }))).toBeNull();
    expect(days(9)).toBeNull();
  });
});

describe('what is worth harvesting', () => {
  const lots = [lot(1, 150, false), lot(2, 110, false), lot(4, 80, true), lot(8, 50, false)];
  const quantity = (loss: number, { saving = 20, cost = 0.01 } = {}) =>
    quantityToHarvest(holding(lots, { taxPerUnit: -saving }), 'BTC', 100, loss, cost);

  test('is what has lost enough and is not long-term yet', () => {
    // 150 → 100 is a loss of a third, 110 → 100 one of 9 %.
    expect(quantity(0.2)).toBe(1);
    expect(quantity(0.05)).toBe(3);
  });

  test('leaves what the method sells after a lot that is to stay', () => {
    const behind = (lotMethod: LotMethod, ...held: LotView[]) =>
      quantityToHarvest(holding(held, { taxPerUnit: -20, lotMethod }), 'BTC', 100, 0.2, 0.01);
    expect(behind('hifo', lot(4, 300, true), lot(1, 150, false))).toBe(0);
    expect(behind('fifo', lot(1, 150, false), lot(4, 300, true), lot(2, 150, false))).toBe(1);
    expect(behind('lifo', lot(4, 300, true), lot(1, 150, false))).toBe(1);
  });

  test('is nothing where the trades cost more than the bill falls, or nothing is to be harvested', () => {
    expect(quantity(0.2, { saving: 0.5 })).toBe(0);
    expect(quantity(0.5)).toBe(0);
    expect(quantity(1)).toBe(0);
  });
});
