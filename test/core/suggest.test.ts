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

test('nothing near lists what is known', () => {
  expect(nearest('completely-else', known)).toBeUndefined();
  expect(didYouMean('completely-else', known)).toBe('Known: hedgeRatio, band, weights.');
  expect(didYouMean('x', [])).toBe('None are known.');
});
