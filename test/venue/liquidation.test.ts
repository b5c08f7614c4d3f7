import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstBreach, markAt, surplusAt, type MarginedPositions } from '../../src/venue/liquidation.ts';
import { linearLiquidationPrice } from '../../src/venue/liquidation-price.ts';
import { bracketsFrom, flatMaintenance, flattenBrackets } from '../../src/venue/margin.ts';

const TIERS = bracketsFrom([
  [0, 0.004, 125],
  [50_000, 0.005, 100],
  [250_000, 0.01, 50],
  [1_000_000, 0.025, 20],
  [5_000_000, 0.05, 10],
]);

function positions(
  rows: readonly (readonly [quantity: number, entry: number, open: number, corner: number])[],
): MarginedPositions {
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[k]);
  const inverse = new Uint8Array(rows.length);
  return { quantity: column(0), entry: column(1), inverse, open: column(2), corner: column(3) };
}

describe('the first breach in a bar', () => {
  test('a 1x short at 0.4 % goes at +99.2 %: its closed-form price', () => {
    // 20,000·(1 + λ)·1.004 = 40,000 where cash = entry = 20,000.
    const short = positions([[-1, 20_000, 20_000, 60_000]]);
    const lambda = firstBreach(20_000, short, flattenBrackets([flatMaintenance(0.004)]));
    expect(markAt(lambda, 20_000, 60_000)).toBeCloseTo(40_000 / 1.004, 8);
  });

  test('an account that survives the corner has none', () => {
    const short = positions([[-1, 20_000, 20_000, 39_000]]);
    expect(firstBreach(20_000, short, flattenBrackets([flatMaintenance(0.004)]))).toBeNaN();
  });

  test('an account already through at the open breaches there', () => {
    const short = positions([[-1, 20_000, 45_000, 60_000]]);
    expect(firstBreach(20_000, short, flattenBrackets([flatMaintenance(0.004)]))).toBe(0);
  });

  test('a surplus of exactly zero at the corner is a breach at the corner', () => {
    const long = positions([[2, 100, 100, 50]]);
    expect(firstBreach(100, long, flattenBrackets([flatMaintenance(0)]))).toBe(1);
  });

  test('without positions nothing breaches', () => {
    expect(firstBreach(10, positions([[0, 0, 0, 0]]), flattenBrackets([TIERS]))).toBeNaN();
  });

  test('a gain of one leg pays for the loss of the other', () => {
    const pair = positions([
      [-1, 20_000, 20_000, 60_000],
      [10, 2_000, 2_000, 6_000],
    ]);
    expect(firstBreach(5_000, pair, flattenBrackets([TIERS, TIERS]))).toBeNaN();
  });

  test('for one position the mark is its liquidation price in every bracket', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 200, noNaN: true }),
        fc.boolean(),
        fc.double({ min: 100, max: 90_000, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (size, long, entry, margin) => {
          const quantity = long ? size : -size;
          const cash = size * entry * margin;
          const corner = long ? entry * 0.001 : entry * 4;
          const lambda = firstBreach(cash, positions([[quantity, entry, entry, corner]]), flattenBrackets([TIERS]));
          const price = linearLiquidationPrice({ quantity, entry, balance: cash, brackets: TIERS });
          if (Number.isNaN(lambda)) return price === null || (long ? price < corner : price > corner);
          return price !== null && Math.abs(markAt(lambda, entry, corner) - price) <= 1e-9 * entry;
        },
      ),
    );
  });

  test('for many positions the surplus is zero there and positive before', () => {
    const leg = fc.tuple(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 10, max: 50_000, noNaN: true }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(leg, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.02, max: 0.5, noNaN: true }),
        (legs, share) => {
          const book = positions(legs.map(([quantity, price, move]) => [quantity, price, price, price * move]));
          const table = flattenBrackets(legs.map(() => TIERS));
          const gross = legs.reduce((sum, [quantity, price]) => sum + Math.abs(quantity) * price, 0);
          const cash = share * gross + 1;
          const lambda = firstBreach(cash, book, table);
          if (Number.isNaN(lambda)) return surplusAt(1, cash, book, table) > 0;
          const zero = Math.abs(surplusAt(lambda, cash, book, table)) <= 1e-9 * (gross + cash);
          return lambda === 0 ? surplusAt(0, cash, book, table) <= 0 : zero && surplusAt(0.999 * lambda, cash, book, table) > 0;
        },
      ),
    );
  });
});
