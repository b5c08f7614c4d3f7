import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MergedRows, RowLog } from '../../src/core/row-log.ts';

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

test('rows that are appended together and in part taken back come back in order', () => {
  const step = fc.tuple(fc.nat({ max: 3_000 }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const log = new RowLog(2);
      const written: number[] = [];
      for (const [rows, share] of steps) {
        const kept = Math.floor(rows * share);
        const at = log.append(rows);
        for (let row = 0; row < kept; row++) {
          log.chunk[at + 2 * row] = written.length;
          log.chunk[at + 2 * row + 1] = -written.length;
          written.push(written.length);
        }
        log.retract(rows - kept);
      }
      expect([...log.column(0)]).toEqual(written);
      expect([...log.column(1)]).toEqual(written.map((value) => -value));
    }),
    { numRuns: 50 },
  );
});

test('rows of a log and others between them come to stand in one place', () => {
  const log = new RowLog(2);
  for (const value of [1, 2, 3]) log.chunk.set([value, 10 * value], log.append());
  const merged = new MergedRows(log, 2, 2);
  const add = (value: number): void => {
    merged.rows.set([value, 10 * value], merged.at);
    merged.at += 2;
  };
  merged.takeUpTo(0);
  add(100);
  merged.takeUpTo(2);
  add(200);
  merged.takeUpTo();
  expect([...merged.column(0)]).toEqual([100, 1, 2, 200, 3]);
  expect([...merged.column(1)]).toEqual([1000, 10, 20, 2000, 30]);
});
