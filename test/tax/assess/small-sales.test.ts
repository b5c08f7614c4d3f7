import { describe, expect, test } from 'vitest';
import { agedLosses } from '../../../src/tax/assess/aged-losses.ts';
import { flat } from '../../../src/tax/assess/same-year.ts';
import { exemptSmallSales } from '../../../src/tax/assess/small-sales.ts';

const GAINS = 0;
const SALES = 1;

describe('an exemption of small sales', () => {
  const half = agedLosses({ column: GAINS, first: 0, years: 1, tax: flat(0.5) });
  const assessment = exemptSmallSales({ column: SALES, limit: 100 }, half);
  const billOf = (gains: number, sales: number): number => assessment.bill(Float64Array.of(gains, sales), new Float64Array(1));

  test('is a cliff on what sales bring, whatever they gain', () => {
    expect([billOf(10, 99.99), billOf(10, 100), billOf(10, 100.01), billOf(90, 100)]).toEqual([0, 0, 5, 0]);
  });

  test('does not miss the limit by rounding', () => {
    // 100.00000000000001
    expect(billOf(10, 33.1 + 33.2 + 33.7)).toBe(0);
  });

  test('leaves what was carried in as it was', () => {
    const carried = Float64Array.of(30);
    assessment.carry(Float64Array.of(-50, 100), carried);
    expect([...carried]).toEqual([30]);
    assessment.carry(Float64Array.of(-50, 101), carried);
    expect([...carried]).toEqual([50]);
  });

  test('is told of a year that sold something, and of no other', () => {
    const exempts = (sales: number) => assessment.exempts?.(Float64Array.of(10, sales));
    expect([exempts(0), exempts(100), exempts(101)]).toEqual([false, true, false]);
  });
});
