import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JointSales } from '../../src/tax/joint-sales.ts';
import type { Sale } from '../../src/tax/sales.ts';
import type { ResultSink } from '../../src/tax/spot-book.ts';

const sale = (quantity: number, proceeds: number): Sale => ({ disposal: 0, quantity, proceeds, time: 5, cause: 0 });

/** Sums of gains and of losses. */
function sums(gains = 0, losses = 0): ResultSink & { gains: number; losses: number } {
  return {
    gains,
    losses,
    count(amount, _longTerm, _time, sign) {
      this[amount < 0 ? 'losses' : 'gains'] += sign * amount;
    },
  };
}

describe('sales that share a cost per unit', () => {
  test('are counted as what gained and what lost, and counted anew at another cost', () => {
    const joint = new JointSales(true);
    joint.add(sale(1, 10));
    joint.add(sale(2, 40));
    const counted = sums();
    joint.recount(12, counted, true);
    expect([counted.gains, counted.losses]).toEqual([16, -2]);
    joint.recount(25, counted, true);
    expect([counted.gains, counted.losses]).toEqual([0, -25]);
  });

  test('are one sum where the sign does not matter', () => {
    const joint = new JointSales(false);
    joint.add(sale(1, 10));
    joint.add(sale(2, 40));
    const counted = sums();
    joint.recount(12, counted, true);
    expect([counted.gains, counted.losses]).toEqual([14, 0]);
  });

  test('agree with each sale on its own, whatever the cost was before or is supposed to be', () => {
    const step = fc.record({
      added: fc.option(fc.record({ quantity: fc.integer({ min: 1, max: 3 }), price: fc.integer({ min: 0, max: 9 }) })),
      cost: fc.integer({ min: 0, max: 9 }),
      keep: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const joint = new JointSales(true);
        const counted = sums();
        for (const { added, cost, keep } of steps) {
          if (added) joint.add(sale(added.quantity, added.quantity * added.price));
          const seen = keep ? counted : sums(counted.gains, counted.losses);
          joint.recount(cost, seen, keep);
          const expected = sums();
          for (const { quantity, proceeds } of joint.sales) expected.count(proceeds - quantity * cost, false, 5, 1);
          expect(seen.gains).toBeCloseTo(expected.gains, 9);
          expect(seen.losses).toBeCloseTo(expected.losses, 9);
        }
      }),
    );
  });
});
