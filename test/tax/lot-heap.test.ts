import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LotHeap } from '../../src/tax/lot-heap.ts';

interface Lot {
  lot: number;
  price: number;
}

test('a heap gives lots up dearest first, the older of equals first, whatever is bought and sold between', () => {
  // A price adds a lot, null gives one up; few prices, so that ties are common.
  const step = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), step), { maxLength: 120 }), (steps) => {
      const heap = new LotHeap(2, false);
      const open: Lot[][] = [[], []];
      steps.forEach(([asset, price], lot) => {
        if (price === null) {
          if (open[asset]!.length > 0) heap.removeFirst(asset);
          open[asset]!.shift();
        } else {
          heap.add(asset, lot, Float64Array.of(price), 0);
          open[asset]!.push({ lot, price });
          open[asset]!.sort((a, b) => b.price - a.price || a.lot - b.lot);
        }
        expect(heap.first(0)).toBe(open[0]![0]?.lot ?? -1);
        expect(heap.first(1)).toBe(open[1]![0]?.lot ?? -1);
      });
      for (const asset of [0, 1]) {
        expect(preview(heap, asset)).toEqual(open[asset]!.map(({ lot }) => lot));
        expect(heap.first(asset)).toBe(open[asset]![0]?.lot ?? -1);
      }
    }),
  );
});

test('a look ahead holds more lots than it was first made for', () => {
  const heap = new LotHeap(1, false);
  for (let lot = 0; lot < 64; lot++) heap.add(0, lot, Float64Array.of(lot), 0);
  expect(preview(heap, 0)).toEqual(Array.from({ length: 64 }, (_, rank) => 63 - rank));
});

test('lots keep their order under new indices, and a cleared asset has none', () => {
  const heap = new LotHeap(2, false);
  for (const lot of [1, 4, 6]) heap.add(0, lot, Float64Array.of(10), 0);
  heap.add(1, 0, Float64Array.of(10), 0);
  heap.renumber(0, Int32Array.of(0, 0, 0, 0, 1, 0, 2));
  expect(preview(heap, 0)).toEqual([0, 1, 2]);
  heap.clear(0);
  expect([heap.first(0), heap.first(1)]).toEqual([-1, 0]);
});

function preview(heap: LotHeap, asset: number): number[] {
  const lots: number[] = [];
  heap.preview(asset);
  for (let lot = heap.previewNext(); lot >= 0; lot = heap.previewNext()) lots.push(lot);
  return lots;
}
