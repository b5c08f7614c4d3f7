import { describe, expect, test } from 'vitest';
import { breakEvenCarry, breakEvenDays, priceBothWays, type Dilemma } from '../../../src/strategy/rules/sell-or-hedge.ts';

const YEAR_DAYS = 365.25;
const dilemma: Dilemma = {
  excess: 1_000,
  taxNow: 200,
  taxLater: 100,
  spotCost: 0.002,
  contractCost: 0.001,
  isOpen: false,
  carry: 0.05,
  margin: 0.5,
  capitalCost: 0,
};

describe('both ways', () => {
  test('are priced: the tax and the trades now; against orders, carry, and the sale in the end', () => {
    // 200 + 2; 2 orders of 1, half a year at 5 %, then 100 + 2.
    const { sell, hedge } = priceBothWays(dilemma, YEAR_DAYS / 2);
    expect(sell).toBeCloseTo(202, 9);
    expect(hedge).toBeCloseTo(2 + 25 + 102, 9);
  });

  test('count the value of money: on margin tied up, and on a tax put off', () => {
    const { hedge } = priceBothWays({ ...dilemma, carry: 0, capitalCost: 0.1 }, YEAR_DAYS);
    expect(hedge).toBeCloseTo(2 + 0.5 * 1_000 * 0.1 + 102 / 1.1, 9);
  });

  test('close an open hedge at one order each', () => {
    const { sell, hedge } = priceBothWays({ ...dilemma, isOpen: true }, 0);
    expect(sell).toBeCloseTo(203, 9);
    expect(hedge).toBeCloseTo(103, 9);
  });
});

describe('where both ways cost the same', () => {
  test('by carry: the tax saved, less two orders, over the time', () => {
    // (202 − 104) / 1,000 in half a year.
    expect(breakEvenCarry(dilemma, YEAR_DAYS / 2)).toBeCloseTo(0.196, 9);
    expect(breakEvenCarry(dilemma, 0)).toBeNull();
  });

  test('by days: 98 saved at 50 a year', () => {
    expect(breakEvenDays(dilemma)).toBeCloseTo((98 / 50) * YEAR_DAYS, 6);
  });

  test('never, for a hedge that is paid for; at once, for one that saves nothing', () => {
    expect(breakEvenDays({ ...dilemma, carry: -0.05 })).toBeNull();
    expect(breakEvenDays({ ...dilemma, taxNow: 100 })).toBe(0);
  });
});
