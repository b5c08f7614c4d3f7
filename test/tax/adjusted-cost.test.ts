import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, startOfDay } from '../../src/core/time.ts';
import { AdjustedCostBook } from '../../src/tax/adjusted-cost.ts';
import type { ResultSink } from '../../src/tax/spot-book.ts';
import { at } from '../support/tax.ts';

/** Sums of gains, of losses, by day. */
class Results implements ResultSink {
  readonly sums = new Map<string, number>();
  count(amount: number, _longTerm: boolean, time: number, sign: 1 | -1): void {
    const key = `${startOfDay(time)} ${amount < 0 ? 'loss' : 'gain'}`;
    this.sums.set(key, (this.sums.get(key) ?? 0) + sign * amount);
  }
}

function open(bySign: boolean): { book: AdjustedCostBook; results: Results } {
  const results = new Results();
  const book = new AdjustedCostBook({ assets: ['BTC'], daysBefore: 30, daysAfter: 30, sink: results, keepParts: true, bySign });
  return { book, results };
}

interface Dealing {
  time: number;
  /** Negative: sold. */
  units: number;
  /** Cost or proceeds. */
  money: number;
}

/** The whole history at once, in the words of section 54: each loss asks all purchases of its window. */
function byHand(dealings: readonly Dealing[]): { results: number[]; denied: number[]; cost: number } {
  const left = dealings.map(({ units }) => Math.max(0, units));
  const added = dealings.map(() => 0);
  const denied = dealings.map(() => 0);
  const results = dealings.map(() => NaN);
  const days = (a: Dealing, b: Dealing): number => (startOfDay(a.time) - startOfDay(b.time)) / DAY;
  let units = 0;
  let cost = 0;
  for (let k = 0; k < dealings.length;) {
    if (dealings[k]!.units > 0) {
      units += dealings[k]!.units;
      cost += dealings[k]!.money + added[k]!;
      k++;
      continue;
    }
    // Sales of one moment are one disposal of what is held then.
    let sinceNow = 0;
    let taken = 0;
    const { time } = dealings[k]!;
    for (; k < dealings.length && dealings[k]!.time === time && dealings[k]!.units < 0; k++) {
      const sale = dealings[k]!;
      const sold = -sale.units;
      const own = cost * Math.min(1, sold / units);
      units = Math.max(0, units - sold);
      cost -= own;
      const loss = own - sale.money;
      const after = dealings.slice(k + 1).filter((each) => days(each, sale) <= 30);
      const heldAtEnd = Math.max(
        0,
        after.reduce((sum, each) => sum + each.units, units),
      );
      let wanted = loss > 0 ? Math.min(sold, heldAtEnd - taken) : 0;
      dealings.forEach((bought, j) => {
        if (!(wanted > 0) || Math.abs(days(bought, sale)) > 30) return;
        const replaced = Math.min(wanted, left[j]!);
        left[j]! -= replaced;
        wanted -= replaced;
        taken += replaced;
        denied[k]! += loss * (replaced / sold);
        if (j > k) added[j]! += loss * (replaced / sold);
        else sinceNow += loss * (replaced / sold);
      });
      results[k] = sale.money - own + denied[k]!;
    }
    cost += sinceNow;
  }
  return { results, denied, cost };
}

function byDay(dealings: readonly Dealing[], results: readonly number[]): Results {
  const sums = new Results();
  results.forEach((result, k) => {
    if (!Number.isNaN(result)) sums.count(result, false, dealings[k]!.time, 1);
  });
  return sums;
}

function expectSame(actual: Results, expected: Results, bySign: boolean): void {
  const [a, b] = [actual, expected].map(({ sums }) => {
    const joined = new Map<string, number>();
    for (const [key, sum] of sums) {
      const name = bySign ? key : key.split(' ')[0]!;
      joined.set(name, (joined.get(name) ?? 0) + sum);
    }
    return joined;
  });
  for (const key of new Set([...a!.keys(), ...b!.keys()])) expect(a!.get(key) ?? 0).toBeCloseTo(b!.get(key) ?? 0, 7);
}

const deal = fc.record({
  sells: fc.boolean(),
  // Sales of nearly or all that is held as often as small ones: what is held at the end of a window bounds what is denied.
  share: fc.constantFrom(0.01, 0.1, 0.5, 0.9, 1),
  units: fc.integer({ min: 1, max: 9 }),
  price: fc.integer({ min: 50, max: 150 }),
  hours: fc.constantFrom(0, 0, 1, 30, 24 * 9, 24 * 30, 24 * 31),
});
const deals = fc.array(deal, { minLength: 1, maxLength: 60 });
type Deal = typeof deal extends fc.Arbitrary<infer D> ? D : never;

/** The next dealing of a book; null where there is nothing to sell. */
function next(book: AdjustedCostBook, { sells, share, units, price }: Deal, time: number): Dealing | null {
  const size = sells ? -book.held(0) * share : units;
  return size === 0 ? null : { time, units: size, money: Math.abs(size) * price };
}

function enter(book: AdjustedCostBook, { time, units, money }: Dealing): void {
  if (units > 0) book.acquire(0, units, money, money / units, time);
  else book.dispose(0, -units, money, money, time, 0);
}

/** Enters a sequence into a book, and says after each dealing what has been dealt so far. */
function play(
  book: AdjustedCostBook,
  sequence: readonly Parameters<typeof next>[1][],
  after: (done: readonly Dealing[]) => void = () => undefined,
): { readonly done: readonly Dealing[]; readonly end: number } {
  const done: Dealing[] = [];
  let time = at('2023-11-20', 5);
  for (const each of sequence) {
    time += each.hours * HOUR;
    const dealing = next(book, each, time);
    if (dealing === null) continue;
    enter(book, dealing);
    done.push(dealing);
    after(done);
  }
  return { done, end: time };
}

describe('moving-average cost with superficial losses', () => {
  test('finds after every dealing what the rule says of the whole history', () => {
    fc.assert(
      fc.property(deals, fc.boolean(), (sequence, bySign) => {
        const { book, results } = open(bySign);
        const { done } = play(book, sequence, (dealings) => {
          const expected = byHand(dealings);
          expectSame(results, byDay(dealings, expected.results), true);
          if (book.held(0) > 0) expect(book.basis(0)).toBeCloseTo(expected.cost, 7);
        });
        const { final, provisional } = book.parts();
        const denied = byHand(done).denied.filter((_, k) => done[k]!.units < 0);
        [...final, ...provisional].forEach((part) => expect(part.denied).toBeCloseTo(denied[part.disposal]!, 7));
      }),
    );
  });

  test('foresees of a sale what that sale changes, also of the losses before it', () => {
    fc.assert(
      fc.property(
        deals,
        fc.boolean(),
        fc.constantFrom(0.01, 0.5, 1),
        fc.integer({ min: 0, max: 40 }),
        (sequence, bySign, share, wait) => {
          const { book } = open(bySign);
          const { done, end } = play(book, sequence);
          const time = end + wait * DAY;
          const units = book.held(0) * share;
          if (units === 0) return;
          const foreseen = byDay(done, byHand(done).results);
          book.foresee(0, units, units * 80, time, foreseen);
          const all = [...done, { time, units: -units, money: units * 80 }];
          expectSame(foreseen, byDay(all, byHand(all).results), bySign);
        },
      ),
    );
  });
});
