import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { LotSums } from '../../src/tax/lot-sums.ts';
import type { SummedLot } from '../../src/tax/lot-sums.ts';

type Lot = { -readonly [K in keyof SummedLot]: SummedLot[K] };

const lot = (holding: number, quantity: number, unitCost: number): Lot => ({
  holding,
  quantity,
  unitCost,
  cost: quantity * unitCost,
  old: false,
});

/** `[gains short, losses short, gains long, losses long]` */
function weigh(sums: LotSums<Lot>, price: number, cutoff: number): number[] {
  const found = [0, 0, 0, 0];
  sums.count(price, cutoff, 0, { count: (amount, long) => (found[(long ? 2 : 0) + (amount < 0 ? 1 : 0)]! += amount) });
  return found;
}

describe('the sums of open lots', () => {
  test('tell gains and losses apart, and short-term from long-term', () => {
    const sums = new LotSums<Lot>();
    for (const each of [lot(1, 1, 10), lot(2, 1, 30), lot(3, 2, 15), lot(4, 2, 45)]) sums.add(each);
    expect(weigh(sums, 20, 0)).toEqual([20, -60, 0, 0]);
    expect(weigh(sums, 20, 3)).toEqual([10, -50, 10, -10]);
  });

  test('know a lot that came late and is older', () => {
    const sums = new LotSums<Lot>();
    sums.add(lot(5, 1, 10));
    sums.add(lot(1, 1, 12));
    expect(weigh(sums, 20, 3)).toEqual([10, 0, 8, 0]);
  });

  test('agree with a sum over all lots, however many there are and whatever is sold of them', () => {
    const random = createRandom(7, 'lots');
    const sums = new LotSums<Lot>();
    let lots: Lot[] = [];
    const upTo = (limit: number): number => Math.floor(random.uniform() * limit);
    for (let step = 0; step < 8_000; step++) {
      // Few prices, so that lots of one cost fill whole blocks.
      const added = lot(step - upTo(50), 1 + upTo(9), step < 4_000 ? 100 + upTo(3) : 50 + upTo(100));
      lots.push(added);
      sums.add(added);
      const sold = lots[upTo(lots.length)]!;
      if (step % 3 === 0) {
        const cost = sold.cost / 2;
        sums.take(sold, sold.quantity / 2, cost);
        sold.quantity /= 2;
        sold.cost -= cost;
      }
      if (step % 4 === 0) {
        sums.remove(sold);
        sold.quantity = 0;
        lots = lots.filter((each) => each !== sold);
      }
      if (step % 500 !== 499) continue;
      const [price, cutoff] = [50 + upTo(100), step / 2];
      const expected = [0, 0, 0, 0];
      for (const { holding, quantity, cost } of lots) {
        const result = quantity * price - cost;
        const column = (holding < cutoff ? 2 : 0) + (result < 0 ? 1 : 0);
        expected[column]! += result;
      }
      weigh(sums, price, cutoff).forEach((sum, column) => expect(sum).toBeCloseTo(expected[column]!, 5));
    }
  });
});
