import { describe, expect, test } from 'vitest';
import { exchangeRate } from '../../src/tax/exchange.ts';
import type { ExchangeSeries } from '../../src/tax/exchange.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import { NoticeBoard } from '../../src/core/notice.ts';
import { noteTax } from '../../src/tax/notices.ts';
import type { TaxLedger } from '../../src/tax/ledger.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { STRATEGY, at, usSetup } from '../support/tax.ts';

const BTC = 0;

/** Euro per dollar. */
const series: ExchangeSeries = {
  currency: 'USD',
  time: [at('2023-01-10'), at('2023-02-01'), at('2023-06-01')],
  rate: [0.5, 0.8, 1],
  source: 'USDEUR',
};

/** An account in euro under the law of the United States. */
function euro(setup: Partial<TaxSetup>): TaxLedger {
  return openTaxLedger(usSetup(setup), {
    assets: ['BTC'],
    contracts: ['BTC-PERP'],
    start: at('2023-01-01'),
    currency: 'EUR',
    keepGains: true,
  });
}

describe('a regime of another currency', () => {
  test('takes a purchase at the rate of its day and a sale at that of its own', () => {
    const ledger = euro({ exchange: [series] });
    expect(ledger.wants.drift).toBe(true);
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-15'));
    ledger.dispose(BTC, 1, 240, 0, at('2023-02-01'), STRATEGY);
    // 300 − 200 dollars at 40 %, at 0.8 euro per dollar.
    expect(ledger.accrued()).toBeCloseTo(32, 12);
    ledger.advance(at('2023-06-01'));
    expect(ledger.accrued()).toBeCloseTo(40, 12);
    const { proceeds, cost, gain, rate } = ledger.gains();
    expect([proceeds[0], cost[0], gain[0], rate[0]]).toEqual([240, 160, 80, 0.8]);
    ledger.closeYears(at('2024-01-01'));
    expect(ledger.years()[0]).toMatchObject({ results: { short: 100 }, tax: 40 });
    expect(ledger.payDue(at('2024-04-15'))).toBeCloseTo(40, 12);
  });

  test('values what is held at today’s rate, so that its gain is the regime’s', () => {
    const ledger = euro({ exchange: [series] });
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-15'));
    ledger.advance(at('2023-02-01'));
    expect(ledger.basis(BTC)).toBe(160);
    expect(ledger.lots(BTC, at('2023-02-01'))[0]!.cost).toBe(160);
    expect(ledger.taxIfSold(BTC, 1, 240, at('2023-02-01'))).toBeCloseTo(32, 12);
    const [value, result] = [Float64Array.of(240), Float64Array.of(80)];
    expect(ledger.deferred(value, result, at('2023-02-01'))).toBeCloseTo(64, 12);
    expect(ledger.deferred(value, result, at('2023-02-01'), Float64Array.of(8))).toBeCloseTo(64 - 0.4 * 8, 12);
  });

  test('counts what is told late, as a liquidation is, at the rate of its own day', () => {
    const ledger = openTaxLedger(
      { ...usSetup({ regime: 'india', exchange: [{ ...series, currency: 'INR' }] }), rates: {} },
      { assets: ['BTC'], contracts: [], start: at('2023-01-01'), currency: 'EUR', keepGains: true },
    );
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-15'));
    ledger.advance(at('2023-02-01'));
    ledger.dispose(BTC, 1, 30_000, 0, at('2023-01-31'), STRATEGY);
    // 60 000 rupees at 0.5 euro each.
    expect(ledger.withheld()).toBeCloseTo(300, 9);
    expect(ledger.accrued()).toBeCloseTo(0.8 * (0.312 * (60_000 - 200) - 600), 9);
  });

  test('values a portfolio that is told late at the rate of that day', () => {
    const ledger = openTaxLedger(
      { ...usSetup({ regime: 'france', exchange: [{ ...series, currency: 'EUR' }] }), rates: {} },
      { assets: ['BTC'], contracts: [], start: at('2023-01-01'), currency: 'USD', keepGains: true },
    );
    ledger.acquire(BTC, 2, 100, 0, at('2023-01-15'));
    ledger.advance(at('2023-02-01'));
    ledger.advance(at('2023-01-31'));
    ledger.see(1_000);
    ledger.dispose(BTC, 1, 500, 0, at('2023-01-31'), STRATEGY);
    // Half of what was worth 2,000 euro, and half of the 200 euro that it cost.
    expect(ledger.gains().gain[0]).toBeCloseTo(0.5 * (1_000 - 100), 9);
  });

  test('lets a constant of the experiment stand over a series', () => {
    const ledger = euro({ exchange: [series], fx: { USD: 2 } });
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-15'));
    ledger.dispose(BTC, 1, 240, 0, at('2023-02-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(0.4 * 140, 12);
    expect(ledger.wants.drift).toBe(false);
  });
});

describe('the exchange rate', () => {
  test('is not needed between dollars, nor by a regime without currency', () => {
    expect([exchangeRate('USD', 'USDT', {}), exchangeRate(null, 'EUR', {})]).toEqual([null, null]);
  });

  test('is shipped for the currencies of the regimes, and says of when', () => {
    const rate = exchangeRate('GBP', 'USDT', {})!;
    expect(rate.at(0)).toBeCloseTo(1 / 0.783, 5);
    expect(rate.description).toContain('1.27714 USDT per GBP throughout: the average of 2024');
    expect(exchangeRate('JPY', 'EUR', {})!.at(0)).toBeCloseTo(0.924 / 151.353, 7);
  });

  test('is the last known by a moment, the first before there is one', () => {
    const rate = exchangeRate('USD', 'EUR', { exchange: [series] })!;
    const moments = ['2022-12-01', '2023-01-31', '2023-02-01', '2023-12-01', '2023-01-10'];
    expect(moments.map((date) => rate.at(at(date)))).toEqual([0.5, 0.5, 0.8, 1, 0.5]);
  });

  test('of a misspelt currency is refused with the right one', () => {
    expect(() => exchangeRate('GBP', 'USD', { fx: { GPB: 1.27 } })).toThrow(
      expect.objectContaining({ code: 'tax-fx-missing', hint: expect.stringContaining('Did you mean "GBP"?') as string }),
    );
  });
});

describe('a tax zone', () => {
  test('moves the end of the tax year and the age of lots to the zone’s own midnight', () => {
    const ledger = openTaxLedger(usSetup({ zone: 'America/New_York' }), {
      assets: ['BTC'],
      contracts: [],
      start: at('2023-01-01', 6),
      currency: 'USD',
      keepGains: true,
    });
    expect(ledger.yearEnd).toBe(at('2024-01-01', 5));
    ledger.acquire(BTC, 2, 200, 0, at('2023-03-01', 3));
    // In New York it was bought on 28 February: on 29 February 2024 it is long-term.
    ledger.closeYears(at('2024-01-01', 5));
    ledger.dispose(BTC, 1, 200, 0, at('2024-03-01', 4.5), STRATEGY);
    expect(ledger.gains().class).toEqual(['long']);
    expect(ledger.gains().acquired[0]).toBe(at('2023-03-01', 3));
    ledger.closeYears(at('2025-01-01', 5));
    expect(ledger.nextDue).toBe(at('2025-04-15', 4));
  });

  test('keeps the order of dealings in the hour that comes twice', () => {
    const ledger = openTaxLedger(
      { regime: 'canada', payFrom: 'portfolio', funding: 'result', law: 'today', zone: 'America/Toronto' },
      { assets: ['BTC'], contracts: [], start: at('2023-01-01', 5), currency: 'CAD', keepGains: true },
    );
    // 01:50, then 01:10 after the clock went back at 02:00.
    ledger.acquire(BTC, 1, 1_000, 0, at('2023-11-05', 5 + 5 / 6));
    ledger.dispose(BTC, 1, 1_100, 0, at('2023-11-05', 6 + 1 / 6), STRATEGY);
    ledger.acquire(BTC, 1, 1_200, 0, at('2023-11-05', 6.5));
    expect([ledger.gains().gain[0], ledger.basis(BTC)]).toEqual([100, 1_200]);
  });
});

const US: TaxSetup = { regime: 'us', payFrom: 'portfolio', funding: 'result', law: 'today' };

describe('notices about tax', () => {
  const period = { earliest: at('2016-01-01'), from: at('2017-02-01'), to: at('2024-01-01') };

  test('name a shipped rate, a series that begins late, years without figures, and a lot method that is not offered', () => {
    const codes = (setup: Partial<TaxSetup>): string[] => {
      const notices = new NoticeBoard();
      noteTax(notices, { ...US, ...setup }, 'EUR', period);
      return notices.list().map(({ code }) => code);
    };
    expect(codes({})).toEqual(['tax-fx-shipped']);
    expect(codes({ exchange: [series], law: 'historical' })).toEqual(['tax-fx-before-series', 'tax-figures-nearest']);
    expect(codes({ fx: { USD: 1 } })).toEqual([]);
    expect(codes({ regime: 'none' })).toEqual([]);
    expect(codes({ regime: 'uk', lots: 'hifo', fx: { GBP: 1 } })).toEqual(['tax-lots-not-offered']);
  });
});
