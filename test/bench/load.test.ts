import { expect, test } from 'vitest';
import { measureLoad } from './run-load.ts';

// Goals and what was measured: docs/performance.md.
test.each([
  [1, 2_600_000],
  [10, 525_600],
])(
  'minute bars of %i assets × %i load 20 times as fast from the cache and twice from Parquet, in three times their memory',
  async (assets, bars) => {
    const { csv, parquet, cache } = await measureLoad(assets, bars);
    expect([parquet.closes, cache.closes]).toEqual([csv.closes, csv.closes]);
    expect(csv.ms / cache.ms).toBeGreaterThan(20);
    expect(csv.ms / parquet.ms).toBeGreaterThan(2);
    for (const { peakToColumns } of [csv, parquet, cache]) expect(peakToColumns).toBeLessThan(3);
  },
);
