import { expect, test } from 'vitest';
import { placeIn } from '../../src/core/sorted.ts';

test.each([
  [0, 0],
  [3, 1],
  [5, 3],
  [7, 3],
  [8, 4],
])('%d enters a sorted list before its equals, at %d', (value, place) => {
  expect(placeIn([1, 3, 3, 7], (item) => item < value)).toBe(place);
});

test('an empty list has one place', () => {
  expect(placeIn([], () => true)).toBe(0);
});
