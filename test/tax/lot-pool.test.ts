import { describe, expect, test } from 'vitest';
import { RowLog } from '../../src/core/row-log.ts';
import { LotPool } from '../../src/tax/lot-pool.ts';
import type { PooledMethod } from '../../src/tax/methods.ts';
import { POOLED_METHODS } from '../../src/tax/methods.ts';
import { ACQUIRED, CODE, PART, TERMS } from '../../src/tax/part-rows.ts';

const YOUNG = -Infinity;

/** Lots of one unit, acquired at moments 1, 2, 3 … at these prices. */
function poolOf(method: PooledMethod, prices: number[], parts: RowLog | null = null): LotPool {
  const pool = new LotPool(method, ['BTC', 'ETH'], parts);
  prices.forEach((price, i) => pool.add(0, 1, price, price, i + 1));
  return pool;
}

const costsOf = (pool: LotPool): number[] => pool.views(0, YOUNG).map(({ cost }) => cost);

describe('a disposal', () => {
  test.each<[PooledMethod, number, number[]]>([
    ['fifo', 10 + 30 / 2, [15, 20]],
    ['lifo', 20 + 30 / 2, [10, 15]],
    ['hifo', 30 + 20 / 2, [10, 10]],
    ['average-moving', 1.5 * 20, [10, 20]],
  ])('by %s uses up the lots of the method', (method, cost, left) => {
    const pool = poolOf(method, [10, 30, 20]);
    pool.take(0, 1.5, YOUNG);
    expect(pool.shortQuantity).toBe(1.5);
    expect(pool.shortCost).toBeCloseTo(cost, 12);
    expect(costsOf(pool)).toEqual(left);
    expect(pool.held[0]).toBe(1.5);
    expect(pool.basis[0]).toBeCloseTo(60 - cost, 12);
  });

  test.each(['hifo', 'lofo'] as const)('by %s gives up the older of two lots at one price', (method) => {
    const pool = new LotPool(method, ['BTC'], null);
    pool.add(0, 1, 10, 11, 1);
    pool.add(0, 1, 10, 12, 2);
    pool.take(0, 1, YOUNG);
    expect(pool.shortCost).toBe(11);
  });

  test('tells long-term from short-term parts, and takes them down when asked', () => {
    const parts = new RowLog(PART);
    const pool = poolOf('fifo', [10, 20, 40], parts);
    pool.take(0, 2.5, 3);
    expect([pool.longQuantity, pool.longCost]).toEqual([2, 30]);
    expect([pool.shortQuantity, pool.shortCost]).toEqual([0.5, 20]);
    expect([...parts.column(ACQUIRED)]).toEqual([1, 2, 3]);
    expect([...parts.column(CODE)].map((code) => code % TERMS)).toEqual([1, 1, 0]);
  });

  test('leaves other assets alone', () => {
    const pool = poolOf('fifo', [10]);
    pool.add(1, 5, 50, 50, 2);
    pool.take(0, 1, YOUNG);
    expect([pool.held[0], pool.held[1], pool.basis[1]]).toEqual([0, 5, 50]);
  });

  test('of all units closes the asset to exactly nothing', () => {
    const pool = new LotPool('fifo', ['BTC'], null);
    for (let i = 0; i < 10; i++) pool.add(0, 0.1, 0.3, 0.3, i);
    pool.take(0, 0.3, YOUNG);
    // 0.1 + … + 0.1 − 0.3 is not 0.7 in binary.
    pool.take(0, 0.7, YOUNG);
    expect([pool.held[0], pool.basis[0], pool.nextQuantity(0)]).toEqual([0, 0, 0]);
    expect(pool.views(0, YOUNG)).toEqual([]);
  });

  test('closes a lot of which only dust would be left', () => {
    const pool = poolOf('fifo', [10, 20]);
    pool.take(0, 1 - 1e-13, YOUNG);
    expect(pool.shortCost).toBe(10);
    expect(costsOf(pool)).toEqual([20]);
  });

  test('of whole lots takes no dust from the next', () => {
    const parts = new RowLog(PART);
    const pool = new LotPool('fifo', ['BTC'], parts);
    [0.1, 0.7, 0.2, 1].forEach((quantity, i) => pool.add(0, quantity, quantity, quantity, i));
    // In binary 1 − 0.1 − 0.7 − 0.2 leaves 5.6e-17.
    pool.take(0, 1, YOUNG);
    expect(parts.count).toBe(3);
    expect(pool.views(0, YOUNG).map(({ quantity }) => quantity)).toEqual([1]);
  });

  test('of slightly more than is held, by rounding, closes the asset', () => {
    const pool = poolOf('lifo', [10, 20]);
    pool.take(0, 2 + 1e-10, YOUNG);
    expect(pool.shortQuantity).toBe(2);
    expect(pool.held[0]).toBe(0);
  });

  test('of rounding dust when nothing is left any more does nothing', () => {
    const pool = poolOf('fifo', [10, 20]);
    pool.take(0, 2, YOUNG);
    pool.take(0, 1e-12, YOUNG);
    expect([pool.shortQuantity, pool.longQuantity, pool.held[0]]).toEqual([0, 0, 0]);
  });

  test('by LIFO of long-term lots leaves what is bought next to become long-term in its turn', () => {
    const pool = poolOf('lifo', [10, 20, 30]);
    pool.mature(4);
    pool.take(0, 2, 4);
    pool.add(0, 1, 40, 40, 5);
    pool.mature(5);
    expect([pool.longHeld[0], pool.longCosts[0]]).toEqual([1, 10]);
    pool.mature(6);
    expect([pool.longHeld[0], pool.longCosts[0]]).toEqual([2, 50]);
    pool.take(0, 1, 6);
    expect([pool.longHeld[0], pool.longCosts[0]]).toEqual([1, 10]);
  });

  test.each([2.1, NaN])('of %s when 2 are held stops the run and names the asset', (quantity) => {
    const pool = poolOf('fifo', [10, 20]);
    expect(() => pool.take(0, quantity, YOUNG)).toThrow(
      expect.objectContaining({ code: 'lots-exceeded', message: expect.stringMatching(/BTC.*hold 2/) }),
    );
  });
});

