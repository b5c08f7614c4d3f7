import { describe, expect, test } from 'vitest';
import type { TaxLedger } from '../../src/tax/ledger.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import { parseRegime } from '../../src/tax/regime-file.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { STRATEGY, at } from '../support/tax.ts';

const BTC = 0;
const RATE = 0.314;
const WORTH = 1_000;
const YEAR_END = at('2025-01-01');

/** 1,000 units, each worth and sold at 1 EUR; they cost half of that. A sale of x gains x / 2. */
function france(setup: Partial<TaxSetup> = {}, currency = 'EUR', perEuro = 1): TaxLedger {
  const ledger = openTaxLedger(
    { regime: 'france', payFrom: 'portfolio', funding: 'result', law: 'today', ...setup },
    { assets: ['BTC'], contracts: ['PERP'], start: at('2024-01-01'), currency, keepGains: true },
  );
  ledger.acquire(BTC, WORTH, (WORTH / 2) * perEuro, 0, at('2024-01-02'));
  return ledger;
}

/** Sells for `euros`, before a fee. */
function sell(ledger: TaxLedger, euros: number, time: number, perEuro = 1, fee = 0): void {
  ledger.see(ledger.quantity(BTC) * perEuro);
  ledger.dispose(BTC, euros, euros * perEuro, fee, time, STRATEGY);
}

describe('a French year whose sales bring 305 EUR or less', () => {
  test.each([
    [304.99, 0],
    [305, 0],
    [305.01, RATE * 152.505],
  ])('sales of %d are taxed with %d', (euros, tax) => {
    const ledger = france();
    sell(ledger, euros, at('2024-03-01'));
    expect(ledger.accrued()).toBeCloseTo(tax, 9);
    ledger.closeYears(YEAR_END);
    expect(ledger.years()[0]).toMatchObject({ exempt: tax === 0, results: { gains: euros / 2, sales: euros } });
    expect(ledger.payDue(at('2025-09-15'))).toBeCloseTo(tax, 9);
  });

  test('counts what a sale leaves after its fee', () => {
    const ledger = france();
    sell(ledger, 306, at('2024-03-01'), 1, 1);
    expect(ledger.accrued()).toBe(0);
    sell(ledger, 1, at('2024-03-02'));
    // 306 − 1 − 153 and 1 − 0.5
    expect(ledger.accrued()).toBeCloseTo(RATE * 152.5, 9);
  });

  test('ends with the sale that lifts it above: all of its gains are taxed', () => {
    const ledger = france();
    sell(ledger, 205, at('2024-03-01'));
    expect(ledger.taxIfSold(BTC, 100, 100, at('2024-04-01'))).toBe(0);
    ledger.see(WORTH - 205);
    expect(ledger.taxIfSold(BTC, 200, 200, at('2024-04-01'))).toBeCloseTo(RATE * (205 + 200) * 0.5, 9);
    sell(ledger, 100, at('2024-04-01'));
    expect(ledger.accrued()).toBe(0);
    sell(ledger, 0.01, at('2024-05-01'));
    expect(ledger.accrued()).toBeCloseTo(RATE * 152.505, 9);
  });

  test('is one thing before an exit and another after it', () => {
    const ledger = france();
    sell(ledger, 300, at('2024-03-01'));
    const none = new Float64Array(1);
    expect(ledger.deferred(Float64Array.of(WORTH - 300), none, at('2024-04-01'))).toBeCloseTo(RATE * 500, 9);
    // All that is left has become worth 4: the year stays exempt, and nothing is due for ever.
    expect(ledger.deferred(Float64Array.of(4), none, at('2024-04-01'))).toBe(0);
  });

  test('stands by itself: the next year has its own 305', () => {
    const ledger = france();
    sell(ledger, 200, at('2024-12-31'));
    // An event at the year's end is one of the new year.
    sell(ledger, 200, YEAR_END);
    ledger.closeYears(at('2026-01-01'));
    expect(ledger.years().map(({ tax, exempt, results }) => [tax, exempt, results['sales']])).toEqual([
      [0, true, 200],
      [0, true, 200],
    ]);
  });

  test('gives up its loss: it does not even reduce a gain of that year', () => {
    const ledger = france();
    // Worth a tenth of a euro each: 10 for units that cost 50.
    ledger.see(100);
    ledger.dispose(BTC, 100, 10, 0, at('2024-03-01'), STRATEGY);
    ledger.closeYears(YEAR_END);
    expect(ledger.years()[0]).toMatchObject({ tax: 0, exempt: true, results: { gains: -40 }, carried: {} });
    // With 405 in all the year is assessed, and nets: 0.5 a unit was left of the cost.
    sell(ledger, 400, at('2025-02-01'));
    ledger.see(50);
    ledger.dispose(BTC, 50, 5, 0, at('2025-03-01'), STRATEGY);
    ledger.closeYears(at('2026-01-01'));
    expect(ledger.years()[1]!.tax).toBeCloseTo(RATE * (200 + 5 - 25), 9);
  });

  test('is no year without a sale, and none of contracts', () => {
    const ledger = france();
    ledger.contractReduce(0, 1, 100, at('2024-03-01'), STRATEGY);
    ledger.closeYears(YEAR_END);
    expect(ledger.years()[0]).toMatchObject({ exempt: false, results: { sales: 0 } });
    expect(ledger.years()[0]!.tax).toBeCloseTo(31.4, 9);
  });

  test('does not count what one decision swaps', () => {
    const ledger = france();
    ledger.decide(WORTH);
    ledger.dispose(BTC, 800, 800, 0, at('2024-03-01'), STRATEGY);
    ledger.acquire(BTC, 500, 500, 0, at('2024-03-01'));
    ledger.decided();
    ledger.closeYears(YEAR_END);
    expect(ledger.years()[0]!.results['sales']).toBeCloseTo(300, 9);
  });
});

describe('an account in dollars at 1.1 for a euro', () => {
  test.each([
    [305, true],
    [305.01, false],
  ])('sales of %d EUR are exempt: %s', (euros, exempt) => {
    const ledger = france({ fx: { EUR: 1.1 } }, 'USD', 1.1);
    sell(ledger, euros, at('2024-03-01'), 1.1);
    expect(ledger.accrued()).toBeCloseTo(exempt ? 0 : 1.1 * RATE * (euros / 2), 9);
    ledger.closeYears(YEAR_END);
    expect(ledger.years()[0]!.exempt).toBe(exempt);
  });
});

test('a regime of one’s own that matches lot by lot sums up its disposals too', () => {
  const regime = parseRegime('extends: france\nname: own\nswaps: disposal\nlots: fifo\n', 'own.yaml');
  const ledger = france({ regime });
  ledger.dispose(BTC, 200, 200, 0, at('2024-03-01'), STRATEGY);
  expect(ledger.accrued()).toBe(0);
  expect(ledger.taxIfSold(BTC, 105, 105, at('2024-04-01'))).toBe(0);
  expect(ledger.taxIfSold(BTC, 106, 106, at('2024-04-01'))).toBeCloseTo(RATE * 153, 9);
  // More than is held counts as all of it.
  expect(ledger.taxIfSold(BTC, 1_600, 208, at('2024-04-01'))).toBe(0);
  expect(ledger.deferred(Float64Array.of(800), new Float64Array(1), at('2024-04-01'))).toBeCloseTo(RATE * 500, 9);
});
