import { expect, test } from 'vitest';
import { GrowingColumn, lowerBound, upperBound } from '../../src/core/column.ts';

const column = Float64Array.of(1, 3, 3, 7);

test.each([
  [0, 0, 0],
  [1, 0, 1],
  [2, 1, 1],
  [3, 1, 3],
  [7, 3, 4],
  [8, 4, 4],
])('%d would be inserted before its equals at %d and after them at %d', (value, before, after) => {
  expect(lowerBound(column, value)).toBe(before);
  expect(upperBound(column, value)).toBe(after);
});

test('an empty column has one place', () => {
  expect(lowerBound(new Float64Array(), 1)).toBe(0);
  expect(upperBound(new Float64Array(), 1)).toBe(0);
});

test('a growing column keeps every value past its first allocation', () => {
  const growing = new GrowingColumn();
  for (let i = 0; i < 3000; i++) growing.push(i);
  expect(growing.length).toBe(3000);
  expect(growing.toColumn()).toEqual(Float64Array.from({ length: 3000 }, (_, i) => i));
});
