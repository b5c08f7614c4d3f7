import { describe, expect, test } from 'vitest';
import { hedgeDesk, spareCash } from '../../../src/strategy/rules/hedge-desk.ts';
import type { Portfolio, Step } from '../../../src/strategy/types.ts';

const LEG = { base: 'BTC', contract: 'BTC-PERP', notional: -100 };

/** Notionals that a desk orders of an account with nothing open, and this much free margin. */
function ordered(freeMargin: number, notionals: readonly number[], leverage?: number): number[] {
  const sent: number[] = [];
  const step = {
    portfolio: { value: () => 0, freeMargin, equity: 1_000 } as unknown as Portfolio,
    orders: { targetNotional: (_: string, notional: number) => sent.push(notional) },
  } as unknown as Step;
  const desk = hedgeDesk({ rehedge: 0.025, leverage });
  for (const notional of notionals) desk.trade(step, { ...LEG, notional }, 'why');
  return sent;
}

describe('a hedge desk', () => {
  test('orders what it is told where margin covers at least a tenth of it', () => {
    expect(ordered(10, [-100, -100])).toEqual([-100, -100]);
  });

  test('asks once without margin, and again only when the wish has changed by a re-hedge', () => {
    // 2.5 % of 1,000 is 25.
    expect(ordered(0, [-100, -100, -120, -130])).toEqual([-100, -130]);
  });

  test('counts margin at its own leverage', () => {
    expect(ordered(2, [-100, -100], 5)).toEqual([-100, -100]);
    expect(ordered(2, [-100, -100], 1)).toEqual([-100]);
  });
});

describe('spare cash', () => {
  const account = (cash: number, unrealized: number) =>
    ({ cash, equity: 1_000, unrealizedGain: () => unrealized }) as unknown as Portfolio;

  test('is what neither the notional nor the cash of the target needs', () => {
    expect(spareCash(account(300, 0), [LEG], 0.05)).toBe(200);
    expect(spareCash(account(300, 0), [LEG], 0.2)).toBe(100);
  });

  test('is less by a loss of the hedge, and not more by a gain', () => {
    expect(spareCash(account(300, -50), [LEG], 0)).toBe(150);
    expect(spareCash(account(300, 50), [LEG], 0)).toBe(200);
  });
});
