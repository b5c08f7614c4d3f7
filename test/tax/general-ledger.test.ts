import { describe, expect, test } from 'vitest';
import type { TaxLedger } from '../../src/tax/ledger.ts';
import type { Assessment, Taxation } from '../../src/tax/regime.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { STRATEGY, anyMethod, at, openUs } from '../support/tax.ts';

const BTC = 0;
const ETH = 1;
const PERP = 0;

/** Each class at a rate of its own, nothing netted. */
function flat(...rates: number[]): () => Assessment {
  return () => ({
    bill: (results) => rates.reduce((sum, rate, column) => sum + rate * results[column]!, 0),
    carry: () => undefined,
  });
}

function open(changes: Partial<Taxation>, setup: Partial<TaxSetup> = {}): TaxLedger {
  return openUs({ regime: anyMethod(changes), rates: {}, ...setup });
}

describe('gains and losses in classes of their own', () => {
  const apart: Partial<Taxation> = {
    classes: [
      { name: 'gains', meaning: 'gains' },
      { name: 'losses', meaning: 'losses' },
      { name: 'ordinary', meaning: 'income' },
    ],
    carried: [],
    profiles: { 'us-high': [{ from: 0, figures: {} }] },
    spot: { short: { gains: 'gains', losses: 'losses' }, long: { gains: 'gains', losses: 'losses' }, longAfterYears: null },
    contracts: [{ name: 'own', meaning: 'income', recognised: 'close', classes: [{ class: 'ordinary', share: 1 }] }],
    assess: flat(0.3, 0, 0.3),
  };

  test('are told apart part by part: a loss on one lot does not reach the gain on another', () => {
    const ledger = open(apart);
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-02'));
    ledger.acquire(BTC, 1, 300, 0, at('2023-01-03'));
    ledger.dispose(BTC, 2, 400, 0, at('2023-02-01'), STRATEGY);
    // 200 − 100 is taxed, 200 − 300 is lost.
    expect(ledger.accrued()).toBe(30);
    expect(ledger.gains().class).toEqual(['gains', 'losses']);
  });

  test('weigh the same in what a sale would cost', () => {
    const ledger = open(apart);
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-02'));
    ledger.acquire(BTC, 1, 300, 0, at('2023-01-03'));
    expect(ledger.deferred(Float64Array.of(400, 0, 0), new Float64Array(1), at('2023-02-01'))).toBe(30);
    expect(ledger.taxIfSold(BTC, 1, 150, at('2023-02-01'))).toBe(15);
  });
});

describe('tax withheld at the sale', () => {
  const withheld: Partial<Taxation> = {
    classes: [
      { name: 'short', meaning: 'gain' },
      { name: 'credit', meaning: 'withheld' },
      { name: 'ordinary', meaning: 'income' },
    ],
    carried: [],
    profiles: { 'us-high': [{ from: 0, figures: {} }] },
    spot: { short: 'short', long: 'short', longAfterYears: null },
    withholding: { rate: 0.01, above: 500, class: 'credit' },
    assess: flat(0.3),
  };

  test('is a share of every sale once those of the year pass the threshold, and is credited', () => {
    const ledger = open(withheld);
    expect(ledger.wants.withholding).toBe(true);
    ledger.acquire(BTC, 10, 1_000, 0, at('2023-01-02'));
    ledger.dispose(BTC, 4, 440, 0, at('2023-02-01'), STRATEGY);
    expect(ledger.withheld()).toBe(0);
    ledger.dispose(BTC, 4, 460, 0, at('2023-03-01'), STRATEGY);
    // 1 % of the sale by which the year passes 500.
    expect(ledger.withheld()).toBeCloseTo(4.6, 12);
    expect(ledger.withheld()).toBe(0);
    expect(ledger.accrued()).toBeCloseTo(0.3 * 100 - 4.6, 12);
    ledger.closeYears(at('2024-01-01'));
    expect(ledger.payDue(at('2024-04-15'))).toBeCloseTo(25.4, 12);
    ledger.dispose(BTC, 1, 500, 0, at('2024-05-01'), STRATEGY);
    expect(ledger.withheld()).toBe(0);
  });

  test('is refunded where a loss leaves nothing to pay', () => {
    const ledger = open(withheld);
    ledger.acquire(BTC, 1, 1_500, 0, at('2023-01-02'));
    ledger.dispose(BTC, 1, 1_500, 0, at('2023-02-01'), STRATEGY);
    expect(ledger.withheld()).toBe(15);
    expect(ledger.accrued()).toBe(-15);
  });
});

