import { expect, test } from 'vitest';
import { fileNameOf } from '../../src/core/file-name.ts';

test('a short name stays as it is', () => {
  expect(fileNameOf('does-the-anchor-hold')).toBe('does-the-anchor-hold');
});

test('a long name is cut between characters, to 100 bytes at most', () => {
  expect(fileNameOf('x'.repeat(300))).toBe('x'.repeat(100));
  // Three bytes each: 33 of them are 99.
  expect(fileNameOf('比'.repeat(100))).toBe('比'.repeat(33));
  expect(fileNameOf(`x${'🚀'.repeat(50)}`)).toBe(`x${'🚀'.repeat(24)}`);
});
