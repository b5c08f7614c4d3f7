import { describe, expect, test } from 'vitest';
import type { Taxation } from '../../src/tax/regime.ts';
import { us } from '../../src/tax/regimes/us.ts';
import { TaxYears } from '../../src/tax/tax-years.ts';
import { at } from '../support/tax.ts';

const SHORT = 0;
const LONG = 1;
const NAMES = ['short', 'long'];

/** Short gains at 40 %, long ones at 20 %; bills due on 15 April. */
function yearsFrom(date: string, taxation: Taxation = us.taxation!, instalments = false): TaxYears {
  const choices = { rates: [0.4, 0.2, 0.4], ordinaryOffset: 0, year: Infinity, income: null, filing: null };
  return new TaxYears({ taxation, assess: () => taxation.assess(choices), from: at(date), instalments });
}

describe('a tax year', () => {
  test('is the calendar year that holds the start', () => {
    expect(yearsFrom('2023-07-14').end).toBe(at('2024-01-01'));
    expect(yearsFrom('2024-01-01').end).toBe(at('2025-01-01'));
  });

  test('may begin on another day', () => {
    const fromApril: Taxation = {
      ...us.taxation!,
      year: { start: { month: 4, day: 6 }, due: { month: 1, day: 31, yearsLater: 1 }, instalments: [] },
    };
    expect(yearsFrom('2023-04-05', fromApril).end).toBe(at('2023-04-06'));
    const years = yearsFrom('2023-04-06', fromApril);
    expect(years.end).toBe(at('2024-04-06'));
    years.recognise(SHORT, 100, at('2024-04-05'));
    years.close(at('2024-04-06'));
    // The year ends on 5 April 2024; 31 January of the year after.
    expect(years.nextDue).toBe(at('2025-01-31'));
  });

  test('accrues its bill, which is assessed at its end and due on 15 April', () => {
    const years = yearsFrom('2023-01-01');
    years.recognise(SHORT, 100, at('2023-03-01'));
    years.recognise(LONG, 50, at('2023-04-01'));
    expect(years.accrued()).toBe(50);
    expect(years.nextDue).toBe(Infinity);
    years.close(at('2024-01-01'));
    expect(years.nextDue).toBe(at('2024-04-15'));
    expect(years.accrued()).toBe(50);
    expect(years.payDue(at('2024-04-14', 23.9))).toBe(0);
    expect(years.payDue(at('2024-04-15'))).toBe(50);
    expect([years.accrued(), years.paid, years.nextDue]).toEqual([0, 50, Infinity]);
  });

  test('takes an event exactly at its end into the next year, before it is closed', () => {
    const years = yearsFrom('2023-01-01');
    years.recognise(SHORT, 100, at('2023-12-31', 23.999));
    years.recognise(SHORT, 10, at('2024-01-01'));
    expect(years.accrued()).toBe(44);
    years.close(at('2024-01-01'));
    expect(years.list(NAMES)[0]!.results).toEqual({ short: 100, long: 0 });
    years.close(at('2025-01-01'));
    expect(years.list(NAMES)[1]!.results).toEqual({ short: 10, long: 0 });
  });

  test('carries its loss into an event of the next year that came before it was closed', () => {
    const years = yearsFrom('2023-01-01');
    years.recognise(SHORT, -30, at('2023-12-01'));
    years.recognise(SHORT, 100, at('2024-01-01'));
    expect(years.accrued()).toBe(28);
    // Another 10 of gain at that moment costs 4, since the loss is used up; one of 2023 would have reduced the loss and cost nothing.
    expect(years.added(Float64Array.of(10, 0, 0, 0, 0), at('2024-01-01'))).toBeCloseTo(4, 12);
    expect(years.added(Float64Array.of(10, 0, 0, 0, 0), at('2023-12-31'))).toBe(0);
    years.close(at('2024-01-01'));
    expect(years.accrued()).toBe(28);
  });

  test('that nobody closed is not skipped silently', () => {
    const years = yearsFrom('2023-01-01');
    expect(() => years.recognise(SHORT, 1, at('2025-01-01'))).toThrow(expect.objectContaining({ code: 'tax-year-open' }));
  });

  test('carries a loss until it is used', () => {
    const years = yearsFrom('2021-01-01');
    years.recognise(LONG, -100, at('2021-06-01'));
    years.close(at('2022-01-01'));
    years.recognise(SHORT, 40, at('2022-06-01'));
    expect(years.accrued()).toBe(0);
    years.close(at('2023-01-01'));
    years.recognise(LONG, 90, at('2023-06-01'));
    expect(years.accrued()).toBeCloseTo(0.2 * 30, 12);
    years.close(at('2024-01-01'));
    expect(years.list(NAMES).map(({ carried, tax, paid }) => [carried.long, Number(tax.toFixed(9)), paid])).toEqual([
      [100, 0, true],
      [60, 0, true],
      [0, 6, false],
    ]);
  });

  test('closes several at once when nothing happened in between, and keeps their bills in order', () => {
    const years = yearsFrom('2020-01-01');
    years.recognise(SHORT, 10, at('2020-05-01'));
    years.close(at('2021-01-01'));
    years.recognise(SHORT, 20, at('2021-05-01'));
    years.close(at('2023-06-01'));
    expect(years.list(NAMES).map(({ tax }) => tax)).toEqual([4, 8, 0]);
    expect(years.end).toBe(at('2024-01-01'));
    expect(years.nextDue).toBe(at('2021-04-15'));
    expect(years.payDue(at('2021-04-15'))).toBe(4);
    expect(years.nextDue).toBe(at('2022-04-15'));
    expect(years.payDue(at('2030-01-01'))).toBe(8);
    expect(years.list(NAMES).every(({ paid }) => paid)).toBe(true);
  });

  test('what a sale would add counts only what the year can use', () => {
    const years = yearsFrom('2023-01-01');
    years.recognise(SHORT, 100, at('2023-02-01'));
    const added = (short: number, long: number): number => years.added(Float64Array.of(short, long, 0, 0, 0), at('2023-03-01'));
    expect(added(10, 0)).toBeCloseTo(4, 12);
    expect(added(-60, 0)).toBeCloseTo(-24, 12);
    expect(added(0, -400)).toBeCloseTo(-40, 12);
    expect(years.accrued()).toBe(40);
  });
});