describe('contracts marked at the year’s end', () => {
  const marked: Partial<Taxation> = {
    contracts: [
      {
        name: 'section-1256',
        meaning: '60/40',
        recognised: 'year-end',
        classes: [
          { class: 'long', share: 0.6 },
          { class: 'short', share: 0.4 },
        ],
      },
    ],
  };

  test('are recognised with what they would bring, and later results adjusted for it', () => {
    const ledger = openUs({ regime: anyMethod(marked) });
    expect(ledger.wants.yearEndMarks).toBe(true);
    ledger.contractFee(PERP, 10, at('2023-06-22'));
    ledger.markYear(new Float64Array(3), Float64Array.of(7_010), at('2024-01-01') - 1);
    ledger.closeYears(at('2024-01-01'));
    ledger.contractReduce(PERP, 0.5, 3_000, at('2024-02-01'), STRATEGY);
    ledger.contractReduce(PERP, 1, 3_010, at('2024-02-02'), STRATEGY);
    ledger.closeYears(at('2025-01-01'));
    // 7 010 − 10 in the first year; the price result of 6 010 in all leaves −1 000 for the second.
    expect(ledger.years().map(({ results }) => [results['long'], results['short']])).toEqual([
      [4_200, 2_800],
      [-600, -400],
    ]);
  });

  test('leave funding that was settled at the end of the year to the next', () => {
    const ledger = openUs({ regime: anyMethod(marked) });
    ledger.contractFunding(PERP, 30, at('2023-12-31', 16));
    ledger.contractFunding(PERP, 100, at('2024-01-01'));
    ledger.markYear(new Float64Array(3), Float64Array.of(0), at('2024-01-01') - 1);
    ledger.closeYears(at('2024-01-01'));
    ledger.contractReduce(PERP, 1, 0, at('2024-02-01'), STRATEGY);
    ledger.closeYears(at('2025-01-01'));
    expect(ledger.years().map(({ results }) => [results['long'], results['short']])).toEqual([
      [18, 12],
      [60, 40],
    ]);
  });

  test('are deferred only by what is not yet marked', () => {
    const ledger = openUs({ regime: anyMethod(marked) });
    ledger.markYear(new Float64Array(3), Float64Array.of(1_000), at('2024-01-01') - 1);
    ledger.closeYears(at('2024-01-01'));
    // 40 % of 40 % and 20 % of 60 % of another 500.
    expect(ledger.deferred(new Float64Array(3), Float64Array.of(1_500), at('2024-03-01'))).toBeCloseTo(140, 12);
  });
});

describe('a split of classes by date', () => {
  const split: Partial<Taxation> = {
    classes: [
      { name: 'gains', meaning: 'gains' },
      { name: 'early', meaning: 'early gains' },
      { name: 'ordinary', meaning: 'income' },
    ],
    carried: [],
    profiles: { 'us-high': [{ from: 0, figures: {} }] },
    spot: { short: 'gains', long: 'gains', longAfterYears: null },
    contracts: [{ name: 'own', meaning: 'gain', recognised: 'close', classes: [{ class: 'gains', share: 1 }] }],
    splits: [{ from: '2023-01-01', to: '2023-10-30', classes: { gains: 'early' } }],
    assess: flat(0.24, 0.2, 0),
  };
  const sellTwice = (law: 'today' | 'historical'): number => {
    const ledger = open(split, { law });
    ledger.acquire(BTC, 2, 0, 0, at('2023-01-02'));
    ledger.dispose(BTC, 1, 100, 0, at('2023-10-29', 23), STRATEGY);
    ledger.dispose(BTC, 1, 100, 0, at('2023-10-30'), STRATEGY);
    return ledger.accrued();
  };

  test('counts under historical law only', () => {
    expect(sellTwice('historical')).toBeCloseTo(44, 12);
    expect(sellTwice('today')).toBeCloseTo(48, 12);
  });
});

