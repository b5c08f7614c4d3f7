import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { DAY, formatTime, HOUR, YEAR } from '../../../src/core/time.ts';
import { SAMPLE_DAYS, SAMPLE_START } from '../../../src/market/synthetic/calendar.ts';
import { basis, hourlyCarry, quarterlies } from '../../../src/market/synthetic/futures.ts';

describe('quarterlies', () => {
  const contracts = quarterlies();

  test('expire on the last Friday of a quarter, 08:00 UTC', () => {
    expect(contracts.slice(0, 4).map(({ expiry }) => formatTime(expiry))).toEqual([
      '2020-03-27T08:00Z',
      '2020-06-26T08:00Z',
      '2020-09-25T08:00Z',
      '2020-12-25T08:00Z',
    ]);
  });

  test('end with the last whole day before expiry, or with the sample', () => {
    expect(SAMPLE_START + contracts[0]!.endDay * DAY).toBe(Date.UTC(2020, 2, 27));
    expect(contracts.at(-1)).toMatchObject({ expiry: Date.UTC(2025, 2, 28, 8), endDay: SAMPLE_DAYS });
  });

  test('follow one upon the other without a gap', () => {
    for (let i = 1; i < contracts.length; i++) expect(contracts[i]!.firstDay).toBeLessThan(contracts[i - 1]!.endDay);
  });
});

describe('the basis of a dated future', () => {
  test('is carry times the time left, and nothing from expiry on', () => {
    const expiry = SAMPLE_START + 2 * HOUR;
    const premium = basis(new Float64Array(4).fill(0.1), expiry);
    expect(premium[0]).toBeCloseTo((0.1 * 2 * HOUR) / YEAR, 15);
    expect([...premium.subarray(2)]).toEqual([0, 0]);
  });

  test('has a carry that is dear in manias, cheap in fear, and bounded', () => {
    const carry = (mood: number) => [...hourlyCarry(createRandom(1, 'carry'), new Float64Array(1000).fill(mood))];
    const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;
    expect(mean(carry(2))).toBeGreaterThan(mean(carry(-1)) + 0.05);
    expect(Math.max(...carry(100))).toBe(0.45);
    expect(Math.min(...carry(-100))).toBe(-0.03);
  });
});