describe('a result that comes after its year was closed', () => {
  test('assesses that year and those after it again, with what was carried on', () => {
    const years = yearsFrom('2022-01-01');
    years.recognise(SHORT, -100, at('2022-12-20'));
    years.close(at('2023-01-01'));
    years.recognise(SHORT, 80, at('2023-01-10'));
    expect(years.accrued()).toBe(0);
    // 60 of the loss turn out not to count: the year after is taxed on 80 − 40.
    years.recognise(SHORT, 60, at('2022-12-20'));
    expect(years.accrued()).toBe(16);
    years.close(at('2024-01-01'));
    expect(years.list(NAMES).map(({ results, carried, tax }) => [results['short'], carried['short'], tax])).toEqual([
      [-40, 40, 0],
      [80, 0, 16],
    ]);
    expect(years.nextDue).toBe(at('2024-04-15'));
  });

  test('makes the difference due at once where the bill is paid already', () => {
    const years = yearsFrom('2022-01-01');
    years.recognise(SHORT, 100, at('2022-12-20'));
    years.close(at('2023-01-01'));
    expect(years.payDue(at('2023-05-01'))).toBe(40);
    years.recognise(SHORT, -50, at('2022-12-20'));
    expect([years.accrued(), years.nextDue]).toEqual([-20, at('2023-05-01')]);
    expect([years.payDue(at('2023-05-02')), years.accrued(), years.paid]).toEqual([-20, 0, 20]);
  });

  test('is refused where it lies before the first year', () => {
    const years = yearsFrom('2022-01-01');
    expect(() => years.recognise(SHORT, 1, at('2021-12-31'))).toThrow(expect.objectContaining({ code: 'tax-year-before' }));
  });
});

describe('instalments', () => {
  const quarterly: Taxation = {
    ...us.taxation!,
    year: {
      ...us.taxation!.year,
      instalments: [
        { month: 6, day: 15, yearsLater: 0, share: 0.5 },
        { month: 1, day: 15, yearsLater: 1, share: 0.5 },
      ],
    },
  };

  test('are shares of the last bill and come off the next', () => {
    const years = yearsFrom('2022-01-01', quarterly, true);
    years.recognise(SHORT, 100, at('2022-05-01'));
    years.close(at('2023-01-01'));
    expect(years.payDue(at('2023-04-15'))).toBe(40);
    years.recognise(SHORT, 200, at('2023-05-01'));
    expect(years.payDue(at('2023-06-15'))).toBe(20);
    expect(years.accrued()).toBe(60);
    years.close(at('2024-01-01'));
    expect(years.payDue(at('2024-01-15'))).toBe(20);
    expect(years.accrued()).toBe(40);
    expect(years.payDue(at('2024-04-15'))).toBe(40);
    expect([years.accrued(), years.paid]).toEqual([0, 120]);
  });

  test('that turn out too much are refunded when the bill is due', () => {
    const years = yearsFrom('2022-01-01', quarterly, true);
    years.recognise(SHORT, 100, at('2022-05-01'));
    years.close(at('2023-01-01'));
    expect(years.payDue(at('2023-06-15'))).toBe(60);
    expect(years.accrued()).toBe(-20);
    years.close(at('2024-01-01'));
    expect(years.payDue(at('2024-01-15'))).toBe(20);
    expect(years.payDue(at('2024-04-15'))).toBe(-40);
  });

  test('still to come follow the last bill where that changes', () => {
    const years = yearsFrom('2022-01-01', quarterly, true);
    years.recognise(SHORT, 100, at('2022-05-01'));
    years.close(at('2023-01-01'));
    years.recognise(SHORT, 100, at('2022-12-31'));
    expect(years.payDue(at('2023-06-15'))).toBe(80 + 40);
    years.recognise(SHORT, -200, at('2022-12-31', 1));
    // What the first one has prepaid comes off the bill of its own year; the second one falls away.
    expect(years.payDue(at('2023-06-16'))).toBe(-80);
    years.close(at('2024-01-01'));
    expect(years.payDue(at('2024-01-15'))).toBe(0);
    expect(years.payDue(at('2024-04-15'))).toBe(-40);
  });
});

test('what was withheld is credited against the bill, and refunded where it is more', () => {
  const credited: Taxation = { ...us.taxation!, withholding: { rate: 0.01, above: 0, class: 'ordinary' } };
  const ORDINARY = 2;
  const untaxed = { bill: (results: Float64Array) => 0.4 * results[SHORT]!, carry: () => undefined };
  const own = new TaxYears({ taxation: credited, assess: () => untaxed, from: at('2022-01-01'), instalments: false });
  own.recognise(ORDINARY, 50, at('2022-05-01'));
  own.recognise(SHORT, 100, at('2022-05-01'));
  expect(own.accrued()).toBe(-10);
  own.close(at('2023-01-01'));
  expect(own.payDue(at('2023-04-15'))).toBe(-10);
});