describe('the portfolio method', () => {
  const france = (): TaxLedger => openUs({ regime: anyMethod({ swaps: 'untaxed' }), lots: 'fr-portfolio' });

  // Article 150 VH bis: 1 000 − 2 000 × 1 000 / 2 500; the share used up, 800, lowers the net acquisition price.
  test('taxes a sale for money by its share of the portfolio', () => {
    const ledger = france();
    ledger.acquire(BTC, 1, 500, 0, at('2023-01-02'));
    ledger.acquire(ETH, 1, 1_500, 0, at('2023-01-02'));
    ledger.see(2_500);
    expect(ledger.taxIfSold(BTC, 1, 1_000, at('2023-02-01'))).toBeCloseTo(0.4 * 200, 12);
    ledger.dispose(BTC, 1, 1_000, 0, at('2023-02-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(80, 12);
    expect(ledger.basis(BTC) + ledger.basis(ETH)).toBeCloseTo(1_200, 12);
  });

  test('takes sells that fund buys for swaps, and taxes what they bring beyond', () => {
    const ledger = france();
    ledger.acquire(BTC, 1, 2_000, 0, at('2023-01-02'));
    ledger.decide(10_000);
    ledger.dispose(BTC, 0.5, 5_000, 0, at('2023-02-01'), STRATEGY);
    ledger.acquire(ETH, 4, 4_000, 0, at('2023-02-01'));
    ledger.decided();
    // 1 000 for money: 1 000 − 2 000 × 1 000 / 10 000.
    expect(ledger.accrued()).toBeCloseTo(0.4 * 800, 12);
    ledger.decide(9_000);
    ledger.dispose(BTC, 0.5, 5_000, 0, at('2023-03-01'), STRATEGY);
    ledger.acquire(ETH, 5, 5_000, 0, at('2023-03-01'));
    ledger.decided();
    expect(ledger.accrued()).toBeCloseTo(0.4 * 800, 12);
    expect(ledger.basis(ETH)).toBeCloseTo(1_800, 12);
    expect(ledger.disposals).toBe(1);
  });

  test('uses the whole price up when everything is sold, fees or not', () => {
    const ledger = france();
    ledger.acquire(BTC, 1, 2_000, 0, at('2023-01-02'));
    ledger.see(3_000);
    ledger.dispose(BTC, 1, 2_990, 10, at('2023-02-01'), STRATEGY);
    expect(ledger.accrued()).toBeCloseTo(0.4 * 980, 12);
  });

  test('needs to know what the portfolio is worth', () => {
    const ledger = france();
    ledger.acquire(BTC, 2, 2_000, 0, at('2023-01-02'));
    expect(() => ledger.dispose(BTC, 1, 1_500, 0, at('2023-02-01'), STRATEGY)).toThrow(
      expect.objectContaining({ code: 'tax-portfolio-value' }),
    );
  });
});

describe('specific identification', () => {
  test('takes the lots that were named, then the oldest', () => {
    const ledger = openUs({ lots: 'specific-id' });
    for (const [place, cost] of [100, 200, 300].entries()) ledger.acquire(BTC, 1, cost, 0, at('2023-01-02', place));
    const ids = ledger.lots(BTC, at('2023-02-01')).map(({ id }) => id!);
    ledger.nameLots(BTC, [ids[2]!, ids[1]!]);
    expect(ledger.nextLotQuantity(BTC)).toBe(1);
    expect(ledger.taxIfSold(BTC, 1.5, 1_500, at('2023-02-01'))).toBeCloseTo(0.4 * (1_500 - 400), 12);
    ledger.dispose(BTC, 1.5, 1_500, 0, at('2023-02-01'), STRATEGY);
    expect([...ledger.gains().cost]).toEqual([300, 100]);
  });

  test('takes the oldest again at the next sale, whatever is left of a named lot', () => {
    const ledger = openUs({ lots: 'specific-id' });
    for (const [place, cost] of [100, 200, 300].entries()) ledger.acquire(BTC, 1, cost, 0, at('2023-01-02', place));
    const ids = ledger.lots(BTC, at('2023-02-01')).map(({ id }) => id!);
    ledger.nameLots(BTC, [ids[2]!]);
    ledger.dispose(BTC, 0.5, 500, 0, at('2023-02-01'), STRATEGY);
    ledger.dispose(BTC, 0.5, 500, 0, at('2023-02-02'), STRATEGY);
    ledger.nameLots(BTC, [ids[1]!]);
    ledger.dispose(BTC, 0.5, 500, 0, at('2023-02-03'), STRATEGY);
    expect([...ledger.gains().cost]).toEqual([150, 50, 100]);
  });
});

describe('superficial losses', () => {
  const canada = (): TaxLedger =>
    openUs({ regime: anyMethod({ superficialLoss: { daysBefore: 30, daysAfter: 30 } }), lots: 'average-moving' });

  test('are denied by a purchase within 30 days after, whose cost takes them up', () => {
    const ledger = canada();
    ledger.acquire(BTC, 10, 1_000, 0, at('2023-01-02'));
    ledger.dispose(BTC, 10, 800, 0, at('2023-06-01'), STRATEGY);
    ledger.acquire(BTC, 4, 320, 0, at('2023-07-01'));
    // 4 of the 10 sold are replaced: 80 of the loss of 200 goes into their cost.
    expect(ledger.basis(BTC)).toBeCloseTo(400, 12);
    const { gain, denied, provisional } = ledger.gains();
    expect([gain[0], denied[0], provisional[0]]).toEqual([-120, 80, 1]);
  });

  test('stand where the purchase comes on day 31, or where nothing is held at the window’s end', () => {
    const late = canada();
    late.acquire(BTC, 10, 1_000, 0, at('2023-01-02'));
    late.dispose(BTC, 10, 800, 0, at('2023-06-01'), STRATEGY);
    late.acquire(BTC, 4, 320, 0, at('2023-07-02'));
    expect([late.basis(BTC), late.gains().denied[0], late.gains().provisional[0]]).toEqual([320, 0, 0]);
    const gone = canada();
    gone.acquire(BTC, 10, 1_000, 0, at('2023-05-20'));
    gone.dispose(BTC, 10, 800, 0, at('2023-06-01'), STRATEGY);
    expect(gone.gains().denied[0]).toBe(0);
  });

  test('come back when what replaced the units is sold within the window', () => {
    const ledger = canada();
    ledger.acquire(BTC, 10, 1_000, 0, at('2023-01-02'));
    ledger.dispose(BTC, 10, 800, 0, at('2023-06-01'), STRATEGY);
    ledger.acquire(BTC, 10, 800, 0, at('2023-06-10'));
    expect(ledger.gains().denied[0]).toBeCloseTo(200, 12);
    ledger.dispose(BTC, 10, 900, 0, at('2023-06-20'), STRATEGY);
    expect([...ledger.gains().denied]).toEqual([0, 0]);
    expect([...ledger.gains().gain]).toEqual([-200, 100]);
  });
});

describe('the yearly average', () => {
  test('lets a later purchase change the cost of an earlier sale of the year, not of the year before', () => {
    const ledger = openUs({ regime: anyMethod(), lots: 'average-yearly' });
    ledger.acquire(BTC, 1, 100, 0, at('2023-01-02'));
    ledger.dispose(BTC, 0.5, 100, 0, at('2023-06-01'), STRATEGY);
    expect(ledger.gains().gain[0]).toBe(50);
    ledger.acquire(BTC, 1, 300, 0, at('2023-07-01'));
    expect([ledger.gains().gain[0], ledger.gains().provisional[0], ledger.basis(BTC)]).toEqual([0, 1, 300]);
    ledger.closeYears(at('2024-01-01'));
    ledger.acquire(BTC, 1.5, 1_200, 0, at('2024-02-01'));
    expect([ledger.gains().gain[0], ledger.gains().provisional[0], ledger.basis(BTC)]).toEqual([0, 0, 1_500]);
  });
});

test('what it costs to sell the coins that contracts would pay counts where none are held', () => {
  const ledger = open({}, { lots: 'average-yearly', rates: { short: 0.4 } });
  const [nothing, contracts] = [new Float64Array(3), Float64Array.of(100)];
  expect(ledger.deferred(nothing, contracts, at('2023-02-01'))).toBeCloseTo(40, 12);
  expect(ledger.deferred(nothing, contracts, at('2023-02-01'), Float64Array.of(5, 0, 0))).toBeCloseTo(38, 12);
});
