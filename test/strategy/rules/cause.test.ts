import { describe, expect, test } from 'vitest';
import { describeCause, driftCause } from '../../../src/strategy/rules/cause.ts';

describe('the cause of a drift', () => {
  test('is the market where all coins move alike: weights rise against cash only', () => {
    const coins = [
      { weight: 0.5, change: 0.5 },
      { weight: 0.3, change: 0.5 },
    ];
    // 0.5 × 1.5 / 1.4 − 0.5
    expect(driftCause(coins[0]!, coins)).toEqual({ market: expect.closeTo(0.0357, 4) as number, own: 0 });
  });

  test('is its own where the others stay, but for what they all moved on average', () => {
    const coins = [
      { weight: 0.5, change: 0.5 },
      { weight: 0.5, change: 0 },
    ];
    // Without cash a market's move changes no weight: 0.75 / 1.25 − 0.5.
    expect(driftCause(coins[0]!, coins)).toEqual({
      market: expect.closeTo(0, 12) as number,
      own: expect.closeTo(0.1, 12) as number,
    });
  });

  test('adds up to the change of the weight', () => {
    const coins = [
      { weight: 0.4, change: 0.3 },
      { weight: 0.2, change: -0.4 },
      { weight: 0.1, change: 1.2 },
    ];
    const { market, own } = driftCause(coins[0]!, coins);
    expect(market + own).toBeCloseTo((0.4 * 1.3) / (1 + 0.12 - 0.08 + 0.12) - 0.4, 12);
  });

  test('is nothing where nothing is held', () => {
    expect(driftCause({ weight: 0, change: 1 }, [{ weight: 0, change: 1 }])).toEqual({ market: 0, own: 0 });
  });

  test('is told in points', () => {
    expect(describeCause({ market: 0.0208, own: -0.0625 })).toBe('market +2.1, own -6.3 pp');
  });
});
