import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PooledMethod } from '../../src/tax/methods.ts';
import { POOLED_METHODS } from '../../src/tax/methods.ts';
import { lotOrder } from '../../src/tax/selectors.ts';

const RANK: Record<PooledMethod, (a: Lot, b: Lot) => number> = {
  fifo: (a, b) => a.lot - b.lot,
  'average-moving': (a, b) => a.lot - b.lot,
  lifo: (a, b) => b.lot - a.lot,
  hifo: (a, b) => b.price - a.price || a.lot - b.lot,
  lofo: (a, b) => a.price - b.price || a.lot - b.lot,
};

interface Lot {
  lot: number;
  price: number;
}

describe.each(POOLED_METHODS)('the order of %s', (method) => {
  test('gives lots up as a sorted list would, whatever is bought and sold between', () => {
    // A price adds a lot, null gives one up; few prices, so that ties are common.
    const step = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), step), { maxLength: 120 }), (steps) => {
        const order = lotOrder(method, 2);
        order.reset(steps.length);
        const open: Lot[][] = [[], []];
        steps.forEach(([asset, price], lot) => {
          if (price === null) {
            if (open[asset]!.length > 0) order.removeFirst(asset);
            open[asset]!.shift();
          } else {
            order.add(asset, lot, price);
            open[asset]!.push({ lot, price });
            open[asset]!.sort(RANK[method]);
          }
          expect(order.first(0)).toBe(open[0]![0]?.lot ?? -1);
          expect(order.first(1)).toBe(open[1]![0]?.lot ?? -1);
        });
        for (const asset of [0, 1]) {
          expect(preview(order, asset)).toEqual(open[asset]!.map(({ lot }) => lot));
          expect(order.first(asset)).toBe(open[asset]![0]?.lot ?? -1);
        }
      }),
    );
  });

  test('forgets everything at a reset', () => {
    const order = lotOrder(method, 1);
    order.reset(4);
    order.add(0, 0, 10);
    order.reset(8);
    expect(order.first(0)).toBe(-1);
    order.add(0, 7, 10);
    expect(preview(order, 0)).toEqual([7]);
  });
});

test('a look ahead of HIFO holds more lots than it was first made for', () => {
  const order = lotOrder('hifo', 1);
  order.reset(64);
  for (let lot = 0; lot < 64; lot++) order.add(0, lot, lot);
  expect(preview(order, 0)).toEqual(Array.from({ length: 64 }, (_, rank) => 63 - rank));
});

function preview(order: ReturnType<typeof lotOrder>, asset: number): number[] {
  const lots: number[] = [];
  order.preview(asset);
  for (let lot = order.previewNext(); lot >= 0; lot = order.previewNext()) lots.push(lot);
  return lots;
}
