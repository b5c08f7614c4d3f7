import { expect, test } from 'vitest';
import { quantityWithoutShortTermGain } from '../../../src/strategy/rules/lots.ts';
import type { LotView } from '../../../src/tax/ledger.ts';

const lot = (quantity: number, unitCost: number, longTerm: boolean): LotView => ({
  asset: 'BTC',
  acquired: 0,
  quantity,
  cost: quantity * unitCost,
  longTerm,
});

test('losses and long-term lots go, dearest first, up to the first short-term gain', () => {
  const lots = [lot(1, 50, true), lot(2, 120, false), lot(4, 90, true), lot(8, 80, false), lot(16, 70, true)];
  // At 100: 2 at a loss and 4 long-term; then the lot of 8 is a short-term gain.
  expect(quantityWithoutShortTermGain(lots, 100)).toBe(6);
});

test('a lot at cost is no gain', () => {
  expect(quantityWithoutShortTermGain([lot(3, 100, false)], 100)).toBe(3);
});

test('no lots, or only short-term gains, leave nothing', () => {
  expect(quantityWithoutShortTermGain([], 100)).toBe(0);
  expect(quantityWithoutShortTermGain([lot(1, 10, false)], 100)).toBe(0);
});
