import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shortPath } from '../../src/core/short-path.ts';

test('a path is as short as it can be typed here', () => {
  expect([resolve('a/b.ts'), './a/b.ts', resolve('.'), '/b.ts', '../b.ts'].map(shortPath)).toEqual([
    'a/b.ts',
    'a/b.ts',
    '.',
    '/b.ts',
    '../b.ts',
  ]);
});