describe('opening a lot', () => {
  test.each([0, -1, NaN])('of %s units stops the run', (quantity) => {
    const pool = poolOf('fifo', []);
    expect(() => pool.add(0, quantity, 10, 10, 1)).toThrow(expect.objectContaining({ code: 'lot-not-positive' }));
  });

  test.each(POOLED_METHODS)('in any order of dates gives the same lots under %s', (method) => {
    const sorted = poolOf(method, [10, 30, 20]);
    const mixed = new LotPool(method, ['BTC', 'ETH'], null);
    mixed.add(0, 1, 30, 30, 2);
    mixed.add(0, 1, 20, 20, 3);
    mixed.add(0, 1, 10, 10, 1);
    expect(mixed.views(0, YOUNG)).toEqual(sorted.views(0, YOUNG));
    for (const pool of [sorted, mixed]) pool.take(0, 1.5, YOUNG);
    expect(mixed.shortCost).toBe(sorted.shortCost);
    expect(mixed.views(0, YOUNG)).toEqual(sorted.views(0, YOUNG));
  });

  test('that is long-term already counts as long-term at once, though it is entered late', () => {
    const pool = poolOf('fifo', [10, 20]);
    pool.mature(2);
    expect(pool.longHeld[0]).toBe(1);
    pool.add(0, 1, 5, 5, 0.5);
    expect(pool.longHeld[0]).toBe(2);
    expect(pool.longBasis(0)).toBe(15);
    pool.take(0, 2, 2);
    expect([pool.longHeld[0], pool.longBasis(0), pool.longCost]).toEqual([0, 0, 15]);
  });
});

describe.each(POOLED_METHODS)('a pool under %s', (method) => {
  test('grows and drops closed lots without losing any', () => {
    const pool = new LotPool(method, ['BTC', 'ETH'], null);
    let bought = 0;
    let used = 0;
    for (let i = 0; i < 5_000; i++) {
      const cost = 10 + ((i * 7) % 13);
      pool.add(i % 2, 1, cost, cost, i);
      bought += cost;
      pool.mature(i - 700);
      if (i % 3 > 0) {
        pool.take((i + 1) % 2, Math.min(pool.held[(i + 1) % 2]!, 1.25), i - 700);
        used += pool.shortCost + pool.longCost;
      }
    }
    const lots = [...pool.views(0, YOUNG), ...pool.views(1, YOUNG)];
    const open = lots.reduce((sum, { cost }) => sum + cost, 0);
    expect(used + pool.basis[0]! + pool.basis[1]!).toBeCloseTo(bought, 6);
    expect(open).toBeCloseTo(pool.basis[0]! + pool.basis[1]!, 6);
    const long = pool.views(0, 4_999 - 700).filter(({ longTerm }) => longTerm);
    expect(pool.longHeld[0]).toBeCloseTo(
      long.reduce((sum, { quantity }) => sum + quantity, 0),
      6,
    );
  });

  test('looks ahead at what a disposal would use up, and changes nothing', () => {
    for (const quantity of [0.5, 1, 1.5, 2.75, 3]) {
      const pool = poolOf(method, [10, 30, 20]);
      const before = pool.views(0, 2);
      pool.preview(0, quantity, 2);
      const seen = [pool.shortQuantity, pool.shortCost, pool.longQuantity, pool.longCost];
      expect(pool.views(0, 2)).toEqual(before);
      pool.take(0, quantity, 2);
      const used = [pool.shortQuantity, pool.shortCost, pool.longQuantity, pool.longCost];
      seen.forEach((value, i) => expect(value).toBeCloseTo(used[i]!, 12));
    }
  });

  test('looks ahead at all that is held when asked for more', () => {
    const pool = poolOf(method, [10, 30, 20]);
    pool.preview(0, 100, 2);
    expect(pool.shortQuantity + pool.longQuantity).toBe(3);
    expect(pool.shortCost + pool.longCost).toBeCloseTo(60, 12);
  });
});
