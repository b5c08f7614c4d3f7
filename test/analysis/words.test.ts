import { expect, test } from 'vitest';
import { listed, points, times } from '../../src/analysis/words.ts';

test('points of a rate have two decimals where one would show nothing', () => {
  expect([points(0.019), points(-0.0213), points(0.0003), points(0)]).toEqual(['1.9', '−2.1', '0.03', '0.0']);
});

test('how often is a word where it is seldom', () => {
  expect([times(1), times(2), times(3), times(14)]).toEqual(['once', 'twice', 'three times', '14 times']);
});

test('lists read as sentences do', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
