import { expect, test } from 'vitest';
import { RowLog } from '../../src/core/row-log.ts';

test('rows come back as columns, over any number of chunks', () => {
  for (const count of [0, 1, 64, 65, 10_000]) {
    const log = new RowLog(3);
    for (let row = 0; row < count; row++) {
      const at = log.append();
      log.chunk.set([row, 10 * row, -row], at);
    }
    expect(log.count).toBe(count);
    expect(log.column(1)).toEqual(Float64Array.from({ length: count }, (_, row) => 10 * row));
    expect(log.column(2)).toEqual(Float64Array.from({ length: count }, (_, row) => -row));
  }
});
