import { expect, test } from 'vitest';
import { measureLoad } from '../bench/run-load.ts';

// A fifth of what test/bench/load.test.ts reads, on a machine that may be busy: bounds that only a broken reader misses.
test('half a million minute bars load much faster from the cache and from Parquet than from CSV', async () => {
  const { csv, parquet, cache } = await measureLoad(1, 525_600);
  expect([parquet.closes, cache.closes]).toEqual([csv.closes, csv.closes]);
  expect(csv.ms / cache.ms).toBeGreaterThan(10);
  expect(csv.ms / parquet.ms).toBeGreaterThan(2);
});
