import { describe, expect, test } from 'vitest';
import { takesBeta, wantedLegs, type ObjectiveChoice } from '../../../src/strategy/rules/objective.ts';

// The article's section 5, with a beta of 2: 10,000 at 60/40, grown to 75 % BTC.
const book = {
  coins: [
    { symbol: 'BTC', value: 7_500, weight: 0.6, beta: 1 },
    { symbol: 'ETH', value: 2_500, weight: 0.4, beta: 2 },
  ],
  equity: 10_000,
  anchor: 'BTC',
};
const legs = (choice: Partial<ObjectiveChoice>, coins = book.coins) => {
  const wanted = wantedLegs({ ...book, coins }, { objective: 'literal', targetBeta: 0, literal: (excess) => -excess, ...choice });
  return wanted === null ? null : Object.fromEntries(wanted);
};

describe('the legs of a hedge', () => {
  test('are one on the anchor, of the size that the objective asks for', () => {
    expect(legs({})).toEqual({ BTC: -1_500 });
    expect(legs({ literal: (excess) => excess })).toEqual({ BTC: 1_500 });
    expect(legs({ objective: 'btcWeight' })).toEqual({ BTC: -1_500 });
    expect(legs({ objective: 'matchBeta' })).toEqual({ BTC: 1_500 });
    expect(legs({ objective: 'minVariance', targetBeta: 1 })).toEqual({ BTC: -2_500 });
  });

  test('are one on each coin for two legs', () => {
    expect(legs({ objective: 'twoLeg' })).toEqual({ BTC: -1_500, ETH: 1_500 });
  });

  test('are unknown while a beta that they take is, or without the anchor', () => {
    const unknown = [book.coins[0]!, { ...book.coins[1]!, beta: NaN }];
    expect(legs({ objective: 'matchBeta' }, unknown)).toBeNull();
    expect(legs({ objective: 'btcWeight' }, unknown)).toEqual({ BTC: -1_500 });
    expect(legs({ objective: 'twoLeg' }, book.coins.slice(1))).toBeNull();
  });

  test('take betas for two objectives only', () => {
    expect((['literal', 'btcWeight', 'matchBeta', 'minVariance', 'twoLeg'] as const).filter(takesBeta)).toEqual([
      'matchBeta',
      'minVariance',
    ]);
  });
});
