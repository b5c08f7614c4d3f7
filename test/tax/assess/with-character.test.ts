import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHARACTER_CARRIED, withCharacter } from '../../../src/tax/assess/with-character.ts';

const rated = (short: number, long: number, ordinary = short, ordinaryOffset = 0) =>
  withCharacter({ short, long, ordinary }, ordinaryOffset);

/** Bill and losses carried on from [short, long, ordinary] results and [short, long] losses brought in. */
function assess(results: number[], carried: number[] = [0, 0], assessment = rated(0.4, 0.2)) {
  const columns = Float64Array.from([...results, 0, 0, 0].slice(0, 5));
  const losses = Float64Array.from([...carried, ...Array<number>(CHARACTER_CARRIED.length - 2).fill(0)]);
  const bill = assessment.bill(columns, losses);
  assessment.carry(columns, losses);
  return { bill, short: losses[0], long: losses[1] };
}

describe('a capital gains bill', () => {
  test.each([
    ['gains of both kinds at their own rates', [100, 200], { bill: 80, short: 0, long: 0 }],
    ['a short loss eats a long gain', [-50, 200], { bill: 30, short: 0, long: 0 }],
    ['a long loss eats a short gain', [100, -30], { bill: 28, short: 0, long: 0 }],
    ['a short loss larger than the long gain goes on as short', [-300, 200], { bill: 0, short: 100, long: 0 }],
    ['a long loss larger than the short gain goes on as long', [100, -150], { bill: 0, short: 0, long: 50 }],
    ['two losses go on apart', [-10, -20], { bill: 0, short: 10, long: 20 }],
    ['nothing gives nothing', [0, 0], { bill: 0, short: 0, long: 0 }],
  ])('%s', (_, results, expected) => {
    expect(assess(results)).toEqual(expected);
  });

  test('losses brought in are netted within their own kind first', () => {
    // Short 100 − 30 = 70 at 40 %; long 50 − 80 = −30 takes 30 of it: 40 × 0.4.
    expect(assess([100, 50], [30, 80])).toEqual({ bill: 16, short: 0, long: 0 });
    expect(assess([0, 0], [30, 80])).toEqual({ bill: 0, short: 30, long: 80 });
  });

  test('ordinary income is taxed whatever the capital result', () => {
    expect(assess([-100, 0, 50])).toEqual({ bill: 20, short: 100, long: 0 });
  });

  test('an offset lets a net loss reduce ordinary income, short-term loss first', () => {
    const withOffset = rated(0.4, 0.2, 0.4, 3_000);
    expect(assess([-1_000, -5_000, 10_000], [0, 0], withOffset)).toEqual({ bill: 2_800, short: 0, long: 3_000 });
    expect(assess([-1_000, -5_000, 500], [0, 0], withOffset)).toEqual({ bill: 0, short: 500, long: 5_000 });
    expect(assess([-1_000, -5_000, 0], [0, 0], withOffset)).toEqual({ bill: 0, short: 1_000, long: 5_000 });
  });

  // Fairmark, guide to capital gains: 4,000 of gain and 11,400 of loss in the first year, 500 of gain in the second.
  test('3,000 a year is deducted and the rest carried, as in the published two-year example', () => {
    const withOffset = rated(0.4, 0.2, 0.4, 3_000);
    const losses = new Float64Array(CHARACTER_CARRIED.length);
    withOffset.carry(Float64Array.of(4_000 - 11_400, 0, 90_000, 0, 0), losses);
    expect([...losses.subarray(0, 2)]).toEqual([4_400, 0]);
    withOffset.carry(Float64Array.of(500, 0, 90_000, 0, 0), losses);
    expect([...losses.subarray(0, 2)]).toEqual([900, 0]);
  });
});

describe('a loss of section 1256 contracts that goes back', () => {
  test.each([
    ['what was taxed', 0, 0.4 * 40 + 0.2 * 60],
    ['what payments left of the tax', -50, 0.4 * 40 + 0.2 * 60 - 0.4 * 50],
    ['nothing where payments took all of it', -200, 0],
  ])('brings back %s', (_, ordinary, refund) => {
    const assessment = rated(0.4, 0.2);
    const carried = new Float64Array(CHARACTER_CARRIED.length);
    const first = Float64Array.of(0, 0, ordinary, 40, 60);
    expect(assessment.bill(first, carried)).toBeCloseTo(refund, 9);
    assessment.carry(first, carried);
    expect(assessment.bill(Float64Array.of(0, 0, 0, -40, -60), carried)).toBeCloseTo(-refund, 9);
  });
});

describe('a capital gains bill, for any results', () => {
  const amount = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const positive = fc.double({ min: 0, max: 1e6, noNaN: true });
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  const results = fc.tuple(amount, amount, positive);
  const carried = fc.tuple(positive, positive);

  test('is never negative', () => {
    fc.assert(fc.property(results, carried, rate, rate, (y, c, s, l) => assess(y, c, rated(s, l)).bill >= 0));
  });

  test('never falls when a rate rises', () => {
    fc.assert(
      fc.property(results, carried, rate, rate, rate, rate, (y, c, a, b, x, z) => {
        const low = assess(y, c, rated(Math.min(a, b), Math.min(x, z))).bill;
        const high = assess(y, c, rated(Math.max(a, b), Math.max(x, z))).bill;
        expect(low).toBeLessThanOrEqual(high + 1e-6);
      }),
    );
  });

  test('never rises with a loss', () => {
    fc.assert(
      fc.property(results, carried, rate, rate, positive, fc.boolean(), ([short, long, income], c, s, l, loss, isShort) => {
        const assessment = rated(s, l, s, 3_000);
        const before = assess([short, long, income], c, assessment).bill;
        const after = assess(isShort ? [short - loss, long, income] : [short, long - loss, income], c, assessment).bill;
        expect(after).toBeLessThanOrEqual(before + 1e-6);
      }),
    );
  });

  test('uses every loss once: gains less losses less what is carried on is the taxed amount', () => {
    fc.assert(
      fc.property(results, carried, ([short, long, income], c) => {
        const { bill, short: shortLeft, long: longLeft } = assess([short, long, income], c, rated(1, 1, 0));
        const net = short - c[0] + (long - c[1]);
        expect(bill).toBeCloseTo(net + shortLeft! + longLeft!, 5);
      }),
    );
  });
});
