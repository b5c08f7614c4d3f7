import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, startOfDay } from '../../src/core/time.ts';
import { ShareMatchingBook } from '../../src/tax/share-matching.ts';
import { at } from '../support/tax.ts';

function open(): { book: ShareMatchingBook; result: () => number } {
  let result = 0;
  const book = new ShareMatchingBook(['BTC'], { count: (amount, _long, _time, sign) => (result += sign * amount) }, true, true);
  return { book, result: () => result };
}

const buy = (book: ShareMatchingBook, units: number, cost: number, time: number): void =>
  book.acquire(0, units, cost, cost / units, time);
const sell = (book: ShareMatchingBook, units: number, proceeds: number, time: number): boolean =>
  book.dispose(0, units, proceeds, proceeds, time, 0);

describe('share matching', () => {
  test('costs a sale from the pool until it is bought back within 30 days', () => {
    const { book, result } = open();
    buy(book, 10, 100, at('2023-01-01'));
    sell(book, 4, 120, at('2023-06-01'));
    expect(result()).toBe(80);
    expect(book.parts().provisional.map(({ rule, cost }) => [rule, cost])).toEqual([['s104', 40]]);
    buy(book, 4, 100, at('2023-07-01'));
    // The purchase on day 30 is matched: 120 − 100, and the pool is as if neither had been.
    expect([result(), book.basis(0), book.held(0)]).toEqual([20, 100, 10]);
    book.settle(at('2023-07-02'));
    expect(book.parts().final.map(({ rule, acquired }) => [rule, acquired])).toEqual([['30-day', at('2023-07-01')]]);
  });

  test('leaves a purchase on day 31 to the pool', () => {
    const { book, result } = open();
    buy(book, 10, 100, at('2023-01-01'));
    sell(book, 4, 120, at('2023-06-01'));
    buy(book, 4, 100, at('2023-07-02'));
    expect([result(), book.basis(0)]).toEqual([80, 160]);
    expect(book.parts().final.map(({ rule }) => rule)).toEqual(['s104']);
  });

  test('takes purchases of the day before those of the days after, whatever came first in the day', () => {
    const { book, result } = open();
    buy(book, 10, 100, at('2023-01-01'));
    sell(book, 2, 60, at('2023-06-01', 9));
    buy(book, 1, 25, at('2023-06-05'));
    // A sale on 5 June has the first claim on that day's purchase: the earlier sale goes back to the pool.
    sell(book, 1, 30, at('2023-06-05', 12));
    expect(result()).toBe(60 - 20 + 30 - 25);
  });

  test('takes nothing from the pool for what rounding leaves of a day', () => {
    const { book } = open();
    buy(book, 10, 100, at('2023-01-01'));
    sell(book, 0.4, 8, at('2023-06-01'));
    buy(book, 0.5, 10, at('2023-06-05'));
    sell(book, 0.1, 2, at('2023-06-05'));
    // 0.5 − 0.4 is 0.09999999999999998.
    book.settle(at('2023-08-01'));
    expect(book.parts().final.map(({ rule }) => rule)).toEqual(['30-day', 'same-day']);
  });

  test('a sale that is looked at in advance changes the earlier one that it takes a purchase from', () => {
    const { book } = open();
    buy(book, 10, 100, at('2023-01-01'));
    sell(book, 1, 60, at('2023-06-01'));
    buy(book, 1, 50, at('2023-06-05'));
    let foreseen = 0;
    book.foresee(0, 1, 40, at('2023-06-05', 5), { count: (amount, _long, _time, sign) => (foreseen += sign * amount) });
    // 40 − 50 for itself; the sale of 1 June costs 10 from the pool in place of 50.
    expect(foreseen).toBe(-10 + 40);
  });

  test('agrees with the rules done by hand over all days at once', () => {
    const dealing = fc.record({
      buys: fc.boolean(),
      units: fc.integer({ min: 1, max: 9 }),
      money: fc.integer({ min: 1, max: 500 }),
      hours: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(dealing, { maxLength: 40 }), (dealings) => {
        const { book, result } = open();
        const done: Dealing[] = [];
        let time = at('2023-02-20', 5);
        for (const { buys, units, money, hours } of dealings) {
          time += hours * HOUR;
          const size = buys ? units : Math.min(units, book.held(0));
          if (size === 0) continue;
          if (buys) buy(book, size, money, time);
          else sell(book, size, money, time);
          done.push({ day: startOfDay(time), units: buys ? size : -size, money });
        }
        const expected = byHand(done);
        expect(result()).toBeCloseTo(expected.gain, 7);
        expect(book.basis(0)).toBeCloseTo(expected.pool, 7);
        const { final, provisional } = book.parts();
        const lines = [...final, ...provisional].reduce((sum, { proceeds, cost }) => sum + proceeds - cost, 0);
        expect(lines).toBeCloseTo(expected.gain, 7);
      }),
    );
  });
});

interface Dealing {
  day: number;
  units: number;
  money: number;
}

/** Unit by unit, over the whole history: first every same-day match, then every 30-day match, then the pool. */
function byHand(dealings: Dealing[]): { gain: number; pool: number } {
  const days = [...new Set(dealings.map(({ day }) => day))];
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const book = days.map((day) => {
    const of = (sign: number): Dealing[] =>
      dealings.filter((dealing) => dealing.day === day && Math.sign(dealing.units) === sign);
    const bought = sum(of(1).map(({ units }) => units));
    return {
      day,
      unitCost: bought === 0 ? 0 : sum(of(1).map(({ money }) => money)) / bought,
      bought,
      sold: -sum(of(-1).map(({ units }) => units)),
      proceeds: sum(of(-1).map(({ money }) => money)),
    };
  });
  let cost = 0;
  for (const each of book) {
    const same = Math.min(each.bought, each.sold);
    cost += same * each.unitCost;
    each.bought -= same;
    each.sold -= same;
  }
  for (const seller of book) {
    for (const buyer of book) {
      if (buyer.day <= seller.day || buyer.day > seller.day + 30 * DAY) continue;
      const units = Math.min(seller.sold, buyer.bought);
      cost += units * buyer.unitCost;
      seller.sold -= units;
      buyer.bought -= units;
    }
  }
  let units = 0;
  let pool = 0;
  for (const each of book) {
    units += each.bought;
    pool += each.bought * each.unitCost;
    if (each.sold === 0) continue;
    const taken = pool * (each.sold / units);
    cost += taken;
    pool -= taken;
    units -= each.sold;
  }
  return { gain: sum(book.map(({ proceeds }) => proceeds)) - cost, pool };
}
