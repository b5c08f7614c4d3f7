import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/core/suggest.ts';

const known = ['hedgeRatio', 'band', 'weights'];

test.each([
  ['hedgRatio', 'hedgeRatio'],
  ['HEDGERATIO', 'hedgeRatio'],
  ['bnad', 'band'],
  ['wieghts', 'weights'],
])('%s was meant to be %s', (typed, meant) => {
  expect(nearest(typed, known)).toBe(meant);
  expect(didYouMean(typed, known)).toBe(`Did you mean "${meant}"?`);
});

test('letters that changed places are nearer than letters left out', () => {
  expect(nearest('cashsI', ['cash', 'cashIs'])).toBe('cashIs');
});

test('nothing near lists what is known', () => {
  expect(nearest('completely-else', known)).toBeUndefined();
  expect(didYouMean('completely-else', known)).toBe('Known: hedgeRatio, band, weights.');
  expect(didYouMean('x', [])).toBe('None are known.');
  const many = Array.from({ length: 14 }, (_, i) => `symbol${i + 10}`);
  expect(didYouMean('x', many)).toMatch(/^Known: symbol10, .*, symbol21 and 2 more\.$/);
});
