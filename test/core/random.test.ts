import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

function moments(values: number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return { mean, variance: central(2), kurtosis: central(4) / central(2) ** 2 };
}

describe('a random stream', () => {
  test('repeats itself for the same seed and name', () => {
    expect(draw(5, createRandom(42, 'a').uniform)).toEqual(draw(5, createRandom(42, 'a').uniform));
  });

  test('keeps its numbers from release to release', () => {
    const random = createRandom(42, 'pinned');
    expect([random.uniform(), random.integer(1000), random.normal()]).toMatchInlineSnapshot(`
      [
        0.6098229153155389,
        431,
        0.688976757584672,
      ]
    `);
  });

  test.each([
    ['another seed', createRandom(43, 'a')],
    ['another name', createRandom(42, 'b')],
    ['a seed and name that read alike when joined', createRandom(4, '2\na')],
  ])('differs for %s', (_, other) => {
    expect(draw(5, other.uniform)).not.toEqual(draw(5, createRandom(42, 'a').uniform));
  });

  test('is not shifted by what another stream draws', () => {
    const [one, two] = [createRandom(1, 'one'), createRandom(1, 'two')];
    draw(100, two.normal);
    expect(one.uniform()).toBe(createRandom(1, 'one').uniform());
  });

  test('has uniforms of mean 1/2 and variance 1/12 within [0, 1)', () => {
    const values = draw(100_000, createRandom(7, 'uniform').uniform);
    const { mean, variance } = moments(values);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 10_000))).toBeLessThan(1);
  });

  test('has normals of mean 0, variance 1 and kurtosis 3', () => {
    const { mean, variance, kurtosis } = moments(draw(200_000, createRandom(7, 'normal').normal));
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1)).toBeLessThan(0.01);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.06);
  });

  test('has normals that do not remember the one before', () => {
    const values = draw(100_000, createRandom(7, 'memory').normal);
    const product = values.slice(1).reduce((sum, value, i) => sum + value * values[i]!, 0) / values.length;
    expect(Math.abs(product)).toBeLessThan(0.01);
  });

  test('draws every integer below n about equally often', () => {
    const counts = [0, 0, 0];
    const random = createRandom(7, 'integers');
    for (const value of draw(30_000, () => random.integer(3))) counts[value]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  test('of one value is always 0', () => {
    expect(draw(10, () => createRandom(1, 'one').integer(1))).toEqual(Array(10).fill(0));
  });
});
