import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packColumn, packIntegers, unpackColumn, unpackIntegers } from '../../../src/report/data/codec.ts';

describe('packed integers', () => {
  test('come back as they went in, gaps included', () => {
    const values = Float64Array.of(0, 1, -1, NaN, NaN, 70, 1e12, -1e12);
    expect(unpackIntegers(packIntegers(values))).toEqual(values);
  });

  test('take one byte for a small step', () => {
    // Differences 5, 0, −3: codes 11, 1, 6.
    expect(packIntegers(Float64Array.of(5, 5, 2))).toBe(btoa('\u000b\u0001\u0006'));
  });

  test('survive any whole numbers', () => {
    const whole = fc.oneof(fc.integer(), fc.integer({ min: -1e14, max: 1e14 }), fc.constant(NaN));
    fc.assert(
      fc.property(fc.array(whole), (list) => {
        const values = Float64Array.from(list);
        expect(unpackIntegers(packIntegers(values))).toEqual(values);
      }),
    );
  });
});

describe('packed columns', () => {
  test('of money are exact to 5e-6, however long: errors never add up', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => 100_000 * Math.exp(Math.sin(i / 50) + i * 1.23456789e-4));
    const column = packColumn(values);
    expect(column.scale).toBe('ln');
    const back = unpackColumn(column);
    for (let i = 0; i < values.length; i++) expect(Math.abs(back[i]! / values[i]! - 1)).toBeLessThan(5.1e-6);
  });

  test('with zeros, losses and gaps are exact to half a linear step', () => {
    const values = Float64Array.of(0, -1234.5, NaN, 98765.4);
    const column = packColumn(values);
    expect(column).toMatchObject({ scale: 'linear', unit: 0.1 });
    const back = unpackColumn(column);
    expect(back[2]).toBeNaN();
    for (const i of [0, 1, 3]) expect(back[i]).toBeCloseTo(values[i]!, 6);
  });

  test('of nothing but zeros are zeros', () => {
    expect(unpackColumn(packColumn(new Float64Array(3)))).toEqual(new Float64Array(3));
  });

  test('may be empty', () => {
    expect(unpackColumn(packColumn(new Float64Array()))).toHaveLength(0);
  });
});
