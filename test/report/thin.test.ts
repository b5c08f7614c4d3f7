import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thin } from '../../src/report/thin.ts';

describe('thinning', () => {
  test('keeps a short series whole', () => {
    expect([...thin(Float64Array.of(3, 1, 2), 3)]).toEqual([0, 1, 2]);
    expect([...thin(new Float64Array(), 10)]).toEqual([]);
  });

  test('keeps a single spike in a flat line', () => {
    const values = new Float64Array(1000).fill(1);
    values[617] = 9;
    expect(thin(values, 20)).toContain(617);
  });

  test('leaves out bars without a value', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? NaN : i));
    expect(Math.min(...thin(values, 10))).toBe(50);
  });

  test('keeps ends, extremes and forced bars, in order, without repeating one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 400 }),
        fc.integer({ min: 3, max: 60 }),
        fc.array(fc.nat(399), { maxLength: 5 }),
        (list, limit, wanted) => {
          const values = Float64Array.from(list);
          const forced = wanted.filter((bar) => bar < list.length);
          const kept = [...thin(values, limit, forced)];
          expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
          for (const bar of [0, list.length - 1, ...forced]) expect(kept).toContain(bar);
          const drawn = kept.map((bar) => values[bar]!);
          expect(Math.max(...drawn)).toBe(Math.max(...list));
          expect(Math.min(...drawn)).toBe(Math.min(...list));
          expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 4 + forced.length));
        },
      ),
    );
  });
});
