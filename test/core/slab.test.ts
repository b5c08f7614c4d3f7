import { expect, test } from 'vitest';
import { Slab } from '../../src/core/slab.ts';

test('columns of one buffer are zero and lie apart', () => {
  const slab = new Slab(3, 5);
  const [doubles, ints, bytes] = [slab.doubles(), slab.ints(), slab.bytes()];
  expect([doubles.length, ints.length, bytes.length]).toEqual([5, 5, 5]);
  expect([...doubles, ...ints, ...bytes].every((value) => value === 0)).toBe(true);
  doubles.fill(0.5);
  ints.fill(-1);
  bytes.fill(255);
  expect([...doubles]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  expect([...ints]).toEqual([-1, -1, -1, -1, -1]);
  expect([...bytes]).toEqual([255, 255, 255, 255, 255]);
});

test('a buffer has no more columns than were asked for', () => {
  const slab = new Slab(1, 2);
  slab.doubles();
  expect(() => slab.doubles()).toThrow(RangeError);
});
