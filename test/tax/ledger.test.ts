import { describe, expect, test } from 'vitest';
import type { FundingReading } from '../../src/tax/funding.ts';
import { CAUSES } from '../../src/tax/ledger.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import { STRATEGY, anyMethod, at, openUs, usSetup } from '../support/tax.ts';

const BTC = 0;
const ETH = 1;
const PERP = 0;
const FORCED = CAUSES.indexOf('forced');
const NOTHING = new Float64Array(3);
const NO_CONTRACT = new Float64Array(1);

describe('a coin', () => {
  test('bought and sold within the year is taxed short-term, fees on both sides counted', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 2, 20_000, 20, at('2023-02-01'));
    ledger.dispose(BTC, 1, 15_000, 15, at('2023-03-01'), STRATEGY);
    // 15 000 − 15 − (20 000 + 20) / 2 = 4 975, of which 40 %.
    expect(ledger.accrued()).toBeCloseTo(1_990, 9);
    expect([ledger.quantity(BTC), ledger.basis(BTC), ledger.disposals]).toEqual([1, 10_010, 1]);
  });

  test('sold from an old and a young lot splits into two lines and counts as one disposal', () => {
    const ledger = openUs();
    ledger.acquire(ETH, 1, 1_000, 0, at('2021-05-01'));
    ledger.acquire(ETH, 2, 3_000, 0, at('2023-01-10'));
    ledger.dispose(ETH, 2, 6_000, 6, at('2023-06-01'), FORCED);
    const { asset, kind, acquired, disposed, quantity, proceeds, cost, gain, class: classes, cause } = ledger.gains();
    expect([asset, kind, classes, cause]).toEqual([
      ['ETH', 'ETH'],
      ['spot', 'spot'],
      ['long', 'short'],
      ['forced', 'forced'],
    ]);
    expect([...acquired]).toEqual([at('2021-05-01'), at('2023-01-10')]);
    expect([...disposed]).toEqual([at('2023-06-01'), at('2023-06-01')]);
    expect([[...quantity], [...proceeds], [...cost], [...gain]]).toEqual([
      [1, 1],
      [2_997, 2_997],
      [1_000, 1_500],
      [1_997, 1_497],
    ]);
    expect(ledger.disposals).toBe(1);
    expect(ledger.accrued()).toBeCloseTo(0.2 * 1_997 + 0.4 * 1_497, 9);
  });

  test('shows its lots with the term they would have today', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 1, 100, 1, at('2022-03-15', 10));
    expect(ledger.lots(BTC, at('2023-03-15', 23))).toEqual([
      { asset: 'BTC', acquired: at('2022-03-15', 10), quantity: 1, cost: 101, longTerm: false },
    ]);
    expect(ledger.lots(BTC, at('2023-03-16'))[0]!.longTerm).toBe(true);
    expect(ledger.nextLotQuantity(BTC)).toBe(1);
    expect(ledger.nextLotQuantity(ETH)).toBe(0);
  });

  test('of which only rounding is left is no disposal any more', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 1, 100, 0, at('2023-02-01'));
    ledger.dispose(BTC, 1, 300, 0, at('2023-03-01'), STRATEGY);
    ledger.dispose(BTC, 1e-15, 3e-13, 0, at('2023-03-02'), STRATEGY);
    expect([ledger.disposals, ledger.gains().gain.length, ledger.accrued()]).toEqual([1, 1, 80]);
  });

  test('sold at a gain leads to a bill that is paid once', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 1, 100, 0, at('2023-02-01'));
    ledger.dispose(BTC, 1, 300, 0, at('2023-03-01'), STRATEGY);
    ledger.closeYears(at('2024-01-01'));
    expect([ledger.yearEnd, ledger.nextDue]).toEqual([at('2025-01-01'), at('2024-04-15')]);
    expect([ledger.payDue(at('2024-04-15')), ledger.payDue(at('2024-04-15')), ledger.paid]).toEqual([80, 0, 80]);
    expect(ledger.accrued()).toBe(0);
    expect(ledger.years()).toEqual([
      {
        start: at('2023-01-01'),
        end: at('2024-01-01'),
        results: { short: 200, long: 0 },
        carried: { short: 0, long: 0 },
        tax: 80,
        due: at('2024-04-15'),
        paid: true,
        provisional: false,
        exempt: false,
      },
    ]);
  });

  test('leaves no gain lines in a lean ledger, but the same tax', () => {
    const [lean, full] = [openUs({}, false), openUs({}, true)];
    for (const ledger of [lean, full]) {
      ledger.acquire(BTC, 1, 100, 0, at('2023-02-01'));
      ledger.dispose(BTC, 1, 300, 0, at('2023-03-01'), STRATEGY);
    }
    expect(lean.accrued()).toBe(full.accrued());
    expect(lean.gains().gain).toHaveLength(0);
    expect(full.gains().gain).toHaveLength(1);
  });
});

describe('a contract', () => {
  // The worked example of a hedge in the project's tax facts: 1 200 of price, 90 received, 30 paid, 20 of fees.
  const hedge = (funding: FundingReading) => {
    const ledger = openUs({ funding, rates: { short: 0.24, long: 0.15 } });
    ledger.contractFee(PERP, 10, at('2023-06-01'));
    ledger.contractFunding(PERP, 90, at('2023-07-01'));
    ledger.contractFunding(PERP, -30, at('2023-08-01'));
    ledger.contractFee(PERP, 10, at('2023-09-01'));
    return ledger;
  };

  test('is taxed when it closes, with its fees and funding inside', () => {
    const ledger = hedge('result');
    expect(ledger.accrued()).toBe(0);
    ledger.contractReduce(PERP, 1, 1_200, at('2023-09-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(297.6, 9);
    const { asset, kind, gain, acquired, quantity } = ledger.gains();
    expect([asset, kind, [...gain]]).toEqual([
      ['BTC-PERP', 'BTC-PERP'],
      ['derivative', 'funding'],
      [1_180, 60],
    ]);
    expect([...acquired, ...quantity].every(Number.isNaN)).toBe(true);
  });

  test('with funding as income taxes what is received at once and loses what is paid', () => {
    const ledger = hedge('income');
    expect(ledger.accrued()).toBeCloseTo(0.24 * 90, 9);
    ledger.contractReduce(PERP, 1, 1_200, at('2023-09-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(304.8, 9);
    ledger.closeYears(at('2024-01-01'));
    expect(ledger.years()[0]!.results).toEqual({ short: 1_180, long: 0, ordinary: 90 });
    expect(ledger.gains().class).toEqual(['ordinary', 'short']);
  });

  test('with funding as income both ways deducts what is paid', () => {
    const ledger = hedge('income-both-ways');
    expect(ledger.accrued()).toBeCloseTo(0.24 * 60, 9);
    ledger.contractReduce(PERP, 1, 1_200, at('2023-09-01'), STRATEGY);
    ledger.closeYears(at('2024-01-01'));
    expect(ledger.years()[0]!.results).toEqual({ short: 1_180, long: 0, ordinary: 60 });
    expect(ledger.gains().class).toEqual(['ordinary', 'ordinary', 'short']);
  });

  test('reduced in parts recognises pending fees and funding pro rata, and all of them at the end', () => {
    const ledger = openUs();
    ledger.contractFee(PERP, 8, at('2023-02-01'));
    ledger.contractFunding(PERP, 20, at('2023-02-02'));
    ledger.contractReduce(PERP, 0.25, 100, at('2023-03-01'), STRATEGY);
    // 100 + 5 − 2 = 103
    expect(ledger.accrued()).toBeCloseTo(41.2, 9);
    expect(ledger.deferred(NOTHING, NO_CONTRACT, at('2023-03-02'))).toBeCloseTo(0.4 * (15 - 6), 9);
    ledger.contractReduce(PERP, 1, 0, at('2023-04-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(0.4 * 112, 9);
    expect(ledger.deferred(NOTHING, NO_CONTRACT, at('2023-04-02'))).toBe(0);
  });

  test('loss shelters a gain on coins of the same year', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 1, 100, 0, at('2021-01-01'));
    ledger.dispose(BTC, 1, 1_100, 0, at('2023-02-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(200, 9);
    ledger.contractReduce(PERP, 1, -400, at('2023-03-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(0.2 * 600, 9);
  });
});

describe('what selling now would cost', () => {
  test('is the tax on unrealised gain, by term, and may be negative', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 1, 100, 0, at('2021-01-01'));
    ledger.acquire(BTC, 1, 300, 0, at('2023-01-02'));
    const proceeds = Float64Array.of(1_000, 0, 0);
    expect(ledger.deferred(proceeds, NO_CONTRACT, at('2023-02-01'))).toBeCloseTo(0.2 * 400 + 0.4 * 200, 9);
    // From 3 January 2024 on both lots are long-term.
    expect(ledger.deferred(proceeds, NO_CONTRACT, at('2024-01-03'))).toBeCloseTo(0.2 * 600, 9);
    ledger.contractReduce(PERP, 1, 5_000, at('2023-12-01'), STRATEGY);
    expect(ledger.deferred(NOTHING, NO_CONTRACT, at('2023-12-02'))).toBeLessThan(0);
  });

  test('counts open contracts with what they have pending', () => {
    const ledger = openUs();
    ledger.contractFee(PERP, 5, at('2023-02-01'));
    ledger.contractFunding(PERP, 15, at('2023-02-02'));
    expect(ledger.deferred(NOTHING, Float64Array.of(90), at('2023-02-03'))).toBeCloseTo(40, 9);
  });

  test('of a part goes by the method', () => {
    const tax = (lots: 'fifo' | 'lifo' | 'hifo' | 'average-moving'): number => {
      const ledger = openUs({ lots });
      ledger.acquire(BTC, 1, 100, 0, at('2023-01-02'));
      ledger.acquire(BTC, 1, 700, 0, at('2023-01-03'));
      ledger.acquire(BTC, 1, 400, 0, at('2023-01-04'));
      return ledger.taxIfSold(BTC, 1, 1_000, at('2023-02-01'));
    };
    expect(tax('fifo')).toBeCloseTo(0.4 * 900, 9);
    expect(tax('lifo')).toBeCloseTo(0.4 * 600, 9);
    expect(tax('hifo')).toBeCloseTo(0.4 * 300, 9);
    expect(tax('average-moving')).toBeCloseTo(0.4 * 600, 9);
  });

  test('of more than is held counts what is held, at the same price', () => {
    const ledger = openUs();
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-02'));
    expect(ledger.taxIfSold(BTC, 4, 4_000, at('2023-02-01'))).toBeCloseTo(0.4 * 900, 9);
    expect(ledger.taxIfSold(ETH, 4, 4_000, at('2023-02-01'))).toBe(0);
    expect(ledger.taxIfSold(BTC, 0, 0, at('2023-02-01'))).toBe(0);
  });
});

describe('without tax', () => {
  const ledger = openTaxLedger(
    { regime: 'none', payFrom: 'portfolio', funding: 'result', law: 'today', lots: 'lifo' },
    { assets: ['BTC'], contracts: ['BTC-PERP'], start: at('2023-01-01'), currency: 'EUR', keepGains: true },
  );

  test('lots are kept, and nothing is ever due', () => {
    ledger.acquire(BTC, 2, 200, 2, at('2020-01-01'));
    ledger.acquire(BTC, 1, 300, 0, at('2023-01-01'));
    ledger.dispose(BTC, 1, 900, 0, at('2023-02-01'), STRATEGY);
    ledger.contractFee(PERP, 5, at('2023-02-01'));
    ledger.contractFunding(PERP, 5, at('2023-02-01'));
    ledger.contractReduce(PERP, 1, 500, at('2023-02-01'), STRATEGY);
    ledger.closeYears(at('2030-01-01'));
    expect([ledger.quantity(BTC), ledger.basis(BTC), ledger.nextLotQuantity(BTC)]).toEqual([2, 202, 2]);
    expect(ledger.lots(BTC, at('2023-02-01'))).toMatchObject([{ quantity: 2, longTerm: false }]);
    expect([ledger.accrued(), ledger.payDue(at('2030-01-01')), ledger.paid, ledger.disposals]).toEqual([0, 0, 0, 0]);
    expect([ledger.deferred(NOTHING, NO_CONTRACT, 0), ledger.taxIfSold(BTC, 1, 900, 0)]).toEqual([0, 0]);
    expect([ledger.yearEnd, ledger.nextDue]).toEqual([Infinity, Infinity]);
    expect([ledger.years(), ledger.gains().gain.length]).toEqual([[], 0]);
  });
});

describe('opening a ledger', () => {
  const account = { assets: ['BTC'], contracts: [], start: at('2023-01-01'), keepGains: false };

  test.each(['USD', 'USDT', 'USDC'])('takes %s for the dollars of the regime', (currency) => {
    expect(openTaxLedger(usSetup(), { ...account, currency }).yearEnd).toBe(at('2024-01-01'));
  });

  test('refuses a currency to which no rate is known', () => {
    expect(() => openTaxLedger(usSetup(), { ...account, currency: 'XAU' })).toThrow(
      expect.objectContaining({ code: 'tax-fx-missing', message: 'there is no exchange rate from USD to XAU' }),
    );
  });
});

describe('a sale that waits', () => {
  // The lean ledger and the general one, which tells lots.
  test.each([false, true])('is taxed as if all of it were long-term, and changes nothing (lots told: %s)', (tellLots) => {
    const ledger = openUs({}, true, tellLots);
    ledger.acquire(BTC, 1, 100, 0, at('2021-05-01'));
    ledger.acquire(BTC, 1, 200, 0, at('2023-05-01'));
    const now = at('2023-06-01');
    // 2 at 500: 400 long and 300 short, or 700 long.
    expect(ledger.taxIfSoldLongTerm(BTC, 2, 1_000, now)).toBeCloseTo(0.2 * 700, 9);
    expect(ledger.taxIfSold(BTC, 2, 1_000, now)).toBeCloseTo(0.2 * 400 + 0.4 * 300, 9);
    expect(ledger.taxIfSoldLongTerm(BTC, 1.5, 750, now)).toBeCloseTo(0.2 * (750 - 200), 9);
    expect(ledger.taxIfSoldLongTerm(ETH, 0, 0, now)).toBe(0);
    expect([ledger.quantity(BTC), ledger.accrued()]).toEqual([2, 0]);
  });

  test('is told how long, and whether a loss counts at once', () => {
    const holding = { method: 'fifo', longAfterYears: 1, lossesCountAtOnce: true, feesCount: true, swapsUntaxed: false };
    expect(openUs().holding).toEqual(holding);
    expect(openUs({}, true, true).holding).toEqual(holding);
    expect(openUs({ lots: 'hifo' }).holding).toEqual({ ...holding, method: 'hifo' });
    const none = openTaxLedger(
      { regime: 'none', payFrom: 'portfolio', funding: 'result', law: 'today' },
      {
        assets: ['BTC'],
        contracts: [],
        start: at('2023-01-01'),
        currency: 'USD',
        keepGains: false,
      },
    );
    expect(none.holding.lossesCountAtOnce).toBe(false);
    expect(none.taxIfSoldLongTerm(BTC, 1, 1, at('2023-02-01'))).toBe(0);
  });

  test('finds no loss that counts at once with averages, nor with rules that look at what is bought afterwards', () => {
    for (const lots of ['average-moving', 'average-yearly', 'uk-share-matching', 'fr-portfolio'] as const) {
      expect(openUs({ regime: anyMethod(), lots }).holding.lossesCountAtOnce).toBe(false);
      expect(openUs({ regime: anyMethod(), lots }).holding.swapsUntaxed).toBe(false);
    }
  });
});
